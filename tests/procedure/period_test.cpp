// Units that are used up and come anew: appointments at a gate, paths of trains, permits a day.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Two appointments an hour, of 5 min each; trucks come at these times of 1 January 2024.
std::string trucks(const std::string& slot, const std::string& times,
                   const std::string& takes = "5 min") {
  return fmt::format(R"(portflow: 1
name: trucks
horizon: {{from: 2024-01-01, to: 2024-01-02, follow: 3 d}}
confidence: assumption
calendars: {{day: {{daily: "08:30-20:00"}}}}
facilities:
  gate: {{kind: station, resources: {{slot: {0}}}}}
demand:
  trucks:
    creates: truck
    procedure: visit
    arrivals: {{timetable: {{daily: [{1}]}}, to: 2024-01-02}}
procedures:
  visit: {{for: truck, steps: {{enter: {{at: gate, needs: slot, takes: {2}}}}}}}
)",
                     slot, times, takes);
}

constexpr const char* hourly = "{servers: 2, per: 1 h}";
constexpr const char* five = R"("08:10", "08:11", "08:12", "08:13", "08:14")";

TEST(Period, UsedUnitsComeAnewWithTheHour) {
  const Watched run = watch(trucks(hourly, five));
  EXPECT_EQ(run.steps("trucks-1"), "enter 1 08:10 1 08:10 1 08:15\n");
  EXPECT_EQ(run.steps("trucks-2"), "enter 1 08:11 1 08:11 1 08:16\n");
  EXPECT_EQ(run.steps("trucks-3"), "enter 1 08:12 1 09:00 1 09:05\n");
  EXPECT_EQ(run.steps("trucks-4"), "enter 1 08:13 1 09:00 1 09:05\n");
  EXPECT_EQ(run.steps("trucks-5"), "enter 1 08:14 1 10:00 1 10:05\n");
  EXPECT_EQ(run.account("trucks-3"), "53 = working 5 + busy 48");
  // Behind the third until 09:00, then at the head.
  EXPECT_EQ(run.account("trucks-5"), "111 = working 5 + behind 46 + busy 60");
}

TEST(Period, WhatNobodyTookIsLost) {
  const Watched run = watch(trucks(hourly, R"("14:10", "14:11", "14:12")"));
  EXPECT_EQ(run.steps("trucks-3"), "enter 1 14:12 1 15:00 1 15:05\n");
}

TEST(Period, BeginsAtThatVeryInstant) {
  const Watched run = watch(trucks(hourly, R"("08:58", "08:59", "09:00", "09:01", "09:02")"));
  EXPECT_EQ(run.steps("trucks-3"), "enter 1 09:00 1 09:00 1 09:05\n");
  EXPECT_EQ(run.steps("trucks-4"), "enter 1 09:01 1 09:01 1 09:06\n");
  EXPECT_EQ(run.steps("trucks-5"), "enter 1 09:02 1 10:00 1 10:05\n");
}

/// A service that lasts into later periods takes of the one in which it began.
TEST(Period, IsThatInWhichTheServiceBegins) {
  const Watched run = watch(trucks(hourly, R"("08:10", "08:11", "09:30", "09:31")", "90 min"));
  EXPECT_EQ(run.steps("trucks-3"), "enter 1 09:30 1 09:30 1 11:00\n");
  EXPECT_EQ(run.steps("trucks-4"), "enter 1 09:31 1 09:31 1 11:01\n");
}

TEST(Period, OfADayStartsAtMidnight) {
  const Watched run = watch(trucks("{servers: 1, per: 24 h}", R"("08:00", "23:30")"));
  EXPECT_EQ(run.steps("trucks-2"), "enter 1 23:30 2 00:00 2 00:05\n");
}

/// Before it opens there is none; the half hour that is left has as many as an hour.
TEST(Period, KeepsTheHoursOfItsCalendar) {
  const Watched run = watch(trucks("{servers: 2, per: 1 h, calendar: day}", five));
  EXPECT_EQ(run.steps("trucks-1"), "enter 1 08:10 1 08:30 1 08:35\n");
  EXPECT_EQ(run.steps("trucks-2"), "enter 1 08:11 1 08:30 1 08:35\n");
  EXPECT_EQ(run.steps("trucks-3"), "enter 1 08:12 1 09:00 1 09:05\n");
  EXPECT_EQ(run.account("trucks-1"), "25 = working 5 + closed 20");
}

}  // namespace
}  // namespace portflow::procedure_test
