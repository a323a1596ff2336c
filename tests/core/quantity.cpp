#include "core/quantity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace portflow {
namespace {

TEST(Quantity, CountsWholeQuartersAndFen) {
  EXPECT_EQ(whole_quarters(2.25), QuarterTeu{9});
  EXPECT_EQ(whole_quarters(2), one_teu * 2);
  EXPECT_EQ(whole_fen(115'500), Fen{115'500});
  EXPECT_EQ(in_teu(QuarterTeu{9}), 2.25);
  EXPECT_EQ(QuarterTeu{9} / QuarterTeu{36}, 0.25);
  EXPECT_LT(Fen{1} - Fen{2}, Fen{});
}

TEST(Quantity, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(whole_fen(0.5), Fen{1});
  EXPECT_EQ(whole_fen(-0.5), Fen{-1});
  EXPECT_EQ(whole_fen(0.49), Fen{});
  EXPECT_EQ(whole_quarters(1.125), QuarterTeu{5});
  EXPECT_EQ(whole_quarters(-1.125), QuarterTeu{-5});
}

TEST(Quantity, EntitiesCarryWholeOnes) {
  EXPECT_EQ(carried(Dimension::money, 1234.56), 1235);
  EXPECT_EQ(carried(Dimension::volume, 1.9), 2);
  EXPECT_EQ(carried(Dimension::volume, 2.25), 2.25);
  EXPECT_EQ(carried(Dimension::mass, 1.9), 1.9);
}

TEST(Quantity, SumsDoNotDependOnOrder) {
  // As doubles these sums differ in their last places; a ledger may not.
  std::mt19937_64 bits{7};
  std::vector<Fen> amounts(10'000);
  for (Fen& amount : amounts) {
    amount.count = std::uniform_int_distribution<std::int64_t>(-1'000'000'000, 1 << 30)(bits);
  }
  const auto sum = [&] { return std::accumulate(amounts.begin(), amounts.end(), Fen{}); };
  const Fen first = sum();
  for (int round = 0; round < 5; ++round) {
    std::ranges::shuffle(amounts, bits);
    EXPECT_EQ(sum(), first);
  }
}

}  // namespace
}  // namespace portflow
