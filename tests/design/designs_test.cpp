// Designs keep what their books promise.
#include "analysis/design/designs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <set>

namespace portflow::design {
namespace {

double sign(double coordinate) {
  return coordinate >= 0.5 ? 1 : -1;
}

TEST(Full, IsEveryCombinationOnce) {
  const std::vector<std::size_t> levels{2, 3, 1};
  const Matrix points = full(levels);
  EXPECT_EQ(points.size(), 6u);
  EXPECT_EQ(std::set(points.begin(), points.end()).size(), 6u);
  EXPECT_EQ(points.front(), (std::vector<double>{0, 0, 0}));
  EXPECT_EQ(points.back(), (std::vector<double>{1, 1, 0}));
}

class PlackettBurman : public testing::TestWithParam<std::size_t> {};

TEST_P(PlackettBurman, ColumnsAreBalancedAndOrthogonal) {
  const std::size_t factors = GetParam();
  const Matrix points = plackett_burman(factors, false);
  EXPECT_EQ(points.size() % 4, 0u);
  EXPECT_EQ(points.front(), std::vector<double>(factors, 0)) << "the first run is the baseline";
  for (std::size_t a = 0; a < factors; ++a) {
    double sum = 0;
    for (const auto& point : points) sum += sign(point[a]);
    EXPECT_EQ(sum, 0) << a;
    for (std::size_t b = 0; b < a; ++b) {
      double product = 0;
      for (const auto& point : points) product += sign(point[a]) * sign(point[b]);
      EXPECT_EQ(product, 0) << a << " " << b;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Factors, PlackettBurman,
                         testing::Values(1, 3, 7, 11, 15, 19, 23, 27, 31, 35, 36, 43, 47, 60));

TEST(PlackettBurman, TakesThirtySixRunsForThirtyFiveFactorsAndTwiceThatFolded) {
  EXPECT_EQ(plackett_burman(35, false).size(), 36u);
  const Matrix folded = plackett_burman(35, true);
  ASSERT_EQ(folded.size(), 72u);
  for (std::size_t i = 0; i < 36; ++i) {
    for (std::size_t k = 0; k < 35; ++k) EXPECT_EQ(folded[i][k] + folded[i + 36][k], 1);
  }
}

/// The least number of columns that multiply to one sign throughout, up to 5.
int resolution_of(const Matrix& points) {
  const std::size_t factors = points.front().size();
  int least = 6;
  for (std::uint32_t word = 1; word < std::uint32_t{1} << factors; ++word) {
    const int length = std::popcount(word);
    if (length >= least) continue;
    double sum = 0;
    for (const auto& point : points) {
      double product = 1;
      for (std::size_t k = 0; k < factors; ++k) {
        if ((word >> k & 1u) != 0) product *= sign(point[k]);
      }
      sum += product;
    }
    if (std::abs(sum) == static_cast<double>(points.size())) least = length;
  }
  return least;
}

TEST(Fractional, HasTheResolutionItPromisesInTheRunsOfTheBook) {
  // Box, Hunter and Hunter (2005), table 6.22.
  struct Case {
    std::size_t factors;
    int resolution;
    std::size_t runs;
  };
  for (const Case& one : std::initializer_list<Case>{
           {3, 3, 4}, {7, 3, 8}, {4, 4, 8}, {8, 4, 16}, {5, 5, 16}, {6, 4, 16}, {6, 5, 32}}) {
    const auto fraction = fractional(one.factors, one.resolution);
    ASSERT_TRUE(fraction);
    EXPECT_EQ(fraction->points.size(), one.runs) << one.factors << " at " << one.resolution;
    EXPECT_GE(resolution_of(fraction->points), one.resolution) << one.factors;
  }
  EXPECT_FALSE(fractional(0, 3));
  EXPECT_EQ(fractional(2, 3)->points.size(), 4u) << "two factors have no fraction";
}

TEST(Fractional, OfResolutionThreeAndFourTakesWhatCountingDemands) {
  for (const std::size_t factors : {2u, 5u, 9u, 31u, 32u, 33u, 100u, 300u}) {
    for (const int resolution : {3, 4}) {
      if (least_fraction(factors, resolution) > std::size_t{1}
                                                    << std::min(factors, std::size_t{20}))
        continue;
      EXPECT_EQ(fraction_runs(factors, resolution), least_fraction(factors, resolution))
          << factors << " at " << resolution;
    }
  }
  EXPECT_EQ(least_fraction(7, 3), 8u);
  EXPECT_EQ(least_fraction(8, 4), 16u);
  EXPECT_EQ(least_fraction(6, 5), 32u);
}

TEST(Fractional, OfHundredsOfFactorsIsFoundOrRefusedAtOnce) {
  // What a search of resolution 5 that forms every sum anew takes minutes to hours for; the whole
  // test has the time of one test, and counting refuses 362 and more without any search.
  for (const std::size_t factors : {60u, 120u, 200u, 361u}) {
    const auto runs = fraction_runs(factors, 5);
    EXPECT_GE(runs.value_or(65'536), least_fraction(factors, 5)) << factors;
  }
  EXPECT_TRUE(fraction_runs(60, 5));
  EXPECT_EQ(least_fraction(361, 5), 65'536u);
  EXPECT_EQ(least_fraction(362, 5), 131'072u);
  EXPECT_FALSE(fraction_runs(362, 5));
  EXPECT_FALSE(fraction_runs(100'000, 4));
  const auto fraction = fractional(13, 5);
  ASSERT_TRUE(fraction);
  EXPECT_GE(resolution_of(fraction->points), 5);
}

TEST(LatinHypercube, UsesEverySliceOnce) {
  const Matrix points = latin_hypercube(3, 50, 7);
  for (std::size_t k = 0; k < 3; ++k) {
    std::set<int> slices;
    for (const auto& point : points) slices.insert(static_cast<int>(point[k] * 50));
    EXPECT_EQ(slices.size(), 50u);
  }
  EXPECT_EQ(points, latin_hypercube(3, 50, 7));
  EXPECT_NE(points, latin_hypercube(3, 50, 8));
}

TEST(Saltelli, ExchangesOneColumnAtATime) {
  const std::size_t base = 16, factors = 3;
  const Matrix points = saltelli(factors, base, 1);
  ASSERT_EQ(points.size(), base * (factors + 2));
  for (std::size_t k = 0; k < factors; ++k) {
    for (std::size_t i = 0; i < base; ++i) {
      for (std::size_t j = 0; j < factors; ++j) {
        EXPECT_EQ(points[(2 + k) * base + i][j], points[(j == k ? base : 0) + i][j]);
      }
    }
  }
}

TEST(Morris, MovesEveryFactorOnceATrajectoryAndStaysInside) {
  const Matrix points = morris(4, 10, 4, 3);
  ASSERT_EQ(points.size(), 50u);
  for (std::size_t t = 0; t < 10; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t k = 0; k < 4; ++k) {
        const double change = points[t * 5 + i + 1][k] - points[t * 5 + i][k];
        EXPECT_GE(points[t * 5 + i][k], 0);
        EXPECT_LE(points[t * 5 + i][k], 1);
        if (change == 0) continue;
        EXPECT_NEAR(std::abs(change), 2.0 / 3, 1e-12);
        EXPECT_TRUE(moved.insert(k).second);
      }
    }
    EXPECT_EQ(moved.size(), 4u);
  }
}

TEST(OneAtATime, IsTheBaselineAndEachFactorAlone) {
  EXPECT_EQ(one_at_a_time(2), (Matrix{{0, 0}, {1, 0}, {0, 1}}));
}

}  // namespace
}  // namespace portflow::design
