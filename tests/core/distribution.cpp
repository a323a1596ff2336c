#include "core/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/error.hpp"

namespace portflow {
namespace {

struct Case {
  std::string name;
  Distribution distribution;
  double mean;
  double variance;
  double least;
};

std::vector<Case> cases() {
  return {
      {"constant", Distribution::constant(4), 4, 0, 4},
      {"default", Distribution{}, 0, 0, 0},
      {"uniform", Distribution::uniform(2, 8), 5, 3, 2},
      {"uniform of no width", Distribution::uniform(2, 2), 2, 0, 2},
      {"triangular", Distribution::triangular(1, 2, 6), 3, 21.0 / 18, 1},
      {"triangular, mode first", Distribution::triangular(1, 1, 4), 2, 0.5, 1},
      {"triangular, mode last", Distribution::triangular(1, 4, 4), 3, 0.5, 1},
      {"triangular of no width", Distribution::triangular(3, 3, 3), 3, 0, 3},
      {"exponential", Distribution::exponential(3), 3, 9, 0},
      {"lognormal", Distribution::lognormal(10, 0.5), 10, 25, 0},
      {"lognormal without spread", Distribution::lognormal(10, 0), 10, 0, 10},
      {"Erlang of two", Distribution::gamma(6, 2), 6, 18, 0},
      {"gamma", Distribution::gamma(6, 0.7), 6, 36 / 0.7, 0},
      {"gamma of shape one", Distribution::gamma(6, 1), 6, 36, 0},
      {"narrow gamma", Distribution::gamma(6, 400), 6, 0.09, 0},
      {"geometric", Distribution::geometric(4), 4, 12, 1},
      {"geometric of mean one", Distribution::geometric(1), 1, 0, 1},
      {"empirical", Distribution::empirical({5, 1, 3}, {1, 2, 1}), 2.5, 2.75, 1},
      {"empirical, equal", Distribution::empirical({1, 2, 3}, {}), 2, 2.0 / 3, 1},
      {"empirical, never the least", Distribution::empirical({1, 2, 4}, {0, 1, 1}), 3, 1, 2},
      {"mixture",
       Distribution::mixture({Distribution::constant(10), Distribution::uniform(0, 6)}, {1, 3}),
       4.75, 0.25 * 100 + 0.75 * 12 - 4.75 * 4.75, 0},
      {"scaled", Distribution::exponential(3).scaled(2, 1).scaled(10), 70, 3600, 10},
      {"scaled mixture",
       Distribution::mixture({Distribution::constant(2), Distribution::constant(4)}, {1, 1})
           .scaled(3, -1),
       8, 9, 5},
  };
}

TEST(Distribution, MomentsOfTheQuantilesAreThoseDeclared) {
  constexpr int n = 200'000;
  for (const Case& c : cases()) {
    EXPECT_NEAR(c.distribution.mean(), c.mean, 1e-12 * (1 + c.mean)) << c.name;
    EXPECT_NEAR(c.distribution.least(), c.least, 1e-12) << c.name;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; ++i) {
      const double x = c.distribution.at((i + 0.5) / n);
      ASSERT_GE(x, c.least) << c.name;
      sum += x - c.mean;
      squares += (x - c.mean) * (x - c.mean);
    }
    EXPECT_NEAR(sum / n, 0, 1e-4 * std::sqrt(c.variance) + 1e-12) << c.name;
    EXPECT_NEAR(squares / n, c.variance, 1e-3 * c.variance + 1e-12) << c.name;
  }
}

TEST(Distribution, QuantilesRise) {
  for (const Case& c : cases()) {
    if (c.distribution.family() == Distribution::Family::mixture) continue;
    double before = c.distribution.at(0x1p-53);
    EXPECT_TRUE(std::isfinite(before)) << c.name;
    for (int i = 1; i < 5000; ++i) {
      const double x = c.distribution.at(i / 5000.0);
      ASSERT_GE(x, before) << c.name << " at " << i;
      before = x;
    }
    EXPECT_GE(c.distribution.at(1 - 0x1p-53), before) << c.name;
    EXPECT_TRUE(std::isfinite(c.distribution.at(1 - 0x1p-53))) << c.name;
  }
}

TEST(Distribution, ScalingKeepsTheQuantile) {
  const auto base = Distribution::lognormal(5, 0.7);
  for (const double u : {0.1, 0.5, 0.9}) {
    EXPECT_DOUBLE_EQ(base.scaled(0.5, 3).at(u), base.at(u) * 0.5 + 3);
  }
}

TEST(Distribution, MixtureUsesTheRestOfTheQuantile) {
  const auto two =
      Distribution::mixture({Distribution::uniform(0, 1), Distribution::uniform(10, 11)}, {1, 3});
  EXPECT_DOUBLE_EQ(two.at(0.125), 0.5);
  EXPECT_DOUBLE_EQ(two.at(0.625), 10.5);
}

TEST(Distribution, EmpiricalIsAChoiceByWeight) {
  const auto three = Distribution::empirical({30, 10, 20}, {25, 50, 25});
  EXPECT_EQ(three.at(0.49), 10);
  EXPECT_EQ(three.at(0.51), 20);
  EXPECT_EQ(three.at(0.76), 30);
  EXPECT_EQ(three.at(1 - 0x1p-53), 30);
}

TEST(Distribution, EqualWhenDeclaredAlike) {
  EXPECT_EQ(Distribution::gamma(3, 2), Distribution::gamma(3, 2));
  EXPECT_NE(Distribution::gamma(3, 2), Distribution::gamma(3, 2.5));
  EXPECT_NE(Distribution::exponential(3), Distribution::constant(3));
}

TEST(Distribution, ImpossibleParametersAreBugsOfTheCaller) {
  EXPECT_THROW((void)Distribution::uniform(2, 1), Bug);
  EXPECT_THROW((void)Distribution::triangular(1, 0, 2), Bug);
  EXPECT_THROW((void)Distribution::exponential(-1), Bug);
  EXPECT_THROW((void)Distribution::lognormal(1, -1), Bug);
  EXPECT_THROW((void)Distribution::gamma(1, 0), Bug);
  EXPECT_THROW((void)Distribution::geometric(0.5), Bug);
  EXPECT_THROW((void)Distribution::empirical({}, {}), Bug);
  EXPECT_THROW((void)Distribution::empirical({1, 2}, {1}), Bug);
  EXPECT_THROW((void)Distribution::empirical({1, 2}, {0, 0}), Bug);
  EXPECT_THROW((void)Distribution::mixture({Distribution{}}, {-1}), Bug);
  EXPECT_THROW((void)Distribution{}.scaled(-1), Bug);
}

}  // namespace
}  // namespace portflow
