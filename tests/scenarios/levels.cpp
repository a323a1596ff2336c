// No measure makes capacity out of nothing: what binds without them binds with all of them.
#include <gmock/gmock.h>

#include "analysis/replicate.hpp"
#include "run/measures.hpp"
#include "run/run.hpp"
#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

using Figures = std::vector<kpi::Figure>;

/// The whole port with six cranes a phase instead of fifteen, the least that its largest ships
/// take, and four ships at the quay.
Figures crowded(const std::vector<std::string>& measures) {
  run::Request request;
  request.scenario = scenarios() + "shown/whole.yaml";
  request.measures = measures;
  for (const char* quay : {"quay_1", "quay_2", "quay_3"}) {
    const std::string resources = std::string("facilities.") + quay + ".resources.";
    request.settings.push_back(resources + "crane.servers=6");
    request.settings.push_back(resources + "berth.servers=4");
  }
  const auto prepared = run::prepare(request);
  if (!prepared) throw std::runtime_error(prepared.error().errors.front().text());
  auto run = analysis::run_one(**prepared, {});
  if (!run) throw std::runtime_error(run.error().errors.front().text());
  return std::move(run->results.figures);
}

double value(const Figures& figures, const std::string& name) {
  return figure(figures, name).value.value();
}

double busiest(const Figures& figures, const std::string& resource) {
  double most = 0;
  for (const char* quay : {"quay_1", "quay_2", "quay_3"}) {
    most = std::max(
        most, value(figures, std::string("resource.") + quay + "." + resource + ".utilisation"));
  }
  return most;
}

std::vector<std::string> all_measures() {
  return run::read_package(scenarios() + "packages/dalian-2024.yaml").value();
}

void expect_no_more_than_binds(const Figures& base, const Figures& policy) {
  const double busy = busiest(base, "crane");
  ASSERT_GT(busy, 0.8) << "the cranes do not bind, so this says nothing";
  ASSERT_GT(busiest(base, "berth"), 0.9);
  // Cranes that were never idle could have moved so much in the same time, and no more.
  EXPECT_LE(value(policy, "throughput"), value(base, "throughput") / busy);
  for (const kpi::Figure& one : policy) {
    if (one.name.ends_with(".utilisation")) {
      EXPECT_LE(one.value.value_or(0), 1) << one.name;
    }
  }
  // Paths of trains and slots of freighters are given; a faster port fills them at best.
  for (const char* given : {"trains.manzhouli", "trains.harbin", "freighters"}) {
    EXPECT_EQ(value(policy, given), value(base, given)) << given;
  }
  EXPECT_LE(value(policy, "europe_rail"), 110 * value(policy, "trains.manzhouli"));
}

TEST(Levels, AllMeasuresLiftNothingAboveWhatBinds) {
  expect_no_more_than_binds(crowded({}), crowded(all_measures()));
}

/// Some measures, each alone: those with this remainder by `groups`, since each process has to make
/// the base first.
class EachAlone : public testing::TestWithParam<std::size_t> {
 public:
  static constexpr std::size_t groups = 5;
};

TEST_P(EachAlone, LiftsNothingAboveWhatBinds) {
  const Figures base = crowded({});
  const std::vector<std::string> measures = all_measures();
  ASSERT_GE(measures.size(), groups);
  for (std::size_t i = GetParam(); i < measures.size(); i += groups) {
    SCOPED_TRACE(measures[i]);
    expect_no_more_than_binds(base, crowded({measures[i]}));
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, EachAlone, testing::Range<std::size_t>(0, EachAlone::groups));

}  // namespace
}  // namespace portflow::scenario_test
