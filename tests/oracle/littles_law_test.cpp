// Little's law and conservation on every resource of a Dalian week, as identities.
//
// L = lambda W holds for any finite stretch of any run when both sides are cut at its ends: the
// time that entities stand in the queue is the same, whether a clock runs over the length of the
// queue (the resource does) or over each entity's wait (the steps do). So no tolerance is needed:
// source J. D. C. Little (2011), Operations Research 59(3), 536-549, section on finite windows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <unordered_set>

#include "kpi/collector.hpp"
#include "oracle/usage.hpp"

namespace portflow::tests {
namespace {

/// One run of the Dalian week, shared by all tests here.
struct Week {
  std::shared_ptr<const run::Prepared> prepared;
  trace::Schema schema;
  std::unique_ptr<Record> record;
  kpi::Results results;
  Usage usage;

  Week() {
    run::Request request;
    request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/dalian/2023_week.yaml";
    prepared = run::prepare(request).value();
    schema = prepared->schema(0);
    record = std::make_unique<Record>(schema);
    auto collector = kpi::Collector::make(schema, kpi::Keep::entities_and_curves).value();
    trace::Sink* sinks[] = {record.get(), collector.get()};
    run::Drive drive;
    drive.threads = 2;
    EXPECT_TRUE(run::simulate(*prepared, drive, sinks));
    results = collector->finish();
    usage = usage_of(*prepared, *record);
  }

  /// What ends after the cohort's last day is still under way at the end of the run, and steps that
  /// have not ended tell nothing; up to here they have all ended.
  [[nodiscard]] SimTime last() const { return schema.to; }
  [[nodiscard]] double kpi(const std::string& name) const {
    const kpi::Figure* figure = kpi::find(results.figures, name);
    return figure != nullptr && figure->value ? *figure->value : -1;
  }
};

const Week& week() {
  static const Week one;
  return one;
}

/// Level rows of one resource up to `last`, in order of time.
std::vector<trace::Level> levels_of(std::uint16_t resource) {
  std::vector<trace::Level> rows;
  for (const trace::Level& row : week().record->levels) {
    if (row.resource == resource && row.at <= week().last()) rows.push_back(row);
  }
  return rows;
}

/// Sums over the intervals of the level rows, made from uses.
struct Sums {
  std::vector<std::int64_t> queued;
  std::vector<double> held;
};

Sums sums_of(const std::vector<trace::Level>& rows, const std::vector<Use>& uses) {
  Sums sums{std::vector<std::int64_t>(rows.size()), std::vector<double>(rows.size())};
  if (rows.empty()) return sums;
  const Duration span = rows.front().span;
  const SimTime begin = rows.front().at - span;
  const auto spread = [&](SimTime from, SimTime to, const auto& add) {
    to = std::min(to, rows.back().at);
    for (auto i = static_cast<std::size_t>((from - begin) / span); from < to; ++i) {
      const SimTime edge = std::min(to, rows[i].at);
      add(i, (edge - from).count());
      from = edge;
    }
  };
  for (const Use& use : uses) {
    spread(use.asked, use.seized, [&](std::size_t i, std::int64_t ms) { sums.queued[i] += ms; });
    spread(use.seized, use.released, [&](std::size_t i, std::int64_t ms) {
      sums.held[i] += use.units * static_cast<double>(ms);
    });
  }
  return sums;
}

const std::vector<Use>& uses_of(std::uint16_t resource) {
  static const std::vector<Use> none;
  const auto found = week().usage.uses.find(resource);
  return found == week().usage.uses.end() ? none : found->second;
}

/// Units of so many a period come back with the next one, at the first request in it, whoever took
/// them and until when, so steps tell of their queue and not of their fill.
bool used_up(const std::string& resource) {
  const std::size_t dot = resource.find('.');
  const auto& resources =
      week().prepared->scenario().facilities.at(resource.substr(0, dot)).resources;
  const auto found = std::ranges::find(resources, resource.substr(dot + 1), &spec::Resource::name);
  return found != resources.end() && found->per != Duration::zero();
}

TEST(LittlesLaw, EveryStepOfTheWeekTellsItsWait) {
  EXPECT_TRUE(week().usage.untold.empty()) << testing::PrintToString(week().usage.untold);
  EXPECT_EQ(week().usage.uses.count(trace::no_code), 0u);
  EXPECT_GE(week().usage.uses.size(), 15u);
}

TEST(LittlesLaw, QueueEqualsRateTimesWaitToTheTick) {
  std::int64_t total = 0;
  fmt::print("{:<32} {:>10} {:>12} {:>12} {:>12} {:>9}\n", "resource", "L", "lambda [1/h]", "W [s]",
             "lambda W", "residual");
  for (std::size_t i = 0; i < week().schema.resources.size(); ++i) {
    const auto code = static_cast<std::uint16_t>(i);
    const std::string& name = week().schema.resources[code].name;
    const auto rows = levels_of(code);
    ASSERT_FALSE(rows.empty()) << name;
    const SimTime begin = rows.front().at - rows.front().span;
    const SimTime end = rows.back().at;
    std::int64_t clock = 0;  // over the length of the queue
    for (const trace::Level& row : rows) clock += row.queued;
    std::int64_t waits = 0;  // over entities
    std::size_t arrivals = 0;
    for (const Use& use : uses_of(code)) {
      waits += overlap(use.asked, use.seized, begin, end);
      if (use.asked <= end) ++arrivals;
    }
    const double hours = static_cast<double>((end - begin).count()) / 3.6e6;
    const double rate = static_cast<double>(arrivals) / hours;
    const double wait =
        arrivals > 0 ? static_cast<double>(waits) / static_cast<double>(arrivals) : 0;
    fmt::print("{:<32} {:>10.4f} {:>12.3f} {:>12.2f} {:>12.4f} {:>6} ms\n", name,
               static_cast<double>(clock) / 3.6e6 / hours, rate, wait / 1e3, rate * wait / 3.6e6,
               clock - waits);
    EXPECT_EQ(clock, waits) << name;
    total += clock;
  }
  EXPECT_GT(total, 0) << "nobody queued: nothing was tested";
}

TEST(LittlesLaw, HoldsInEveryQuarterOfAnHour) {
  for (std::size_t index = 0; index < week().schema.resources.size(); ++index) {
    const auto code = static_cast<std::uint16_t>(index);
    const std::string& name = week().schema.resources[code].name;
    const auto rows = levels_of(code);
    const Sums sums = sums_of(rows, uses_of(code));
    std::size_t queues = 0, fills = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].queued != sums.queued[i]) ++queues;
      if (!used_up(name) && static_cast<double>(rows[i].busy) != sums.held[i]) ++fills;
    }
    EXPECT_EQ(queues, 0u) << name << ": intervals of " << rows.size() << " whose queue differs";
    EXPECT_EQ(fills, 0u) << name << ": intervals of " << rows.size() << " whose fill differs";
  }
}

TEST(LittlesLaw, AutomaticKpisAreThoseSums) {
  const Week& all = week();
  for (std::size_t i = 0; i < all.schema.resources.size(); ++i) {
    const auto code = static_cast<std::uint16_t>(i);
    const std::string name = "resource." + all.schema.resources[code].name;
    std::int64_t queued = 0, waited = 0;
    std::uint64_t started = 0;
    for (const Use& use : uses_of(code)) {
      queued += overlap(use.asked, use.seized, all.schema.cohort_from, all.schema.to);
      if (use.seized <= all.schema.cohort_from || use.seized > all.schema.to) continue;
      waited += (use.seized - use.asked).count();
      ++started;
    }
    const auto window = static_cast<double>((all.schema.to - all.schema.cohort_from).count());
    EXPECT_EQ(all.kpi(name + ".queue_length"), static_cast<double>(queued) / window) << name;
    EXPECT_EQ(all.kpi(name + ".wait"),
              started > 0 ? static_cast<double>(waited) / static_cast<double>(started) / 1000 : -1)
        << name;
  }
}

TEST(Conservation, SeizedIsReleasedOrHeld) {
  for (std::size_t i = 0; i < week().schema.resources.size(); ++i) {
    const auto code = static_cast<std::uint16_t>(i);
    const std::string& name = week().schema.resources[code].name;
    const auto rows = levels_of(code);
    std::uint64_t started = 0;
    for (const trace::Level& row : rows) started += row.started;
    std::uint64_t seizures = 0;
    double seized = 0, released = 0;
    for (const Use& use : uses_of(code)) {
      if (use.seized > rows.back().at) continue;
      ++seizures;
      seized += use.units;
      if (use.released <= rows.back().at) released += use.units;
    }
    EXPECT_EQ(started, seizures) << name;
    if (!used_up(name)) {
      EXPECT_EQ(seized, released + rows.back().busy_now) << name;
    }
  }
}

TEST(Conservation, WhoWasBornHasEndedOrIsUnfinished) {
  const Week& all = week();
  std::unordered_set<trace::EntityId> born, ended;
  std::map<std::string, std::uint64_t> cohort;
  for (const trace::Born& row : all.record->born) {
    EXPECT_TRUE(born.insert(row.entity).second) << "born twice";
    EXPECT_TRUE(row.parent == trace::no_entity || born.contains(row.parent)) << "no parent";
    if (row.at < all.schema.cohort_from || row.at >= all.schema.to) continue;
    ++cohort[all.schema.roles[row.role].procedure];
  }
  for (const trace::Ended& row : all.record->ended) {
    EXPECT_TRUE(born.contains(row.entity)) << "ended without a birth";
    EXPECT_TRUE(ended.insert(row.entity).second) << "ended twice";
  }
  std::size_t unfinished = 0;
  for (const kpi::Member& member : all.results.members) {
    if (!member.total) ++unfinished;
    EXPECT_EQ(member.total.has_value(), ended.contains(member.entity));
  }
  EXPECT_EQ(born.size(), all.results.members.size());
  EXPECT_EQ(born.size(), ended.size() + unfinished);
  fmt::print("{} born = {} ended + {} unfinished\n", born.size(), ended.size(), unfinished);
  EXPECT_GT(ended.size(), 100'000u);
  for (const auto& [procedure, count] : cohort) {
    const kpi::Figure* time = kpi::find(all.results.figures, "procedure." + procedure + ".time");
    ASSERT_NE(time, nullptr) << procedure;
    EXPECT_EQ(time->count + time->unfinished, count) << procedure;
  }
}

}  // namespace
}  // namespace portflow::tests
