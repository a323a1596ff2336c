#include "core/time.hpp"

#include <gtest/gtest.h>

namespace portflow {
namespace {

using namespace std::chrono_literals;

TEST(Time, EpochIsAThursdayOnThePortsClock) {
  EXPECT_EQ(midnight({1970, 1, 1}).time_since_epoch(), 0ms);
  EXPECT_EQ(weekday_of(SimTime{}), 3);
  EXPECT_EQ(weekday_of(SimTime{-1ms}), 2);
  EXPECT_EQ(weekday_of(midnight({2024, 6, 3})), 0);
  EXPECT_EQ(weekday_of(midnight({2024, 6, 9}) + 23h), 6);
}

TEST(Time, CivilDatesRoundTripOverFourCenturies) {
  SimTime day = midnight({1800, 1, 1});
  CivilDate before = date_of(day - 1ms);
  for (; date_of(day).year < 2201; day += 24h) {
    const CivilDate date = date_of(day);
    ASSERT_EQ(midnight(date), day);
    ASSERT_LT(before, date);
    ASSERT_EQ(date_of(day + 24h - 1ms), date);
    before = date;
  }
}

TEST(Time, TimeOfDayIsNeverNegative) {
  EXPECT_EQ(time_of_day(midnight({1969, 12, 31}) + 5h), 5h);
  EXPECT_EQ(time_of_day(midnight({2024, 2, 29}) + 24h - 1ms), 24h - 1ms);
}

TEST(Time, ReadsDatesAndOffsets) {
  const auto noon = midnight({2024, 2, 29}) + 12h;
  EXPECT_EQ(parse_time("2024-02-29"), midnight({2024, 2, 29}));
  EXPECT_EQ(parse_time("2024-02-29 12:00"), noon);
  EXPECT_EQ(parse_time("2024-02-29T12:00:15"), noon + 15s);
  EXPECT_EQ(parse_time("2024-02-29 12:00:15.250"), noon + 15s + 250ms);
  EXPECT_EQ(parse_time("2024-02-29T12:00+08:00"), noon);
  EXPECT_EQ(parse_time("2024-02-29T04:00Z"), noon);
  EXPECT_EQ(parse_time("2024-02-29T13:00+09:00"), noon);
  EXPECT_EQ(parse_time("2024-02-28T22:30:00-05:30"), noon);
}

TEST(Time, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           "2024",
                           "2024-6-1",
                           "2024-13-01",
                           "2024-00-10",
                           "2023-02-29",
                           "2024-04-31",
                           "2024-06-01 ",
                           " 2024-06-01",
                           "2024-06-01 8:30",
                           "2024-06-01 24:00",
                           "2024-06-01 08:60",
                           "2024-06-01 08:30:60",
                           "2024-06-01 08:30:15.5",
                           "2024-06-01 08:30+0900",
                           "2024-06-01 08:30+15:00",
                           "2024-06-01 08:30 Z",
                           "2024-06-01Z",
                           "2024-06-01 08",
                           "20240601",
                           "2024-06-01 08:30:15.250x",
                           "-024-06-01",
                           "tomorrow"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(Time, TextRoundTrips) {
  for (const char* text : {"2024-06-01 08:30:15", "2024-02-29 00:00:00", "1999-12-31 23:59:59.999",
                           "1969-12-31 23:59:59.001"}) {
    const auto at = parse_time(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(to_text(*at), text);
  }
  EXPECT_EQ(to_text(never), "never");
}

TEST(Time, SpansReadAsDaysAndClock) {
  EXPECT_EQ(to_text(Duration{4 * 24h + 3h + 25min + 10s}), "4 d 03:25:10");
  EXPECT_EQ(to_text(Duration{3h + 25min + 10s}), "03:25:10");
  EXPECT_EQ(to_text(Duration{1ms}), "00:00:00.001");
  EXPECT_EQ(to_text(Duration{-25h}), "-1 d 01:00:00");
  EXPECT_EQ(to_text(Duration::zero()), "00:00:00");
}

}  // namespace
}  // namespace portflow
