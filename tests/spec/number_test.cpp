#include "spec/number.hpp"

#include <gtest/gtest.h>

namespace portflow::spec {
namespace {

constexpr double minute = 60e3;

TEST(Numbers, AreReadInBaseUnits) {
  const auto time = duration();
  EXPECT_EQ(read_number("45 min", time), 45 * minute);
  EXPECT_EQ(read_number("45min", time), 45 * minute);
  EXPECT_EQ(read_number("1.5 h", time), 90 * minute);
  EXPECT_EQ(read_number("3 d", time), 3 * 24 * 60 * minute);
  EXPECT_EQ(read_number("2 w", time), 14 * 24 * 60 * minute);
  EXPECT_EQ(read_number("250 ms", time), 250);
  EXPECT_EQ(read_number("1200 CNY", quantity(Dimension::money, 0, 1e9)), 120'000);
  EXPECT_EQ(read_number("2.25 TEU", quantity(Dimension::volume, 0, 1e9)), 2.25);
  EXPECT_EQ(read_number("6 km", quantity(Dimension::distance, 0, 1e9)), 6000);
  EXPECT_EQ(read_number("10 nm", quantity(Dimension::distance, 0, 1e9)), 18'520);
  EXPECT_EQ(read_number("9 kn", quantity(Dimension::speed, 0, 1e9)), 9 * 1852);
  EXPECT_EQ(read_number("5 CNY/km", quantity(Dimension::money_per_distance, 0, 1e9)), 0.5);
  EXPECT_EQ(read_number("60 CNY/h", quantity(Dimension::money_per_time, 0, 1e9)), 6000);
  EXPECT_EQ(read_number("-2.5e2", plain(-1e3, 1e3)), -250);
}

TEST(Numbers, SharesAreTheDoubleNearestToWhatIsWritten) {
  EXPECT_EQ(read_number("0.57 %", share()), 0.0057);
  EXPECT_EQ(read_number("85 %", share()), 0.85);
  EXPECT_EQ(read_number("0.85", share()), 0.85);
  EXPECT_EQ(read_number("100%", share()), 1.0);
}

TEST(Numbers, WorkingDaysAreATimeOfTheirOwn) {
  EXPECT_EQ(read_number("2 wd", working_days()), 2 * 24 * 60 * minute);
  EXPECT_EQ(read_number("2 h", working_days()).error(),
            "`2 h`: `h` is not a unit of this field; expected wd");
  EXPECT_EQ(
      read_number("2 wd", duration()).error(),
      "`2 wd`: working days (`wd`) pass on the opening days of a calendar; only `takes` of a step "
      "whose resource has one may use them, and then for all its numbers");
}

TEST(Numbers, MonthsOnlyWhereTheFieldAllowsThem) {
  auto number = duration();
  EXPECT_FALSE(read_number("12 months", number));
  number.months = true;
  EXPECT_EQ(read_number("12 months", number), 365.25 * 24 * 60 * minute);
}

TEST(Numbers, AFieldMayAssumeTheUnitThatItsSiblingNames) {
  auto number = quantity(Dimension::volume, 0, 100);
  EXPECT_FALSE(read_number("2", number));
  number.assumed = "TEU";
  EXPECT_EQ(read_number("2", number), 2.0);
}

TEST(Numbers, WhatIsNoNumberIsRefused) {
  for (const auto* text : {"", "-", "x", ".5", "5.", "1,200", "1_000", "0x10", "0o7", "nan", "inf",
                           "1e", "1e999", "- 5", "00", "010", "--1"}) {
    EXPECT_FALSE(read_number(text, plain(-1e9, 1e9))) << text;
  }
  EXPECT_TRUE(read_number("0", plain(-1e9, 1e9)));
  EXPECT_TRUE(read_number("0.5", plain(-1e9, 1e9)));
}

TEST(Numbers, RefusalsNameUnitsAndRange) {
  EXPECT_EQ(read_number("45", duration()).error(), "`45` needs a unit: ms, s, min, h, d or w");
  EXPECT_EQ(read_number("45 mim", duration()).error(),
            "`45 mim`: unknown unit `mim`, did you mean `min`? (allowed: ms, s, min, h, d or w)");
  EXPECT_EQ(read_number("45 CNY", duration()).error(),
            "`45 CNY`: `CNY` is not a unit of this field; expected ms, s, min, h, d or w");
  using std::chrono::hours;
  EXPECT_EQ(read_number("5 d", duration(Duration{}, hours{48})).error(),
            "`5 d` is out of range: 0 d to 2 d");
  EXPECT_EQ(read_number("0 min", duration(Duration{}, hours{36}).positive()).error(),
            "`0 min` is out of range: more than 0 h, at most 36 h");
  EXPECT_EQ(read_number("-5 %", share(0, 1e9)).error(), "`-5 %` is out of range: at least 0 %");
  EXPECT_EQ(read_number("120 %", share()).error(), "`120 %` is out of range: 0 % to 100 %");
}

}  // namespace
}  // namespace portflow::spec
