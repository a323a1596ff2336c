// Replications that stop by themselves.
#include "analysis/precision.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portflow::analysis {
namespace {

std::string refusal(std::string_view text) {
  const auto goal = parse_precision(text, 200);
  return goal ? "" : goal.error().errors.front().message;
}

TEST(Precision, IsReadFromText) {
  const auto goal = parse_precision("import_clearance_time=2.5%", 40);
  ASSERT_TRUE(goal);
  EXPECT_EQ(goal->kpi, "import_clearance_time");
  EXPECT_DOUBLE_EQ(goal->share, 0.025);
  EXPECT_EQ(goal->most, 40u);
  EXPECT_EQ(refusal("time=2"),
            "--precision: 'time=2' is no KPI=2% (more than 0 %, less than 100 %)");
  for (const char* bad :
       {"", "time", "=2%", "time=%", "time=0%", "time=-1%", "time=2x%", "time=100%"}) {
    EXPECT_NE(refusal(bad), "") << bad;
  }
}

TEST(Precision, GoesOnToWhatTheDeviationAsksButAtMostDoubles) {
  const Precision goal{"time", 0.02, 200};
  const std::vector<double> wide{80, 120, 90, 110, 100}, narrow{100, 100.1, 99.9, 100, 100};
  EXPECT_EQ(next_step(goal, wide, 100, 5).next, 10u);
  const Step done = next_step(goal, narrow, 100, 5);
  EXPECT_EQ(done.next, 0u);
  EXPECT_LT(*done.reached, 0.02);
  EXPECT_EQ(next_step(goal, std::vector<double>{100, 100}, 100, 2).next, 5u)
      << "two are no evidence";
  EXPECT_EQ(next_step({"time", 0.02, 8}, wide, 100, 5).next, 8u);
  EXPECT_EQ(next_step({"time", 0.02, 5}, wide, 100, 5).next, 0u);
}

TEST(Precision, NamesTheNearestKpiAndRefusesMaxima) {
  kpi::Figure mean, longest;
  mean.name = "clearance_time";
  longest.name = "longest_wait";
  longest.statistic = "max";
  const std::vector<kpi::Figure> figures{mean, longest};
  EXPECT_EQ(*find_goal({"clearance_time", 0.1, 9}, figures), 0u);
  EXPECT_EQ(find_goal({"clearence_time", 0.1, 9}, figures).error().errors.front().message,
            "--precision: no KPI 'clearence_time'; did you mean 'clearance_time'?");
  EXPECT_EQ(find_goal({"longest_wait", 0.1, 9}, figures).error().errors.front().message,
            "--precision: 'longest_wait' is a maximum, which has a range over replications and no "
            "interval");
}

}  // namespace
}  // namespace portflow::analysis
