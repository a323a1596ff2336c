#include "kpi/weight_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace portflow::kpi {
namespace {

TEST(WeightSum, DoesNotDependOnOrder) {
  std::mt19937_64 bits{3};
  std::vector<double> weights(10'000);
  for (double& weight : weights) weight = std::uniform_real_distribution(-5.0, 900.0)(bits);
  for (const Dimension dimension :
       {Dimension::mass, Dimension::plain, Dimension::money, Dimension::volume}) {
    const auto sum = [&] {
      WeightSum total{dimension};
      for (const double weight : weights) total.add(weight);
      return total.value();
    };
    const double first = sum();
    for (int round = 0; round < 5; ++round) {
      std::ranges::shuffle(weights, bits);
      EXPECT_EQ(sum(), first);
    }
  }
}

TEST(WeightSum, IsExactForWhatIsWritten) {
  WeightSum tonnes{Dimension::mass};
  for (const double weight : {20.5, 0.25, 70'000.0, -0.75}) tonnes.add(weight);
  EXPECT_EQ(tonnes.value(), 70'020.0);
  WeightSum boxes{Dimension::volume};
  for (int i = 0; i < 3; ++i) boxes.add(2.25);
  EXPECT_EQ(boxes.value(), 6.75);
}

TEST(WeightSum, OfADamagedRecordIsNoNumber) {
  for (const double wrong : {std::nan(""), HUGE_VAL, -1e300}) {
    WeightSum total{Dimension::mass};
    total.add(1);
    total.add(wrong);
    EXPECT_TRUE(std::isnan(total.value())) << wrong;
  }
}

}  // namespace
}  // namespace portflow::kpi
