// Each measure of Dalian does what its file expects and leaves alone what it says is unchanged.
// Both arms share their draws, so the directions hold entity by entity and need no many runs.
#include "run/measures.hpp"

#include <gtest/gtest.h>

#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

using Figures = std::vector<kpi::Figure>;

/// June 2025, when all three act in full; shorter than the demo.
Figures demo(const std::vector<std::string>& measures) {
  return figures("dalian/demo.yaml",
                 "{from: 2025-06-02, to: 2025-06-11, warm_up: 4 d, follow: 9 d, "
                 "confidence: assumption}",
                 measures);
}

const Figures& baseline() {
  static const Figures result = demo({});
  return result;
}

void expect_effects(const policy::Measure& measure, const Figures& policy) {
  for (const auto& [name, direction] : measure.expect) {
    const double before = figure(baseline(), name).value.value();
    const double after = figure(policy, name).value.value();
    SCOPED_TRACE(measure.id + ": " + name + " " + direction);
    if (direction == "down") {
      EXPECT_LT(after, before);
    }
    if (direction == "up") {
      EXPECT_GT(after, before);
    }
    if (direction == "not_up") {
      EXPECT_LE(after, before);
    }
    if (direction == "not_down") {
      EXPECT_GE(after, before);
    }
  }
}

std::vector<policy::Measure> measures_of_dalian() {
  auto measures = run::all_measures(scenarios() + "measures");
  if (!measures) throw std::runtime_error(measures.error().errors.front().text());
  return *measures;
}

class Measures : public testing::TestWithParam<const char*> {};

TEST_P(Measures, ActAsTheirFileExpects) {
  const Figures policy = demo({GetParam()});
  for (const policy::Measure& measure : measures_of_dalian()) {
    if (measure.id != GetParam()) continue;
    EXPECT_FALSE(measure.expect.empty());
    EXPECT_FALSE(measure.unchanged.empty());
    expect_effects(measure, policy);
    for (const std::string& name : measure.unchanged) {
      EXPECT_EQ(figure(policy, name), figure(baseline(), name)) << name;
    }
    return;
  }
  FAIL() << "no such measure";
}

INSTANTIATE_TEST_SUITE_P(Dalian, Measures, testing::Values("m03", "m04", "m07"));

TEST(Package, FirstThreeActTogether) {
  const auto names = run::read_package(scenarios() + "packages/first_three.yaml");
  ASSERT_TRUE(names.has_value());
  EXPECT_EQ(*names, (std::vector<std::string>{"m03", "m04", "m07"}));
  const Figures policy = demo(*names);
  for (const policy::Measure& measure : measures_of_dalian()) expect_effects(measure, policy);
}

TEST(DepartureConfirmation, SavesItsUsersAboutTenHours) {
  const double before = figure(baseline(), "transit_hold").value.value();
  const double after = figure(demo({"m04"}), "transit_hold").value.value();
  const double saved = (before - after) / 0.3;  // 30 % of the lots use it
  EXPECT_GT(saved, 8);
  EXPECT_LT(saved, 14);
}

}  // namespace
}  // namespace portflow::scenario_test
