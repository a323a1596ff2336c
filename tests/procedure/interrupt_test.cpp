// What becomes of a service when its unit goes out of service, or somebody more urgent comes: the
// truth table of docs/reference/scenario.md, a cell a test.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Boxes that come together at 15:00 on Monday 1 January 2024, to a yard with `desk`.
std::string yard(const std::string& count, const std::string& desk, const std::string& steps) {
  return R"(portflow: 1
name: yard
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 9 d}
confidence: assumption
calendars: {office: {weekly: {mon-fri: "09:00-17:00"}}}
facilities: {yard: {kind: station, resources: {desk: {)" +
         desk + R"(}, crane: {servers: 1}}}}
demand:
  goods:
    creates: lot
    procedure: rest
    contains: {boxes: {creates: box, procedure: box, count: )" +
         count + R"(}}
    arrivals: {timetable: {daily: ["15:00"]}, to: 2024-01-02}
procedures:
  rest: {for: lot, steps: {rest: {at: yard}}}
  box: {for: box, steps: {)" +
         steps + R"(}}
)";
}

std::string box(int number) {
  return fmt::format("goods-1/boxes-{}", number);
}

/// Three hours of work that the close at 17:00 finds after two.
Watched closed(const std::string& policy) {
  return watch(yard("2", "servers: 1, calendar: office, at_shift_end: " + policy,
                    "work: {at: yard, needs: desk, takes: 3 h}"));
}

TEST(ShiftEnd, FinishGoesOnBeyondClosingTime) {
  const Watched run = closed("finish");
  EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 1 18:00\n");
  EXPECT_EQ(run.steps(box(2)), "work 1 15:00 2 09:00 2 12:00\n");
  EXPECT_EQ(run.account(box(1)), "180 = working 180");
}

TEST(ShiftEnd, PauseGoesOnInTheMorningBeforeAllOthers) {
  const Watched run = closed("pause");
  EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 2 10:00\n");
  EXPECT_EQ(run.account(box(1)), "1140 = working 180 + closed 960");
  // The second begins at 10:00 and is whole by 13:00.
  EXPECT_EQ(run.steps(box(2)), "work 1 15:00 2 10:00 2 13:00\n");
}

TEST(ShiftEnd, HandOverGoesOnFirstWithWhatRemains) {
  const Watched run = closed("hand_over");
  EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 2 10:00\n");
  EXPECT_EQ(run.account(box(1)), "1140 = working 180 + closed 960");
  EXPECT_EQ(run.steps(box(2)), "work 1 15:00 2 10:00 2 13:00\n");
}

TEST(ShiftEnd, RestartBeginsAnew) {
  const Watched run = closed("restart");
  EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 2 12:00\n");
  EXPECT_EQ(run.account(box(1)), "1260 = working 300 + closed 960");
  EXPECT_EQ(run.steps(box(2)), "work 1 15:00 2 12:00 2 15:00\n");
}

/// Two begin at 15:15 and at 15:30, each for 2 h; at 16:00 the shift shrinks to one unit.
Watched shrinking(const std::string& policy) {
  return watch(yard("2", "servers: {\"09:00-16:00\": 2, else: 1}, at_shift_end: " + policy,
                    "wait: {at: yard, needs: crane, takes: 15 min}, "
                    "work: {at: yard, after: wait, needs: desk, takes: 2 h}"));
}

TEST(SmallerShift, FinishLetsBothGoOn) {
  const Watched run = shrinking("finish");
  EXPECT_EQ(run.steps(box(1)), "wait 1 15:00 1 15:00 1 15:15\nwork 1 15:15 1 15:15 1 17:15\n");
  EXPECT_EQ(run.steps(box(2)), "wait 1 15:00 1 15:15 1 15:30\nwork 1 15:30 1 15:30 1 17:30\n");
}

TEST(SmallerShift, PauseWaitsForTheNextFullShift) {
  const Watched run = shrinking("pause");
  // The later one stops at 16:00 with 90 min to go, until 09:00.
  EXPECT_EQ(run.steps(box(1)), "wait 1 15:00 1 15:00 1 15:15\nwork 1 15:15 1 15:15 1 17:15\n");
  EXPECT_EQ(run.steps(box(2)), "wait 1 15:00 1 15:15 1 15:30\nwork 1 15:30 1 15:30 2 10:30\n");
}

TEST(SmallerShift, HandOverGoesOnAsSoonAsAUnitIsFree) {
  const Watched run = shrinking("hand_over");
  EXPECT_EQ(run.steps(box(1)), "wait 1 15:00 1 15:00 1 15:15\nwork 1 15:15 1 15:15 1 17:15\n");
  EXPECT_EQ(run.steps(box(2)), "wait 1 15:00 1 15:15 1 15:30\nwork 1 15:30 1 15:30 1 18:45\n");
  EXPECT_EQ(run.account(box(2)), "225 = working 135 + busy 90");
}

TEST(SmallerShift, RestartBeginsAnewAsSoonAsAUnitIsFree) {
  const Watched run = shrinking("restart");
  EXPECT_EQ(run.steps(box(2)), "wait 1 15:00 1 15:15 1 15:30\nwork 1 15:30 1 15:30 1 19:15\n");
}

TEST(ShiftEnd, WhatEndsAtClosingTimeEnds) {
  for (const char* policy : {"finish", "pause", "hand_over", "restart"}) {
    const Watched run =
        watch(yard("1", fmt::format("servers: 1, calendar: office, at_shift_end: {}", policy),
                   "work: {at: yard, needs: desk, takes: 2 h}"));
    EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 1 17:00\n") << policy;
  }
}

TEST(ShiftEnd, AfterSeveralNightsAllTimeIsAccountedFor) {
  // 20 h of work, two of them on Monday, then 8 a day.
  const Watched run = watch(yard("1", "servers: 1, calendar: office, at_shift_end: pause",
                                 "work: {at: yard, needs: desk, takes: 20 h}"));
  EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 4 11:00\n");
  EXPECT_EQ(run.account(box(1)), "4080 = working 1200 + closed 2880");
}

/// The last column of the table: when a crane that the service has too is free for another.
TEST(ShiftEnd, OtherUnitsAreKeptOrGivenBack) {
  const auto lift = [](const std::string& policy) {
    const std::string steps =
        watch(yard("1", "servers: 1, calendar: office, at_shift_end: " + policy,
                   "work: {at: yard, needs: [desk, crane], takes: 3 h}, "
                   "xlift: {at: yard, needs: crane, takes: 10 min}"))
            .steps(box(1));
    return steps.substr(steps.find("xlift"), 28);
  };
  EXPECT_EQ(lift("finish"), "xlift 1 15:00 1 18:00 1 18:1");
  // The crane stands idle with the paused service; handed over, it is free for the night.
  EXPECT_EQ(lift("pause"), "xlift 1 15:00 2 10:00 2 10:1");
  EXPECT_EQ(lift("hand_over"), "xlift 1 15:00 1 17:00 1 17:1");
  EXPECT_EQ(lift("restart"), "xlift 1 15:00 1 17:00 1 17:1");
}

TEST(ShiftEnd, WhatWasPausedGoesOnUnderALaterRule) {
  const std::string later = R"(id: m90
number: 90
title: {zh: 值班, en: Shifts}
clause: {source: none, zh: "值班", en: shifts}
concerns: desks
starts: 2024-01-02
effects:
  - {edit: facilities.yard.resources.desk.at_shift_end, was: pause, set: finish, confidence: assumption}
expect: {}
)";
  const Watched run = watch(yard("1", "servers: 1, calendar: office, at_shift_end: pause",
                                 "work: {at: yard, needs: desk, takes: 3 h}"),
                            {.measures = {later}});
  EXPECT_EQ(run.steps(box(1)), "work 1 15:00 1 15:00 2 10:00\n");
}

/// One hour of work from 15:00, and half an hour more urgent from 15:20.
std::string rush_hour(const std::string& desk, int priority) {
  return fmt::format(R"(portflow: 1
name: urgent
horizon: {{from: 2024-01-01, to: 2024-01-02, follow: 9 d}}
confidence: assumption
facilities: {{yard: {{kind: station, resources: {{desk: {{servers: 1, discipline: priority{}}}}}}}}}
demand:
  slow: {{creates: truck, procedure: work, arrivals: {{timetable: {{daily: ["15:00"]}}, to: 2024-01-02}}}}
  fast: {{creates: truck, procedure: rush, arrivals: {{timetable: {{daily: ["15:20"]}}, to: 2024-01-02}}}}
procedures:
  work: {{for: truck, steps: {{work: {{at: yard, needs: desk, takes: 1 h, priority: 3}}}}}}
  rush: {{for: truck, steps: {{rush: {{at: yard, needs: desk, takes: 30 min, priority: {}}}}}}}
)",
                     desk, priority);
}

Watched urgent(const std::string& desk, int priority) {
  return watch(rush_hour(desk, priority));
}

TEST(Preempt, LowestGivesWayAndGoesOnFirst) {
  const Watched run = urgent(", preempt: lowest", 5);
  EXPECT_EQ(run.steps("fast-1"), "rush 1 15:20 1 15:20 1 15:50\n");
  EXPECT_EQ(run.steps("slow-1"), "work 1 15:00 1 15:00 1 16:30\n");
  EXPECT_EQ(run.account("slow-1"), "90 = working 60 + busy 30");
}

TEST(Preempt, LowestRestartsBeginsAnew) {
  const Watched run = urgent(", preempt: lowest_restarts", 5);
  EXPECT_EQ(run.steps("fast-1"), "rush 1 15:20 1 15:20 1 15:50\n");
  EXPECT_EQ(run.steps("slow-1"), "work 1 15:00 1 15:00 1 16:50\n");
  EXPECT_EQ(run.account("slow-1"), "110 = working 80 + busy 30");
}

/// A crane that the interrupted service has too is free from 15:20 on, for whoever waits for it.
TEST(Preempt, GivesOtherUnitsBack) {
  const auto lift = [](const std::string& preempt) {
    std::string text = rush_hour(preempt, 5);
    const auto put = [&](const std::string& what, const std::string& with) {
      text.replace(text.find(what), what.size(), with);
    };
    put("resources: {", "resources: {crane: {servers: 1}, ");
    put("needs: desk, takes: 1 h", "needs: [desk, crane], takes: 1 h");
    put("demand:\n",
        "demand:\n  heavy: {creates: truck, procedure: lift, arrivals: "
        "{timetable: {daily: [\"15:10\"]}, to: 2024-01-02}}\n");
    text += "  lift: {for: truck, steps: {lift: {at: yard, needs: crane, takes: 5 min}}}\n";
    return watch(text).steps("heavy-1");
  };
  EXPECT_EQ(lift(""), "lift 1 15:10 1 16:00 1 16:05\n");
  for (const char* how : {", preempt: lowest", ", preempt: lowest_restarts"}) {
    EXPECT_EQ(lift(how), "lift 1 15:10 1 15:20 1 15:25\n") << how;
  }
}

TEST(Preempt, NoWaits) {
  const Watched run = urgent("", 5);
  EXPECT_EQ(run.steps("fast-1"), "rush 1 15:20 1 16:00 1 16:30\n");
  EXPECT_EQ(run.steps("slow-1"), "work 1 15:00 1 15:00 1 16:00\n");
}

TEST(Preempt, EqualsDoNotInterruptEachOther) {
  EXPECT_EQ(urgent(", preempt: lowest", 3).steps("fast-1"), "rush 1 15:20 1 16:00 1 16:30\n");
}

}  // namespace
}  // namespace portflow::procedure_test
