#include "kpi/small_port.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::kpi_test {

std::int64_t ms(double hours) {
  return std::llround(hours * 3'600'000.0);
}
SimTime at(double hours) {
  return midnight({2024, 1, 1}) + Duration{ms(hours)};
}

trace::Schema schema(const std::vector<kpi::Definition>& definitions) {
  const std::vector<std::string> credit{"aeo", "ordinary"};
  trace::Schema result;
  result.scenario_name = "hand-made";
  result.from = at(0);
  result.cohort_from = at(24);
  result.to = at(72);
  result.until = at(120);
  result.follow = Duration{ms(48)};
  result.level_span = Duration{ms(24)};
  result.kpi_definitions = kpi::to_json(definitions);
  result.marks = {"landed", "cleared", "railed", "selected"};
  result.roles = {
      {"liners", "ship", "call", "", "ship", {{"type", "", {"mainline", "feeder"}}}},
      {"liners/lots", "lot", "import_lot", "import", "", {{"credit", "", credit}}},
      {"liners/lots/boxes", "box", "import_box", "import", "truck", {{"teu", "TEU", {}}}},
      {"flights/passengers", "passenger", "crossing", "passengers", "", {}},
  };
  result.resources = {{"gate.lane", 0, "lane", 900'000}, {"gate.idle", 0, "lane", 0}};
  result.facilities = {{"gate", "station", {"闸口", "Gate"}, 0, 0, false, "lane"}};
  return result;
}

Record& Record::born(double hour, trace::EntityId id, std::uint16_t role, trace::EntityId parent,
                     std::initializer_list<double> attributes) {
  rows.born.push_back({at(hour), id, parent, static_cast<std::uint32_t>(id % 100), role});
  rows.attributes.insert(rows.attributes.end(), attributes);
  return *this;
}

Record& Record::mark(double hour, trace::EntityId id, std::uint16_t code, bool is_void) {
  rows.marks.push_back({at(hour), id, code, static_cast<std::uint8_t>(is_void ? 1 : 0)});
  std::ranges::stable_sort(rows.marks, {}, &trace::MarkSet::at);
  return *this;
}

Record& Record::ended(double hour, trace::EntityId id, std::uint16_t role, double created,
                      double waited) {
  trace::Ended row{at(hour), at(hour), at(created), id, role, {}};
  row.ticks_by_cause[static_cast<std::size_t>(Cause::busy)] = ms(waited);
  row.ticks_by_cause[static_cast<std::size_t>(Cause::working)] = ms(hour - created - waited);
  rows.ended.push_back(row);
  std::ranges::stable_sort(rows.ended, {}, &trace::Ended::at);
  return *this;
}

Record& Record::level(double until_hour, double busy, double queued, double waited,
                      std::uint32_t started, std::uint32_t queue_now) {
  rows.levels.push_back({.at = at(until_hour),
                         .span = Duration{ms(24)},
                         .busy = ms(busy),
                         .queued = ms(queued),
                         .capacity = ms(24 * 2),
                         .waited = ms(waited),
                         .started = started,
                         .queue_max = queue_now + 1,
                         .queue_now = queue_now,
                         .busy_now = 0,
                         .capacity_now = 2,
                         .resource = 0});
  return *this;
}

// Ship 1 comes in the warm-up with lot 11 (aeo) and box 111: outside the cohort.
// Ship 2 comes at hour 30 with lot 21 (aeo: boxes 211, 212) and lot 22 (ordinary: box 221, 222).
//   211: 1 TEU, landed 32, cleared 34, ended 40            clearance 2 h
//   212: 2 TEU, landed 32, cleared 38, ended 60, railed    clearance 6 h
//   221: 2.25 TEU, landed 33, cleared 43, still there      clearance 10 h
//   222: 1 TEU, landed 33, not cleared, still there        unfinished
// Lot 21 is not selected (void) and ends at 38; lot 22 is selected at 34 and does not end.
// Ship 3 comes at hour 72: no longer the cohort.
Record story() {
  Record record;
  record.born(10, 1, liners, 0, {0})
      .born(10, 11, lots, 1, {0})
      .born(10, 111, boxes, 11, {1})
      .born(30, 211, boxes, 21, {1})  // before its own lot and ship, all at one instant
      .born(30, 212, boxes, 21, {2})
      .born(30, 21, lots, 2, {0})
      .born(30, 22, lots, 2, {1})
      .born(30, 2, liners, 0, {1})
      .born(31, 221, boxes, 22, {2.25})  // borne late, by a group that is there already
      .born(31, 222, boxes, 22, {1})
      .born(72, 3, liners, 0, {1});
  record.mark(12, 111, landed)
      .mark(20, 111, cleared)
      .mark(32, 211, landed)
      .mark(32, 212, landed)
      .mark(33, 221, landed)
      .mark(33, 222, landed)
      .mark(34, 211, cleared)
      .mark(34, 22, selected)
      .mark(34, 21, selected, true)
      .mark(38, 212, cleared)
      .mark(40, 211, railed, true)
      .mark(43, 221, cleared)
      .mark(55, 212, railed);
  record.ended(20, 111, boxes, 10)
      .ended(22, 11, lots, 10)
      .ended(24, 1, liners, 10)
      .ended(38, 21, lots, 30, 5)
      .ended(40, 211, boxes, 30, 3)
      .ended(45, 2, liners, 30)
      .ended(60, 212, boxes, 30, 6);
  record
      .level(24, 40, 100, 50, 9, 7)  // warm-up: not counted
      .level(48, 36, 12, 6, 4, 3)
      .level(72, 12, 0, 2, 4, 1)
      .level(96, 48, 90, 9, 9, 9);  // beyond the horizon: not counted
  return record;
}

std::vector<trace::Batch> cut(const trace::Batch& rows, const std::vector<double>& hours) {
  std::vector<trace::Batch> result(hours.size() + 1);
  const auto place = [&](SimTime stamp) -> trace::Batch& {
    std::size_t i = 0;
    while (i < hours.size() && stamp >= at(hours[i])) ++i;
    return result[i];
  };
  std::size_t first = 0;
  for (const trace::Born& row : rows.born) {
    trace::Batch& batch = place(row.at);
    batch.born.push_back(row);
    const std::size_t count = row.role == passengers ? 0 : 1;
    for (std::size_t i = 0; i < count; ++i) batch.attributes.push_back(rows.attributes[first++]);
  }
  for (const auto& row : rows.marks) place(row.at).marks.push_back(row);
  for (const auto& row : rows.ended) place(row.at).ended.push_back(row);
  for (const auto& row : rows.levels) place(row.at).levels.push_back(row);
  return result;
}

kpi::Results fold(const trace::Schema& schema, const std::vector<trace::Batch>& batches,
                  kpi::Keep keep) {
  auto collector = kpi::Collector::make(schema, keep);
  if (!collector) throw std::runtime_error(collector.error().errors.front().text());
  for (const trace::Batch& batch : batches) (*collector)->consume(batch);
  return (*collector)->finish();
}

}  // namespace portflow::kpi_test
