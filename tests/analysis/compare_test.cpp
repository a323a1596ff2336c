// What pairs of replications may claim, from figures made by hand.
#include "analysis/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/expectation.hpp"

namespace portflow::analysis {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::Optional;

kpi::Figure figure(double value, const std::string& name = "time") {
  kpi::Figure result;
  result.name = name;
  result.kind = "span";
  result.statistic = "mean";
  result.unit = "h";
  result.value = value;
  result.restricted = value;
  result.count = 10;
  return result;
}

PairedRun whole(std::vector<kpi::Figure> base, std::vector<kpi::Figure> policy) {
  PairedRun run;
  run.base = std::move(base);
  run.policy = std::move(policy);
  run.entities = {{10, 5}};
  return run;
}

Comparison combined(const std::vector<double>& base, const std::vector<double>& policy) {
  std::vector<PairedRun> runs;
  runs.reserve(base.size());
  for (std::size_t i = 0; i < base.size(); ++i) {
    runs.push_back(whole({figure(base[i])}, {figure(policy[i])}));
  }
  Comparison comparison;
  combine(runs, comparison);
  return comparison;
}

TEST(Compare, PairedIntervalIsThatOfTheDifferences) {
  // Differences -1, -2, -3: mean -2, deviation 1, t(0.975, 2) = 4.302653.
  const Comparison comparison = combined({10, 20, 30}, {9, 18, 27});
  const Pair& pair = comparison.kpis.front();
  EXPECT_THAT(pair.difference, Optional(DoubleEq(-2)));
  EXPECT_NEAR(pair.difference_ci95->low, -2 - 4.302653 / std::sqrt(3.0), 1e-6);
  EXPECT_EQ(pair.verdict, Verdict::cannot_tell);
  EXPECT_EQ(pair.pairs, 3u);
}

TEST(Compare, EqualDifferencesOfTwoRunsDecideNothing) {
  const Comparison two = combined({10, 20}, {9, 19});
  EXPECT_EQ(two.kpis.front().verdict, Verdict::cannot_tell);
  EXPECT_FALSE(two.kpis.front().difference_ci95);
  EXPECT_THAT(two.kpis.front().more_replications, Optional(4u));
  const Comparison six = combined({1, 2, 3, 4, 5, 6}, {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(six.kpis.front().verdict, Verdict::better);
}

kpi::Figure longest(double value) {
  kpi::Figure result = figure(value, "longest_wait");
  result.statistic = "max";
  return result;
}

TEST(Compare, AMaximumHasARangeAndIsDecidedByItsSigns) {
  std::vector<PairedRun> runs;
  for (const double value : {40.0, 35.0, 50.0, 38.0, 44.0}) {
    runs.push_back(whole({longest(value)}, {longest(value - value / 4)}));
  }
  Comparison five;
  combine(runs, five);
  const Pair& open = five.kpis.front();
  EXPECT_FALSE(open.difference_ci95);
  EXPECT_EQ(*open.difference_range, (Interval{-12.5, -8.75}));
  EXPECT_EQ(*open.signs, (Signs{5, 0, 0}));
  EXPECT_EQ(open.verdict, Verdict::cannot_tell) << "2 (1/2)^5 is more than 5 %";
  EXPECT_THAT(open.more_replications, Optional(1u));
  runs.push_back(whole({longest(41)}, {longest(40)}));
  Comparison six;
  combine(runs, six);
  EXPECT_EQ(six.kpis.front().verdict, Verdict::better);
  // One of ten against, and a tie, still leave 2.1 %.
  for (const double change : {3.0, -1.0, -2.0, -1.0, 0.0}) {
    runs.push_back(whole({longest(41)}, {longest(41 + change)}));
  }
  Comparison ten;
  combine(runs, ten);
  EXPECT_EQ(ten.kpis.front().verdict, Verdict::better);
  EXPECT_EQ(*ten.kpis.front().signs, (Signs{9, 1, 1}));
}

TEST(Compare, SharesOfWhichNothingWasSeenDifferWithinTheirBounds) {
  kpi::Figure none = figure(0, "share");
  none.kind = none.statistic = "share";
  none.unit = "%";
  none.count = 50;
  none.restricted.reset();
  Comparison comparison;
  combine({whole({none}, {none}), whole({none}, {none})}, comparison);
  const Pair& pair = comparison.kpis.front();
  const double bound = 100 * (1 - std::pow(0.05, 0.01));
  EXPECT_NEAR(pair.difference_ci95->low, -bound, 1e-9);
  EXPECT_NEAR(pair.difference_ci95->high, bound, 1e-9);
  EXPECT_EQ(pair.verdict, Verdict::cannot_tell);
}

TEST(Compare, VerdictsAreHeldAgainstAllKpisAtOnce) {
  // Alone p = 0.0408; among three it is 0.1225, and then nothing is below 5 %.
  std::vector<PairedRun> runs;
  for (const double change : {-1.0, -2.0, -4.0, -1.0}) {
    runs.push_back(whole({figure(10, "a"), figure(10, "b"), figure(10, "c")},
                         {figure(10 + change, "a"), figure(10 + change * change - 5.0, "b"),
                          figure(10.0 - change * change + 5.5, "c")}));
    runs.back().entities = {{10, 5}, {10, 5}, {10, 5}};
  }
  Comparison comparison;
  combine(runs, comparison);
  const Pair& first = comparison.kpis.front();
  EXPECT_EQ(first.verdict, Verdict::cannot_tell);
  EXPECT_GT(*first.p, 0.05);
  EXPECT_NEAR(*first.p_holm, std::min(1.0, 3 * *first.p), 1e-12);
}

TEST(Compare, SomeUnfinishedInOneArmRestrictBoth) {
  std::vector<PairedRun> runs;
  for (const double noise : {0.0, 0.1, 0.2}) {
    kpi::Figure base = figure(50 + noise), policy = figure(40 + noise);
    // The policy arm looks faster only because its slow ones have not ended.
    policy.restricted = 60 + noise;
    policy.unfinished = 3;
    policy.restricted_unknown = 1;
    runs.push_back(whole({base}, {policy}));
  }
  Comparison comparison;
  combine(runs, comparison);
  const Pair& pair = comparison.kpis.front();
  EXPECT_TRUE(pair.restricted);
  EXPECT_EQ(pair.restricted_unknown, 3u);
  EXPECT_NEAR(*pair.difference, 10, 1e-9);
  EXPECT_NEAR(*pair.policy.mean, 60.1, 1e-9);
}

TEST(Compare, NoneUnfinishedLeavesTheMeansAsTheyAre) {
  EXPECT_FALSE(combined({10, 20}, {9, 18}).kpis.front().restricted);
}

TEST(Compare, IndicatorsOfOneArmAreNamed) {
  kpi::Results base, policy;
  base.figures = {figure(1, "both"), figure(1, "old")};
  policy.figures = {figure(1, "new"), figure(1, "both")};
  const PairedRun run = pair_up({}, base, policy, 0);
  EXPECT_THAT(run.unpaired, ElementsAre("old", "new"));
  EXPECT_EQ(run.base.size(), 1u);
}

TEST(Expectations, AreHeldAgainstThePairs) {
  Comparison comparison = combined({10, 20, 30}, {9, 18.99, 29.01});
  comparison.measures = {{.id = "m01",
                          .title = {},
                          .in_base = false,
                          .in_policy = true,
                          .expect = {{"time", "down"}, {"nowhere", "up"}},
                          .unchanged = {}},
                         {.id = "m02",
                          .title = {},
                          .in_base = false,
                          .in_policy = true,
                          .expect = {},
                          .unchanged = {"time"}}};
  const auto found = expectations_of(comparison);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].outcome, Outcome::unmeasured);  // nowhere
  EXPECT_EQ(found[1].outcome, Outcome::kept);
  EXPECT_EQ(found[2].outcome, Outcome::mixed);  // m01 means to move it
  EXPECT_EQ(found[2].mixed_with, "m01");
  comparison.measures.front().in_policy = false;
  EXPECT_EQ(expectations_of(comparison).front().outcome, Outcome::broken);
}

}  // namespace
}  // namespace portflow::analysis
