// What must not differ does not: a policy and itself, and a port with things that nobody uses.
#include <gmock/gmock.h>

#include "analysis/compare.hpp"
#include "core/fingerprint.hpp"
#include "run/support.hpp"

namespace portflow::analysis {
namespace {

using run_test::Scratch;

struct Arm {
  const char* scenario;
  const char* until;
  std::vector<std::string> measures;
};

class WithItself : public testing::TestWithParam<Arm> {};

TEST_P(WithItself, DiffersByExactlyZeroForEveryEntity) {
  run::Request request;
  request.scenario = run_test::scenario(GetParam().scenario);
  request.until = GetParam().until;
  request.measures = GetParam().measures;
  const auto base = run_test::prepare(request);
  const auto policy = run_test::prepare(request);
  ASSERT_NE(base, nullptr);
  ASSERT_NE(policy, nullptr);
  CompareOptions options;
  options.replications = 2;
  options.threads = 2;
  const auto comparison = compare(*base, *policy, options);
  ASSERT_TRUE(comparison) << run_test::text_of(comparison.error());
  EXPECT_EQ(comparison->base_fingerprint, comparison->policy_fingerprint);
  EXPECT_GT(comparison->census.compared, 1000u);
  EXPECT_EQ(comparison->census.different, 0u);
  EXPECT_EQ(comparison->census.only_base + comparison->census.only_policy, 0u);
  EXPECT_TRUE(comparison->census.movers.empty());
  std::uint64_t entities = 0;
  for (const Pair& pair : comparison->kpis) {
    // Of what nobody saw in either arm (a cause that never struck) nothing can be said.
    const Verdict expected = pair.difference ? Verdict::same : Verdict::cannot_tell;
    EXPECT_EQ(name_of(pair.verdict), name_of(expected)) << pair.base.heading.name;
    EXPECT_EQ(pair.difference.value_or(0), 0) << pair.base.heading.name;
    EXPECT_EQ(pair.entities_different, 0u) << pair.base.heading.name;
    entities += pair.entities_compared;
  }
  EXPECT_GT(entities, 1000u);
}

INSTANTIATE_TEST_SUITE_P(Policies, WithItself,
                         testing::Values(Arm{"small/tiny_port.yaml", "", {}},
                                         Arm{"small/rough_port.yaml", "", {}},
                                         Arm{"dalian/2023_week.yaml", "8 d", {"m03", "m04"}}));

/// Everything that a record says of entities, by entity.
struct Lives final : trace::Sink {
  void consume(const trace::Batch& batch) override {
    for (const auto& row : batch.born) born.emplace_back(row.at, row.entity, row.parent);
    for (const auto& row : batch.ended) {
      ended.emplace_back(row.end, row.entity, row.ticks_by_cause);
    }
    for (const auto& row : batch.steps) {
      steps.emplace_back(row.ready, row.start, row.at, row.entity);
    }
  }
  void sort() {
    std::ranges::sort(born);
    std::ranges::sort(ended);
    std::ranges::sort(steps);
  }
  std::vector<std::tuple<SimTime, trace::EntityId, trace::EntityId>> born;
  std::vector<std::tuple<SimTime, trace::EntityId, std::array<std::int64_t, cause_count>>> ended;
  std::vector<std::tuple<SimTime, SimTime, SimTime, trace::EntityId>> steps;
};

struct Seen {
  run::Outcome outcome;
  Lives lives;
  std::vector<kpi::Figure> figures;
};

Seen watch(const run::Prepared& prepared) {
  Seen seen;
  auto collector = kpi::Collector::make(prepared.schema(0));
  if (!collector) {
    ADD_FAILURE() << run_test::text_of(collector.error());
    return seen;
  }
  trace::Sink* sinks[] = {&seen.lives, collector->get()};
  const auto outcome = run::simulate(prepared, {}, sinks);
  if (!outcome) {
    ADD_FAILURE() << run_test::text_of(outcome.error());
    return seen;
  }
  seen.outcome = *outcome;
  seen.lives.sort();
  seen.figures = (*collector)->finish().figures;
  return seen;
}

/// Runs `base` and the same with `extra` laid over it. All that the base had must be equal:
/// every birth, step and end, every figure, and the fingerprint, which a process that does
/// nothing does not enter. What is new may only add figures of its own name.
void expect_unmoved(const std::string& base, const std::string& until, const std::string& extra,
                    const std::vector<std::string>& new_figures) {
  const Scratch scratch("unused");
  std::string text = "extends: ";
  text += std::filesystem::relative(base, scratch.path(".")).string();
  text += "\n" + extra;
  // Lines of links are looked up beside the scenario that is run.
  const auto map = std::filesystem::path(base).parent_path() / "map";
  if (std::filesystem::exists(map)) {
    std::filesystem::create_directory_symlink(map, scratch.path("map"));
  }
  run::Request request;
  request.until = until;
  request.scenario = base;
  const auto plain = run_test::prepare(request);
  request.scenario = scratch.write("more.yaml", text);
  const auto more = run_test::prepare(request);
  ASSERT_NE(plain, nullptr);
  ASSERT_NE(more, nullptr);
  const Seen a = watch(*plain);
  const Seen b = watch(*more);
  EXPECT_EQ(to_hex(a.outcome.fingerprint), to_hex(b.outcome.fingerprint));
  EXPECT_GT(a.lives.ended.size(), 1000u);
  EXPECT_TRUE(a.lives.born == b.lives.born);
  EXPECT_TRUE(a.lives.steps == b.lives.steps);
  EXPECT_TRUE(a.lives.ended == b.lives.ended);
  std::vector<std::string> added;
  for (const kpi::Figure& figure : b.figures) {
    const kpi::Figure* before = kpi::find(a.figures, figure.name);
    if (before == nullptr) {
      added.push_back(figure.name);
    } else {
      EXPECT_EQ(*before, figure) << figure.name;
    }
  }
  EXPECT_EQ(a.figures.size() + added.size(), b.figures.size());
  EXPECT_THAT(added, testing::UnorderedElementsAreArray(new_figures));
}

TEST(Unused, ResourceChangesNothing) {
  expect_unmoved(run_test::scenario("small/tiny_port.yaml"), "",
                 "facilities:\n"
                 "  gate: {resources: {another: {servers: 3}}}\n",
                 {"resource.gate.another.wait", "resource.gate.another.utilisation",
                  "resource.gate.another.queue_length"});
}

TEST(Unused, FacilityChangesNothing) {
  // Once in the middle of the names and once first, so that every index after it moves; with a
  // calendar, whose events are in the event list but touch nobody.
  expect_unmoved(
      run_test::scenario("small/tiny_port.yaml"), "",
      "facilities:\n"
      "  aaa: {kind: station, resources: {bay: {servers: 2, calendar: office}}}\n"
      "  lab: {kind: station}\n"
      "  another_hall: {kind: hall, resources: {counter: {servers: 4}}}\n",
      {"resource.aaa.bay.wait", "resource.aaa.bay.utilisation", "resource.aaa.bay.queue_length",
       "resource.another_hall.counter.wait", "resource.another_hall.counter.utilisation",
       "resource.another_hall.counter.queue_length"});
}

TEST(Unused, FacilityChangesNothingInDalian) {
  expect_unmoved(run_test::scenario("dalian/2023_week.yaml"), "8 d",
                 "facilities:\n"
                 "  another_gate: {kind: station, resources: {lane: {servers: 3}}}\n",
                 {"resource.another_gate.lane.wait", "resource.another_gate.lane.utilisation",
                  "resource.another_gate.lane.queue_length"});
}

TEST(Unused, CalendarProcedureAndPlaceChangeNothing) {
  expect_unmoved(
      run_test::scenario("small/tiny_port.yaml"), "",
      "calendars: {night: {daily: \"20:00-24:00\"}}\n"
      "network: {places: {sea: {position: [121, 38]}}}\n"
      "procedures:\n"
      "  another_box: {for: box, steps: {look: {at: customs, needs: desk, takes: 1 h}}}\n",
      {});
}

}  // namespace
}  // namespace portflow::analysis
