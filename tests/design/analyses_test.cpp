// Analyses against functions whose answer is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>
#include <numbers>

#include "analysis/design/effects.hpp"
#include "analysis/design/shapley.hpp"
#include "analysis/design/sobol_indices.hpp"

namespace portflow::design {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

std::vector<double> responses(const Matrix& points,
                              const std::function<double(const std::vector<double>&)>& f) {
  std::vector<double> result;
  for (const auto& point : points) result.push_back(f(point));
  return result;
}

void expect_within(const analysis::Interval& interval, double value) {
  EXPECT_LE(interval.low, value);
  EXPECT_GE(interval.high, value);
}

TEST(Effects, OfALinearResponseWithOneInteractionAreExact) {
  const std::vector<std::size_t> levels{2, 2, 2};
  const Matrix points = full(levels);
  const auto f = [](const std::vector<double>& x) {
    return 10 + 4 * x[0] - x[1] + 6 * x[0] * x[2];
  };
  Responses y{responses(points, f), responses(points, f)};
  for (double& value : y[1]) value += 1;  // luck that all arms share is no effect
  const auto found = effects(points, y, true);
  ASSERT_EQ(found.size(), 6u);
  EXPECT_DOUBLE_EQ(found[0].mean, 7);
  EXPECT_DOUBLE_EQ(found[1].mean, -1);
  EXPECT_DOUBLE_EQ(found[2].mean, 3);
  EXPECT_EQ(found[4].factors, (std::vector<std::size_t>{0, 2}));
  EXPECT_DOUBLE_EQ(found[4].mean, 3);
  EXPECT_DOUBLE_EQ(found[3].mean, 0);
  EXPECT_EQ(found[0].ci95, (analysis::Interval{7, 7}));
}

TEST(Effects, OfAFractionNameWhatTheyAreMixedUpWith) {
  const auto fraction = fractional(3, 3);
  const auto found = effects(
      fraction->points,
      {responses(fraction->points, [](const auto& x) { return x[0] + 2 * x[1] * x[2]; })}, true);
  ASSERT_EQ(found.size(), 3u);
  for (const Effect& one : found) EXPECT_EQ(one.mixed_up.size(), 1u);
  EXPECT_EQ(found[0].mixed_up.front(), (std::vector<std::size_t>{1, 2}));
}

TEST(Effects, OneAtATimeAreDifferencesToTheBaseline) {
  const Matrix points = one_at_a_time(2);
  const auto found = differences_to_first(points, {{10, 12, 9}, {20, 23, 19}, {30, 31, 29}});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_DOUBLE_EQ(found[0].mean, 2);
  EXPECT_DOUBLE_EQ(found[1].mean, -1);
  EXPECT_THAT(found[0].values, ElementsAre(2, 3, 1));
}

TEST(Morris, FindsSlopesAndNonlinearity) {
  const Matrix points = morris(3, 20, 4, 5);
  const auto found = elementary_effects(
      points, responses(points, [](const auto& x) { return 5 * x[0] + x[1] * x[1]; }));
  EXPECT_NEAR(found[0].mu, 5, 1e-9);
  EXPECT_NEAR(found[0].mu_star, 5, 1e-9);
  EXPECT_NEAR(found[0].sigma, 0, 1e-9);
  EXPECT_GT(found[1].sigma, 0.2);
  EXPECT_EQ(found[2].mu_star, 0);
  expect_within(*found[1].mu_star_ci95, found[1].mu_star);
}

double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

TEST(Sobol, IndicesOfIshigamiLieWithinTheirIntervals) {
  // T. Ishigami and T. Homma (1990), ISUMA'90, 398-403; values for a = 7, b = 0.1.
  const double first[] = {0.313905, 0.442411, 0}, total[] = {0.557589, 0.442411, 0.243684};
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const std::size_t base = 2048;
    const auto found = sobol_indices(3, base, responses(saltelli(3, base, seed), ishigami), seed);
    for (std::size_t k = 0; k < 3; ++k) {
      expect_within(found.factors[k].first_ci95, first[k]);
      expect_within(found.factors[k].total_ci95, total[k]);
      EXPECT_NEAR(found.factors[k].total, total[k], 0.03);
    }
    EXPECT_NEAR(found.variance, 13.8446, 0.3);
  }
}

TEST(Sobol, IndicesOfTheGFunctionLieWithinTheirIntervals) {
  // A. Saltelli and I. M. Sobol' (1995); V_i = 1 / (3 (1 + a)^2).
  const std::vector<double> a{0, 1, 4.5, 9};
  const auto g = [&](const std::vector<double>& u) {
    double product = 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
      product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    }
    return product;
  };
  double whole = 1;
  for (const double one : a) whole *= 1 + 1 / (3 * (1 + one) * (1 + one));
  const std::size_t base = 4096;
  const auto found = sobol_indices(a.size(), base, responses(saltelli(a.size(), base, 1), g), 1);
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double own = 1 / (3 * (1 + a[k]) * (1 + a[k]));
    expect_within(found.factors[k].first_ci95, own / (whole - 1));
    expect_within(found.factors[k].total_ci95, own * (whole / (1 + own)) / (whole - 1));
  }
  EXPECT_TRUE(found.enough) << found.widest;
}

TEST(Sobol, SaysWhenPointsAreTooFew) {
  EXPECT_FALSE(sobol_indices(3, 32, responses(saltelli(3, 32, 1), ishigami), 1).enough);
}

TEST(Sobol, AConstantHasNoVarianceToShare) {
  const auto found = sobol_indices(2, 8, std::vector<double>(32, 3.0), 1);
  EXPECT_EQ(found.variance, 0);
  EXPECT_EQ(found.factors[1].total, 0);
}

/// A game of three members and a dummy; two only work together.
double worth(Subset subset, std::size_t replication) {
  double value = 0.25 * static_cast<double>(replication);
  if ((subset & 1u) != 0) value += 10;
  if ((subset & 6u) == 6u) value += 8;
  return value + (subset != 0 ? 0.5 * static_cast<double>(replication) : 0);
}

TEST(Shapley, ExactSharesSumToTheTotalAndADummyGetsNothing) {
  const auto shares = shapley(4, {}, 3, [](Subset subset, std::size_t r) {
    return worth(subset & 7u, 0) + 0.1 * static_cast<double>(r);
  });
  EXPECT_NEAR(shares[0].mean, 10, 1e-12);
  EXPECT_NEAR(shares[1].mean, 4, 1e-12);
  EXPECT_NEAR(shares[2].mean, 4, 1e-12);
  EXPECT_EQ(shares[3].mean, 0);
  EXPECT_EQ(shares[3].ci95, (analysis::Interval{0, 0}));
}

TEST(Shapley, SampledSharesSumToTheTotalInEveryReplication) {
  const std::size_t members = 9, replications = 4;
  const auto orders = drawn_orders(members, 12, 5);
  EXPECT_EQ(orders, drawn_orders(members, 12, 5));
  const auto game = [](Subset subset, std::size_t r) {
    double value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      if ((subset >> i & 1u) != 0)
        value += static_cast<double>(i + 1) * (1 + 0.1 * static_cast<double>(r));
    }
    return value + 3.0 * std::popcount(subset & 3u) * std::popcount(subset & 12u);
  };
  const auto needed = subsets_for(members, orders);
  EXPECT_LE(needed.size(), 12 * 9 + 2u);
  const auto shares = shapley(members, orders, replications, game);
  for (std::size_t r = 0; r < replications; ++r) {
    double sum = 0;
    for (const Share& share : shares) sum += share.values[r];
    EXPECT_NEAR(sum, game(0x1ff, r) - game(0, r), 1e-9);
  }
  EXPECT_EQ(shares[8].mean, 0) << "the dummy";
  EXPECT_EQ(shares[8].ci95, (analysis::Interval{0, 0}));
  const auto exact = shapley(members, {}, replications, game);
  for (std::size_t i = 0; i < members; ++i) {
    expect_within(*shares[i].ci95, exact[i].mean);
    EXPECT_GE(shares[i].ci95->high - shares[i].ci95->low,
              exact[i].ci95->high - exact[i].ci95->low - 1e-9)
        << "the luck of the orders comes on top";
  }
}

}  // namespace
}  // namespace portflow::design
