// Signs, corrections and bounds against figures from tables and by hand.
#include "analysis/significance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/interval.hpp"

namespace portflow::analysis {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Optional;

TEST(SignTest, IsTheBinomialOfTheRarerSign) {
  EXPECT_NEAR(sign_test({0, 5, 0}), 0.0625, 1e-12);
  EXPECT_NEAR(sign_test({0, 6, 9}), 0.03125, 1e-12);
  // One of ten: 2 (1 + 10) / 1024.
  EXPECT_NEAR(sign_test({1, 9, 0}), 22.0 / 1024, 1e-12);
  EXPECT_EQ(sign_test({3, 3, 0}), 1);
  EXPECT_EQ(sign_test({0, 0, 4}), 1);
}

TEST(SignTest, SaysHowManyMorePairsItTakes) {
  EXPECT_THAT(more_pairs({0, 5, 0}), Optional(1u));
  EXPECT_THAT(more_pairs({0, 6, 0}), Optional(0u));
  EXPECT_EQ(more_pairs({4, 4, 0}), std::nullopt);
  // One in four against: 4 of 16 has p 0.077, 5 of 20 0.041.
  EXPECT_THAT(more_pairs({2, 6, 0}), Optional(12u));
}

TEST(TTest, IsTwoSided) {
  // t = 2 / (1 / sqrt 3) = 3.4641 with two degrees: p 0.0742.
  EXPECT_THAT(t_test(std::vector<double>{1, 2, 3}), Optional(DoubleNear(0.0742, 5e-5)));
  EXPECT_FALSE(t_test(std::vector<double>{2, 2, 2}));
  EXPECT_FALSE(t_test(std::vector<double>{2}));
}

TEST(Holm, StepsDownAndNeverFalls) {
  // Holm's own pattern: 4 x 0.01, 3 x 0.015, 2 x 0.03, then never below the step before.
  const auto adjusted = holm(std::vector<double>{0.03, 0.01, 0.05, 0.015});
  EXPECT_THAT(adjusted, ElementsAre(DoubleNear(0.06, 1e-12), DoubleNear(0.04, 1e-12),
                                    DoubleNear(0.06, 1e-12), DoubleNear(0.045, 1e-12)));
  EXPECT_TRUE(holm({}).empty());
  EXPECT_THAT(holm(std::vector<double>{0.7, 0.8}), ElementsAre(1, 1));
}

TEST(Interval, OfAShareNeverSeenIsBounded) {
  EXPECT_NEAR(share_bound(0, 60).high, 1 - std::pow(0.05, 1.0 / 60), 1e-9);
  EXPECT_EQ(share_bound(0, 60).low, 0);
  EXPECT_NEAR(share_bound(1, 60).low, std::pow(0.05, 1.0 / 60), 1e-9);
}

TEST(Interval, TakesAsManyReplicationsAsItsWidthAsks) {
  const std::uint64_t n = replications_for(1, 0.5, 1000);
  const auto half = [](double count) { return student_t(0.975, count - 1) / std::sqrt(count); };
  EXPECT_LE(half(static_cast<double>(n)), 0.5);
  EXPECT_GT(half(static_cast<double>(n - 1)), 0.5);
  EXPECT_EQ(replications_for(1, 1e-6, 77), 77u);
}

}  // namespace
}  // namespace portflow::analysis
