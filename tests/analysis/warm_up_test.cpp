// MSER-5 on series whose transient is known.
#include "analysis/warm_up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/hash.hpp"
#include "core/random.hpp"

namespace portflow::analysis {
namespace {

using ::testing::Optional;

/// `count` values around 100, of which the first `cold` climb there from 0.
std::vector<double> climbing(std::size_t count, std::size_t cold, double season = 0) {
  const Draws draws(3, 0);
  std::vector<double> series;
  for (std::size_t i = 0; i < count; ++i) {
    const double noise = 10 * (draws.quantile(i, Point{1}) - 0.5);
    const double level =
        i < cold ? 100.0 * static_cast<double>(i) / static_cast<double>(cold) : 100;
    series.push_back(level + noise + (i % 24 < 8 ? season : 0));
  }
  return series;
}

TEST(Mser5, CutsWhereTheClimbEnds) {
  const auto cut = mser5(climbing(1000, 150));
  ASSERT_TRUE(cut);
  EXPECT_GE(*cut, 130u);
  EXPECT_LE(*cut, 160u);
  EXPECT_EQ(*cut % 5, 0u);
}

TEST(Mser5, CutsNextToNothingOfWhatBeganWarm) {
  const auto cut = mser5(climbing(1000, 0));
  ASSERT_TRUE(cut);
  EXPECT_LT(*cut, 250u);
}

TEST(Mser5, DoesNotGuessWhereTheClimbNeverEnds) {
  EXPECT_FALSE(mser5(climbing(1000, 1000)));
  EXPECT_FALSE(mser5(climbing(40, 0)));
}

TEST(Season, IsTakenOutSoThatTheCutDoesNotFollowIt) {
  const std::vector<double> series = climbing(960, 120, 60);
  const std::vector<double> plain = without_season(series, 24);
  for (std::size_t i = 480; i < 960; ++i) EXPECT_NEAR(plain[i], 120, 12) << i;
  const auto cut = mser5(plain);
  ASSERT_TRUE(cut);
  EXPECT_GE(*cut, 100u);
  EXPECT_LE(*cut, 140u);
  EXPECT_EQ(without_season(climbing(10, 0), 24), climbing(10, 0)) << "too short to know a day";
}

}  // namespace
}  // namespace portflow::analysis
