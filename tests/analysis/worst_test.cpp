// The worst of a KPI: who they are, that their causes add up to the KPI, and who is not done.
#include "analysis/worst.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/from_trace.hpp"
#include "analysis/traced.hpp"

namespace portflow::analysis {
namespace {

const Estimate& kpi_of(const Experiment& experiment, const std::string& name) {
  return *std::ranges::find(experiment.kpis, name,
                            [](const Estimate& one) { return one.heading.name; });
}

/// Followed for an hour only, so that some are done and others are not.
class Worsts : public testing::Test {
 protected:
  Worsts() : trace("scenarios/small/one_berth.yaml", trace::Detail::full, {"horizon.follow=1 h"}) {}
  test::Traced trace;
};

TEST_F(Worsts, AreTheGreatestAndTheirCausesAddUp) {
  const auto record = trace.record();
  const auto worst = worst_of(*record, "time_in_port", 5, Among::done);
  ASSERT_TRUE(worst.has_value());
  ASSERT_EQ(worst->slow.size(), 5u);
  const auto experiment = from_trace(trace.path());
  const Estimate& kpi = kpi_of(*experiment, "time_in_port");
  EXPECT_EQ(worst->counted, kpi.count);
  EXPECT_EQ(worst->unfinished, kpi.unfinished);
  EXPECT_GT(worst->unfinished, 0u);
  EXPECT_LE(static_cast<double>(worst->slow.front().value.count()) / 3.6e6, *kpi.max);
  for (std::size_t i = 0; i < worst->slow.size(); ++i) {
    const Slow& slow = worst->slow[i];
    ASSERT_TRUE(slow.sums.has_value());
    EXPECT_EQ(total_of(*slow.sums), slow.value.count());
    std::int64_t places = 0;
    for (const SlowPlace& place : slow.places) places += place.ms;
    EXPECT_EQ(places, slow.value.count());
    EXPECT_FALSE(slow.unfinished);
    if (i > 0) {
      EXPECT_LE(slow.value, worst->slow[i - 1].value);
    }
  }
}

TEST_F(Worsts, HoldThoseThatAreNotDone) {
  const auto record = trace.record();
  const auto worst = worst_of(*record, "time_in_port", 100'000);
  ASSERT_TRUE(worst.has_value());
  EXPECT_EQ(worst->slow.size(), worst->counted + worst->unfinished - worst->not_begun);
  std::size_t open = 0;
  for (const Slow& slow : worst->slow) {
    if (!slow.unfinished) continue;
    ++open;
    EXPECT_FALSE(slow.sums.has_value());
    EXPECT_EQ(slow.value, slow.span.known_until - slow.span.from.at);
  }
  EXPECT_EQ(open, worst->unfinished - worst->not_begun);
  EXPECT_GT(open, 0u);
}

TEST(Worst, DefaultsToTheFirstSpanAndRefusesOtherNames) {
  const test::Traced trace("scenarios/small/tiny_port.yaml");
  const auto record = trace.record();
  EXPECT_EQ(worst_of(*record, "", 1)->kpi, "import_clearance_time");
  const auto group = worst_of(*record, "import_clearance_time.aeo", 1);
  ASSERT_TRUE(group.has_value());
  EXPECT_EQ(group->kpi, "import_clearance_time.aeo");
  const auto refused = worst_of(*record, "longest_border_wate", 1);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().errors.front().message,
            "no span KPI 'longest_border_wate'; did you mean 'longest_border_wait'?");
  // A share over a threshold has no value of an entity's own.
  EXPECT_FALSE(worst_of(*record, "border_wait_over_30min", 1).has_value());
}

}  // namespace
}  // namespace portflow::analysis
