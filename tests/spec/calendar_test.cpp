#include "spec/calendar.hpp"

#include <gtest/gtest.h>

#include "io/read.hpp"
#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

/// A calendar from its YAML text.
Calendar calendar(const std::string& text) {
  auto node = io::parse("it: " + text, "test");
  EXPECT_TRUE(node);
  Notes notes;
  Scenario scenario;
  Holidays holidays;
  auto& golden = holidays["cn"];
  golden.closed_on = {{2024, 10, 1}, {2024, 10, 2}, {2024, 10, 3}};
  golden.made_up = {{2024, 9, 29}, {2024, 10, 12}};
  bind_calendars(*node, Spot{notes}, holidays, scenario);
  EXPECT_TRUE(notes.errors.empty()) << notes.errors.front().text();
  return scenario.calendars.at("it");
}

SimTime at(const char* text) {
  return *parse_time(text);
}

/// The next changes after `from`, as text.
std::vector<std::string> changes(const Calendar& calendar, const char* from, int count) {
  std::vector<std::string> result;
  auto now = at(from);
  for (int i = 0; i < count; ++i) {
    now = calendar.next_change(now);
    result.push_back(to_text(now).substr(0, 16));
    if (now == never) break;
  }
  return result;
}

using Texts = std::vector<std::string>;

TEST(Calendar, WithoutWordsIsAlwaysOpen) {
  const auto always = calendar("{}");
  EXPECT_TRUE(always.always);
  EXPECT_TRUE(always.open_at(at("2024-02-10 03:00")));
  EXPECT_EQ(always.next_change(at("2024-02-10")), never);
}

TEST(Calendar, NeverIsNeverOpen) {
  const auto shut = calendar("{never: true}");
  EXPECT_FALSE(shut.open_at(at("2024-02-13 12:00")));
  EXPECT_EQ(shut.next_change(at("2024-02-13 12:00")), never);
}

TEST(Calendar, OfficeHoursEndBeforeTheirLastInstant) {
  const auto office = calendar("{weekly: {mon-fri: \"08:30-17:00\"}}");
  EXPECT_FALSE(office.open_at(at("2024-03-01 08:29")));
  EXPECT_TRUE(office.open_at(at("2024-03-01 08:30")));
  EXPECT_TRUE(office.open_at(at("2024-03-01 16:59")));
  EXPECT_FALSE(office.open_at(at("2024-03-01 17:00")));
  // 2024-03-01 was a Friday.
  EXPECT_EQ(changes(office, "2024-03-01 12:00", 3),
            (Texts{"2024-03-01 17:00", "2024-03-04 08:30", "2024-03-04 17:00"}));
}

TEST(Calendar, SeveralShiftsADay) {
  const auto desk = calendar("{weekly: {\"mon,wed\": [\"13:00-17:00\", \"08:30-12:00\"]}}");
  EXPECT_EQ(changes(desk, "2024-03-04 00:00", 5),
            (Texts{"2024-03-04 08:30", "2024-03-04 12:00", "2024-03-04 13:00", "2024-03-04 17:00",
                   "2024-03-06 08:30"}));
}

TEST(Calendar, NightShiftsBelongToTheDayOnWhichTheyBegin) {
  const auto night = calendar("{weekly: {fri: \"22:00-06:00\"}, closed_on: [2024-03-02]}");
  EXPECT_TRUE(night.open_at(at("2024-03-02 05:59")));  // Saturday is closed, Friday's shift runs on
  EXPECT_FALSE(night.open_at(at("2024-03-02 06:00")));
  EXPECT_EQ(changes(night, "2024-03-01 12:00", 3),
            (Texts{"2024-03-01 22:00", "2024-03-02 06:00", "2024-03-08 22:00"}));
}

TEST(Calendar, ShiftsThatMeetAreOne) {
  const auto round = calendar("{daily: [\"06:00-14:00\", \"14:00-22:00\", \"22:00-06:00\"]}");
  EXPECT_TRUE(round.open_at(at("2024-03-01 14:00")));
  EXPECT_EQ(round.next_change(at("2024-03-01 03:00")), never);
}

TEST(Calendar, HolidaysAndTheirMakeUpDays) {
  const auto office = calendar("{weekly: {mon-fri: \"09:00-17:00\"}, holidays: cn}");
  EXPECT_FALSE(office.open_at(at("2024-10-01 10:00")));  // a Tuesday, closed
  EXPECT_TRUE(office.open_at(at("2024-09-29 10:00")));   // a Sunday, made up
  EXPECT_FALSE(office.open_at(at("2024-10-05 10:00")));  // an ordinary Saturday
  EXPECT_TRUE(office.open_at(at("2024-10-12 10:00")));
  EXPECT_EQ(changes(office, "2024-09-30 12:00", 3),
            (Texts{"2024-09-30 17:00", "2024-10-04 09:00", "2024-10-04 17:00"}));
}

TEST(Calendar, AllDayIsClosedOnDatesOnly) {
  const auto yard = calendar("{closed_on: [2024-02-10]}");
  EXPECT_FALSE(yard.always);
  EXPECT_EQ(changes(yard, "2024-01-01 00:00", 3),
            (Texts{"2024-02-10 00:00", "2024-02-11 00:00", "never"}));
}

TEST(Calendar, NextChangeAgreesWithOpenAtMinuteByMinute) {
  const auto odd = calendar(
      "{weekly: {mon-wed: [\"20:00-04:00\", \"05:00-11:30\"], sat: \"00:00-24:00\", sun: "
      "\"12:00-02:00\"}, closed_on: [2024-03-05], made_up: [2024-03-08]}");
  const auto end = at("2024-03-18");
  auto next = odd.next_change(at("2024-02-29 23:59"));
  bool open = odd.open_at(at("2024-02-29 23:59"));
  for (auto now = at("2024-03-01"); now < end; now += std::chrono::minutes{1}) {
    if (now == next) {
      open = !open;
      next = odd.next_change(now);
    }
    ASSERT_EQ(odd.open_at(now), open) << to_text(now);
  }
}

}  // namespace
}  // namespace portflow::spec
