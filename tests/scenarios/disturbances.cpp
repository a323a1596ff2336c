// Each disturbance moves what its file says and leaves alone what it says is unchanged.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "run/measures.hpp"
#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

constexpr const char* demo = "dalian/demo.yaml";
constexpr const char* mid_june =
    "{from: 2025-06-06, to: 2025-06-18, warm_up: 5 d, follow: 7 d, confidence: assumption}";

/// The time over which a disturbance is tried; those of the calendar have days of their own.
std::string time_of(const std::string& id) {
  if (id == "spring_festival")
    return "{from: 2025-01-21, to: 2025-02-03, warm_up: 5 d, follow: 7 d, confidence: assumption}";
  if (id == "summer_davos")
    return "{from: 2024-06-16, to: 2024-06-26, warm_up: 3 d, follow: 3 d, confidence: assumption}";
  if (id == "summer_season")
    return "{from: 2023-06-28, to: 2023-07-11, warm_up: 5 d, follow: 3 d, confidence: assumption}";
  return mid_june;
}

std::vector<policy::Measure> all() {
  auto found = run::all_measures(run::disturbances_folder(scenarios() + demo));
  if (!found) throw std::runtime_error(found.error().errors.front().text());
  return *found;
}

std::vector<std::string> ids() {
  std::vector<std::string> result;
  for (const policy::Measure& one : all()) result.push_back(one.id);
  return result;
}

class Disturbances : public testing::TestWithParam<std::string> {};

TEST_P(Disturbances, MoveWhatTheySay) {
  const std::string time = time_of(GetParam());
  static std::map<std::string, std::vector<kpi::Figure>> bases;
  if (!bases.contains(time)) bases[time] = figures(demo, time);
  const auto& base = bases[time];
  const auto found = run::load_measures(scenarios() + demo, {GetParam()});
  ASSERT_TRUE(found);
  const policy::Measure& one = found->front();
  const auto disturbed = figures(demo, time, {one.id});
  EXPECT_FALSE(one.expect.empty());
  EXPECT_FALSE(one.unchanged.empty());
  for (const std::string& name : one.unchanged) {
    EXPECT_EQ(figure(disturbed, name), figure(base, name)) << name;
  }
  for (const auto& [name, direction] : one.expect) {
    const double before = figure(base, name).value.value();
    const double after = figure(disturbed, name).value.value();
    SCOPED_TRACE(name + " " + direction);
    if (direction == "up") {
      EXPECT_GT(after, before);
    } else if (direction == "down") {
      EXPECT_LT(after, before);
    } else if (direction == "not_up") {
      EXPECT_LE(after, before);
    } else {
      EXPECT_GE(after, before);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Dalian, Disturbances, testing::ValuesIn(ids()),
                         [](const auto& one) { return one.param; });

TEST(DisturbancesAndMeasures, AreTwoLists) {
  const auto measures = run::all_measures(run::measures_folder(scenarios() + demo));
  ASSERT_TRUE(measures);
  const auto disturbances = ids();
  for (const policy::Measure& one : *measures) {
    EXPECT_EQ(std::ranges::count(disturbances, one.id), 0) << one.id;
  }
  EXPECT_TRUE(run::load_measures(scenarios() + demo, {"m04", "fog"}));
}

}  // namespace
}  // namespace portflow::scenario_test
