// The formulas themselves, by hand and by what is known of them in special cases.
#include "analysis/queueing.hpp"

#include <gtest/gtest.h>

namespace portflow::analysis {
namespace {

// M/M/2 with offered load a: p0 = (2 - a) / (2 + a), C = a^2 / (2 - a) * p0 = a^2 / (2 + a).
TEST(Queueing, ErlangCOfTwoServersByHand) {
  EXPECT_NEAR(erlang_c(2, 0.5), 1.0 / 3, 1e-12);  // a = 1
  EXPECT_NEAR(erlang_c(2, 0.75), 1.5 * 1.5 / 3.5, 1e-12);
}

// M/M/3, a = 1.5: p0 = 1 / (1 + 1.5 + 1.125 + 0.5625 * 2) = 4/19, C = 1.125 * 4/19 = 9/38.
TEST(Queueing, ErlangCOfThreeServersByHand) {
  EXPECT_NEAR(erlang_c(3, 0.5), 9.0 / 38, 1e-12);
}

TEST(Queueing, OneServerWaitsWithTheChanceThatItIsBusy) {
  for (const double load : {0.1, 0.5, 0.9}) EXPECT_NEAR(erlang_c(1, load), load, 1e-12);
  EXPECT_NEAR(mmc_wait(1, 0.9, 9), 81, 1e-9);  // load x service / (1 - load)
}

TEST(Queueing, TimeInSystemIsExponential) {
  EXPECT_NEAR(mm1_time_quantile(1 - 1 / 2.718281828459045, 0.8, 8), 40, 1e-9);  // the mean
  EXPECT_NEAR(mm1_time_quantile(0.5, 0.8, 8), 40 * 0.6931471805599453, 1e-9);
}

TEST(Queueing, ExponentialServiceIsAGeneralServiceWithCvOne) {
  EXPECT_NEAR(mg1_wait(0.7, 7, 1), mmc_wait(1, 0.7, 7), 1e-12);
  EXPECT_NEAR(mg1_wait(0.7, 7, 0), mmc_wait(1, 0.7, 7) / 2, 1e-12);  // M/D/1 waits half as long
}

// Kleinrock's conservation law: priorities shift waiting between classes, and keep its sum.
TEST(Queueing, PrioritiesConserveWork) {
  const auto [urgent, ordinary] = priority_waits(0.3, 0.4, 6);
  EXPECT_NEAR(urgent, 6, 1e-12);     // 0.7 x 6 / 0.7
  EXPECT_NEAR(ordinary, 20, 1e-12);  // 0.7 x 6 / (0.7 x 0.3)
  EXPECT_NEAR(0.3 * urgent + 0.4 * ordinary, 0.7 * mmc_wait(1, 0.7, 6), 1e-12);
}

}  // namespace
}  // namespace portflow::analysis
