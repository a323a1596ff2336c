#include "analysis/kpi_causes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/spans.hpp"

namespace portflow::analysis {
namespace {

/// A span that the KPI counts.
struct Counted {
  trace::EntityId entity{trace::no_entity};
  SimTime from{}, to{};
  bool slow{false};
  bool done{false};      ///< ended, so that it should have a path
  bool has_path{false};  ///< a path that covers the span
  [[nodiscard]] Duration lasts() const { return to - from; }
};

/// Known spans by entity, the slowest twentieth marked.
std::vector<Counted> counted(const Spans& spans, KpiCauses& result) {
  std::vector<Counted> all;
  for (const kpi::Observation& span : spans.entities) {
    if (length_of(span)) {
      all.push_back({span.entity, span.from.at, span.to.at, false, span.ended, false});
    } else {
      ++result.unfinished;
    }
  }
  if (all.empty()) return all;
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(
      order, {}, [&](std::size_t i) { return std::tuple(-all[i].lasts().count(), all[i].entity); });
  for (std::size_t k = 0; k < (all.size() + 19) / 20; ++k) all[order[k]].slow = true;
  // Of n values sorted downwards, the one of rank ceil(0.95 n) upwards.
  result.p95 = all[order[all.size() - (all.size() * 19 + 19) / 20]].lasts();
  return all;
}

void add(CauseShare& share, const Counted& one) {
  ++share.count;
  share.total += one.lasts().count();
  if (one.has_path) return;
  share.not_known += one.lasts().count();
  ++share.count_not_known;
}

using PlaceKey = std::tuple<std::uint16_t, std::uint16_t, Cause>;

/// Adds up the paths as they pass by; the parts of an entity follow each other.
class Adder final : public trace::Sink {
 public:
  Adder(std::vector<Counted>& spans, KpiCauses& result) : spans_(spans), result_(result) {}

  void consume(const trace::Batch& batch) override {
    for (const trace::PathPart& part : batch.paths) {
      if (part.entity != entity_) next(part.entity);
      if (span_ == nullptr) continue;
      const std::int64_t ms = within(part, span_->from, span_->to).count();
      if (ms != 0) pieces_.push_back({{part.step, part.resource, part.cause}, ms});
    }
  }

  /// Adds the path in hand, where it is whole, and goes on to another entity's.
  void next(trace::EntityId entity) {
    if (span_ != nullptr) settle();
    pieces_.clear();
    entity_ = entity;
    const auto at = std::ranges::lower_bound(spans_, entity_, {}, &Counted::entity);
    span_ = at == spans_.end() || at->entity != entity_ ? nullptr : &*at;
  }

  std::map<PlaceKey, KpiPlace> places;

 private:
  void settle() {
    std::int64_t total = 0;
    for (const auto& [key, ms] : pieces_) total += ms;
    if (total != span_->lasts().count()) return;
    span_->has_path = true;
    for (const auto& [key, ms] : pieces_) {
      const auto cause = static_cast<std::size_t>(std::get<Cause>(key));
      KpiPlace& place = places[key];
      result_.all.sums[cause] += ms;
      place.all += ms;
      if (!span_->slow) continue;
      result_.slow.sums[cause] += ms;
      place.slow += ms;
    }
  }

  std::vector<Counted>& spans_;
  KpiCauses& result_;
  trace::EntityId entity_{trace::no_entity};
  Counted* span_{nullptr};
  std::vector<std::pair<PlaceKey, std::int64_t>> pieces_;
};

}  // namespace

Result<KpiCauses> causes_of(const Record& record, const std::string& kpi) {
  if (auto there = record.needs_paths(); !there) return tl::unexpected(there.error());
  const auto spans = spans_of(record, kpi);
  if (!spans) return tl::unexpected(spans.error());
  KpiCauses result;
  result.kpi = spans->kpi;
  result.unit = spans->unit;
  std::vector<Counted> known = counted(*spans, result);
  Adder adder(known, result);
  auto read = record.reader().replay(adder, {.steps = true, .paths = false});
  if (!read) return tl::unexpected(read.error());
  adder.next(trace::no_entity);
  const bool killed = record.schema().fingerprint.empty();
  for (Counted& one : known) {
    // Who was done at once has no path, and needs none. A killed run loses the last paths.
    if (one.done && one.lasts() == Duration::zero()) one.has_path = true;
    if (one.done && !one.has_path && !killed) {
      return fail(Failure::input,
                  "damaged: the path of " + record.directory().spell(one.entity) +
                      " does not cover its " + result.kpi,
                  {record.path(), 0, 0});
    }
    add(result.all, one);
    if (one.slow) add(result.slow, one);
  }
  for (auto& [key, place] : adder.places) {
    std::tie(place.step, place.resource, place.cause) = key;
    result.places.push_back(place);
  }
  std::ranges::stable_sort(result.places, std::greater{}, &KpiPlace::all);
  return result;
}

}  // namespace portflow::analysis
