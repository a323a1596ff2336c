#include "core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <string>

#include "core/hash.hpp"

namespace portflow {
namespace {

constexpr std::size_t draws = 1 << 17;

/// Chi-square over its mean, in standard deviations (Wilson and Hilferty).
double surprise(double chi_square, double freedom) {
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(chi_square / freedom) - (1 - spread)) / std::sqrt(spread);
}

/// Every way in which keys of a run differ from each other.
std::vector<std::pair<std::string, std::function<double(std::uint64_t)>>> streams() {
  return {
      {"entities in a row", [](auto i) { return Draws{1, 0}.quantile(i, Point{5}); }},
      {"hashed entities", [](auto i) { return Draws{1, 0}.quantile(mix(i), Point{5}); }},
      {"entities in the high word", [](auto i) { return Draws{1, 0}.quantile(i << 32, Point{5}); }},
      {"occurrences",
       [](auto i) { return Draws{1, 0}.quantile(9, Point{5}, static_cast<std::uint32_t>(i)); }},
      {"points", [](auto i) { return Draws{1, 0}.quantile(9, Point{i}); }},
      {"points in the high word", [](auto i) { return Draws{1, 0}.quantile(9, Point{i << 32}); }},
      {"seeds", [](auto i) { return Draws{i, 0}.quantile(9, Point{5}); }},
      {"replications",
       [](auto i) { return Draws{1, static_cast<std::uint32_t>(i)}.quantile(9, Point{5}); }},
  };
}

TEST(Draws, FillBucketsEvenly) {
  for (const auto& [name, stream] : streams()) {
    std::array<double, 256> buckets{};
    for (std::uint64_t i = 0; i < draws; ++i) {
      const double u = stream(i);
      ASSERT_GT(u, 0);
      ASSERT_LT(u, 1);
      buckets.at(static_cast<std::size_t>(u * 256)) += 1;
    }
    double chi_square = 0;
    for (const double count : buckets) chi_square += std::pow(count - draws / 256.0, 2);
    chi_square /= draws / 256.0;
    EXPECT_LT(std::abs(surprise(chi_square, 255)), 4) << name;
  }
}

TEST(Draws, AreTheSameSideBySide) {
  const Draws luck{7, 3};
  const std::array<std::uint64_t, 7> entities{1, 99, mix(5), 0, ~std::uint64_t{0}, 3, 3};
  for (std::size_t room = 0; room <= entities.size(); ++room) {
    std::array<double, 7> in_time{}, of_each{};
    luck.quantiles(42, Point{mix(8)}, 0xffff'fffc, std::span(in_time).first(room));
    luck.quantiles(std::span(entities).first(room), Point{mix(8)}, std::span(of_each).first(room));
    for (std::uint32_t i = 0; i < entities.size(); ++i) {
      const double later = luck.quantile(42, Point{mix(8)}, 0xffff'fffc + i);
      EXPECT_EQ(in_time.at(i), i < room ? later : 0);
      EXPECT_EQ(of_each.at(i), i < room ? luck.quantile(entities.at(i), Point{mix(8)}) : 0);
    }
  }
}

TEST(Draws, NeighboursAreIndependent) {
  for (const auto& [name, stream] : streams()) {
    std::array<std::array<double, 16>, 16> pairs{};
    for (std::uint64_t i = 0; i < draws; ++i) {
      const auto bucket = [&](std::uint64_t n) { return static_cast<std::size_t>(stream(n) * 16); };
      pairs.at(bucket(2 * i)).at(bucket(2 * i + 1)) += 1;
    }
    double chi_square = 0;
    for (const auto& row : pairs) {
      for (const double count : row) chi_square += std::pow(count - draws / 256.0, 2);
    }
    chi_square /= draws / 256.0;
    EXPECT_LT(std::abs(surprise(chi_square, 255)), 4) << name;
  }
}

TEST(Draws, ReplicationsAndPointsDoNotCorrelate) {
  double replications = 0;
  double points = 0;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const double u = Draws{1, 0}.quantile(i, Point{1}) - 0.5;
    replications += u * (Draws{1, 1}.quantile(i, Point{1}) - 0.5);
    points += u * (Draws{1, 0}.quantile(i, Point{2}) - 0.5);
  }
  const double deviation = std::sqrt(double{draws}) / 12;
  EXPECT_LT(std::abs(replications), 4 * deviation);
  EXPECT_LT(std::abs(points), 4 * deviation);
}

// Computed by an independent Philox4x32-10 in Python; they must never change.
TEST(Draws, AreGolden) {
  EXPECT_EQ((Draws{1, 0}.quantile(1, Point{1})), 0x1.23dd415f6d685p-1);
  EXPECT_EQ((Draws{1, 0}.quantile(1, Point{1}, 1)), 0x1.cdac459e33010p-5);
  EXPECT_EQ((Draws{1, 1}.quantile(1, Point{1})), 0x1.bcdd6d603872bp-1);
  EXPECT_EQ((Draws{2, 0}.quantile(1, Point{1})), 0x1.ff48115568b28p-4);
  EXPECT_EQ((Draws{1, 0}.quantile(2, Point{1})), 0x1.0457f660bba1cp-3);
  EXPECT_EQ((Draws{1, 0}.quantile(1, Point{2})), 0x1.6a61438b5b3dep-2);
  EXPECT_EQ((Draws{~0ULL, ~0U}.quantile(~0ULL, Point{~0ULL}, ~0U)), 0x1.b98cf0b7b4a21p-1);
  EXPECT_EQ((Draws{0, 0}.quantile(0, Point{0})), 0x1.a89dc05cb9be7p-1);
}

}  // namespace
}  // namespace portflow
