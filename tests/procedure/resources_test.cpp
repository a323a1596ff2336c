// Who gets what when: queues, several needs, holds, priority, calendars and batches.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Lots of `count` boxes that come together at `hour` on 1 January 2024, a Monday; the boxes
/// follow `box`, the lot does nothing.
std::string boxes(const std::string& count, const std::string& steps,
                  const std::string& hour = "08:00") {
  std::string text = R"(portflow: 1
name: boxes
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 9 d}
confidence: assumption
calendars:
  office: {weekly: {mon-fri: ["09:00-12:00", "13:00-17:00"]}, closed_on: [2024-01-03]}
  night: {daily: "20:00-04:00"}
facilities:
  yard:
    kind: station
    resources:
      crane: {servers: 1}
      truck: {servers: 2}
      urgent: {servers: 1, discipline: priority}
      desk: {servers: 1, calendar: office}
      shift: {servers: {"08:00-08:30": 1, else: 3}}
      spare: {servers: 1}
      watch: {servers: 1, calendar: night}
  gate: {kind: station, resources: {lane: {servers: 1}}}
network: {hand_over: [{from: any, to: any, takes: 5 min, by: travel}]}
demand:
  goods:
    creates: lot
    procedure: rest
    contains: {boxes: {creates: box, procedure: box, count: )";
  text += count + R"(, attributes: {n: {number: {uniform: [0, 1]}, unit: "1"}}}}
    arrivals: {timetable: {daily: [")";
  text += hour + "\"]}, to: 2024-01-02}\n";
  text += R"(procedures:
  rest: {for: lot, steps: {rest: {at: yard}}}
  box:
    for: box
    steps:
)";
  return text + steps;
}

std::string box(int number) {
  return fmt::format("goods-1/boxes-{}", number);
}

TEST(Queue, IsFirstInFirstOutAndTellsBusyFromBehind) {
  const Watched run = watch(boxes("4", "      lift: {at: yard, needs: truck, takes: 10 min}\n"));
  EXPECT_EQ(run.steps(box(1)), "lift 1 08:00 1 08:00 1 08:10\n");
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 08:00 1 08:10\n");
  EXPECT_EQ(run.steps(box(3)), "lift 1 08:00 1 08:10 1 08:20\n");
  EXPECT_EQ(run.steps(box(4)), "lift 1 08:00 1 08:10 1 08:20\n");
  EXPECT_EQ(run.account(box(1)), "10 = working 10");
  // Box 3 headed the queue; box 4 stood behind it until the very instant both were served.
  EXPECT_EQ(run.account(box(3)), "20 = working 10 + busy 10");
  EXPECT_EQ(run.account(box(4)), "20 = working 10 + behind 10");
}

TEST(Queue, HeadOfALongQueueIsBehindThenBusy) {
  const Watched run = watch(boxes("3", "      lift: {at: yard, needs: crane, takes: 10 min}\n"));
  EXPECT_EQ(run.account(box(3)), "30 = working 10 + behind 10 + busy 10");
}

TEST(Needs, AreTakenAllAtOnceOrNotAtAll) {
  // Box 1 lifts (crane) for 10 min; box 2 needs crane and truck together: it takes neither
  // before 08:10, so the trucks stay free meanwhile, and both are held to 08:30.
  const Watched run = watch(boxes("2", R"(
      a: {at: yard, needs: crane, takes: 10 min}
      b: {at: yard, after: a, needs: [crane, {truck: 2}], takes: 20 min}
)"));
  EXPECT_EQ(run.steps(box(1)), "a 1 08:00 1 08:00 1 08:10\nb 1 08:10 1 08:20 1 08:40\n");
  EXPECT_EQ(run.steps(box(2)), "a 1 08:00 1 08:10 1 08:20\nb 1 08:20 1 08:40 1 09:00\n");
}

TEST(Needs, AnyOfTakesTheFirstThatIsFree) {
  const Watched run =
      watch(boxes("3", "      lift: {at: yard, needs: {any_of: [crane, spare]}, takes: 10 min}\n"));
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 08:00 1 08:10\n");
  EXPECT_EQ(run.steps(box(3)), "lift 1 08:00 1 08:10 1 08:20\n");
  std::vector<std::string> held;
  for (const auto& row : run.rows.steps) {
    if (row.resource != trace::no_code) held.push_back(run.schema.resources[row.resource].name);
  }
  EXPECT_EQ(held, (std::vector<std::string>{"yard.crane", "yard.spare", "yard.crane"}));
}

TEST(Needs, PartsOfAServerMayBeShared) {
  const Watched run =
      watch(boxes("3", "      look: {at: yard, needs: {crane: 40 %}, takes: 10 min}\n"));
  EXPECT_EQ(run.steps(box(2)), "look 1 08:00 1 08:00 1 08:10\n");
  EXPECT_EQ(run.steps(box(3)), "look 1 08:00 1 08:10 1 08:20\n");
}

TEST(Holds, LastAcrossStepsUntilTheNamedOneEnds) {
  const Watched run = watch(boxes("2", R"(
      a: {at: yard, takes: 10 min, holds: {crane: until c}}
      b: {at: yard, after: a, takes: 10 min}
      c: {at: yard, after: b, takes: 10 min}
      d: {at: yard, after: c, takes: 10 min}
)"));
  EXPECT_EQ(run.steps(box(2)).substr(0, 24), "a 1 08:00 1 08:30 1 08:4");
  EXPECT_EQ(run.account(box(2)), "70 = working 40 + busy 30");
}

TEST(Holds, MayEndAtTheStartOfAStep) {
  const Watched run = watch(boxes("2", R"(
      a: {at: yard, takes: 10 min, holds: {crane: {until: start of c}}}
      b: {at: yard, after: a, takes: 10 min}
      c: {at: yard, after: b, takes: 10 min}
)"));
  EXPECT_EQ(run.account(box(2)), "50 = working 30 + busy 20");
}

TEST(Holds, OfAnotherProcessCountUntilWordOfTheirReleaseArrives) {
  // Released at the gate at 08:25; the yard hears of it 5 min later.
  const Watched run = watch(boxes("2", R"(
      a: {at: yard, takes: 10 min, holds: {crane: until out}}
      out: {at: gate, after: a, takes: 10 min}
)"));
  EXPECT_EQ(run.steps(box(1)), "a 1 08:00 1 08:00 1 08:10\nout 1 08:15 1 08:15 1 08:25\n");
  EXPECT_EQ(run.steps(box(2)), "a 1 08:00 1 08:30 1 08:40\nout 1 08:45 1 08:45 1 08:55\n");
}

TEST(Holds, AreGivenBackByADeadOrSkippedStep) {
  const std::string skipped = R"(
      a: {at: yard, takes: 10 min, holds: {crane: until b}}
      b: {at: yard, after: a, when: false, takes: 1 h}
      c: {at: yard, after: b, takes: 1 h}
)";
  EXPECT_EQ(watch(boxes("2", skipped)).account(box(2)), "80 = working 70 + busy 10");
  const std::string dead = R"(
      a: {at: yard, takes: 10 min, holds: {crane: until b}, choose: {chance: {b: 0 %, c: 100 %}}}
      b: {at: yard, after: a, takes: 1 h}
      c: {at: yard, after: a, takes: 1 h}
)";
  EXPECT_EQ(watch(boxes("2", dead)).account(box(2)), "80 = working 70 + busy 10");
}

TEST(Priority, GoesFirstAndDoesNotInterrupt) {
  // Boxes by their number n, drawn once; box 1 is in service when the others compare.
  const Watched run =
      watch(boxes("6", "      lift: {at: yard, needs: urgent, priority: n, takes: 10 min}\n"));
  std::vector<std::pair<double, SimTime>> later;
  std::size_t attribute = 0;
  for (const trace::Born& born : run.rows.born) {
    if (run.schema.roles[born.role].name != "goods/boxes") continue;
    const double n = run.rows.attributes.at(attribute++);
    for (const trace::StepDone& row : run.rows.steps) {
      if (row.entity == born.entity && born.ordinal > 1) later.emplace_back(-n, row.start);
    }
  }
  ASSERT_EQ(later.size(), 5u);
  EXPECT_EQ(run.steps(box(1)), "lift 1 08:00 1 08:00 1 08:10\n");
  std::ranges::sort(later);
  for (std::size_t i = 0; i < later.size(); ++i) {
    EXPECT_EQ(run.when(later[i].second), fmt::format("1 08:{}0", i + 1));
  }
}

TEST(Calendar, ClosedHoursAreNamedAndAServiceBegunIsFinished) {
  // Open 9-12 and 13-17: 09:00-10:20, 10:20-11:40, 11:40 beyond noon to 13:00 (finish).
  const Watched run = watch(boxes("4", "      ask: {at: yard, needs: desk, takes: 80 min}\n"));
  EXPECT_EQ(run.steps(box(1)), "ask 1 08:00 1 09:00 1 10:20\n");
  EXPECT_EQ(run.steps(box(3)), "ask 1 08:00 1 11:40 1 13:00\n");
  EXPECT_EQ(run.steps(box(4)), "ask 1 08:00 1 13:00 1 14:20\n");
  EXPECT_EQ(run.account(box(1)), "140 = working 80 + closed 60");
  EXPECT_EQ(run.account(box(2)), "220 = working 80 + closed 60 + busy 80");
  // Box 4 stood behind from 9 to 11:40 and headed the queue from then on; noon to 13 the desk
  // was closed whoever held it.
  EXPECT_EQ(run.account(box(4)), "380 = working 80 + closed 120 + behind 160 + busy 20");
}

TEST(Calendar, OverNightsAndHolidays) {
  // From 16:00: the desk is free, takes one till 17:20; the next waits for Tuesday 09:00; the
  // one after its 8 h (9-12, 13-18 finish) meets a closed Wednesday and begins on Thursday.
  const Watched run = watch(boxes("3", R"(
      ask: {at: yard, needs: desk, takes: 8 h}
)",
                                  "16:00"));
  EXPECT_EQ(run.steps(box(1)), "ask 1 16:00 1 16:00 2 00:00\n");
  EXPECT_EQ(run.steps(box(2)), "ask 1 16:00 2 09:00 2 17:00\n");
  EXPECT_EQ(run.steps(box(3)), "ask 1 16:00 4 09:00 4 17:00\n");
  const Watched night = watch(boxes("2", "      look: {at: yard, needs: watch, takes: 5 h}\n"));
  EXPECT_EQ(night.steps(box(1)), "look 1 08:00 1 20:00 2 01:00\n");
  EXPECT_EQ(night.steps(box(2)), "look 1 08:00 2 01:00 2 06:00\n");
}

TEST(Servers, ByTheHour) {
  const Watched run = watch(boxes("4", "      lift: {at: yard, needs: shift, takes: 20 min}\n"));
  EXPECT_EQ(run.steps(box(1)), "lift 1 08:00 1 08:00 1 08:20\n");
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 08:20 1 08:40\n");
  EXPECT_EQ(run.steps(box(3)), "lift 1 08:00 1 08:30 1 08:50\n");
  EXPECT_EQ(run.steps(box(4)), "lift 1 08:00 1 08:30 1 08:50\n");
}

TEST(Batch, StartsWhenFullAndIsOneService) {
  const Watched run = watch(boxes("5", R"(
      lift: {at: yard, needs: crane, takes: 10 min}
      pack: {at: yard, after: lift, needs: truck, batch: {size: 2}, takes: 30 min, marks: {start: packing, end: packed}}
)"));
  EXPECT_EQ(run.steps(box(1)), "lift 1 08:00 1 08:00 1 08:10\npack 1 08:10 1 08:20 1 08:50\n");
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 08:10 1 08:20\npack 1 08:20 1 08:20 1 08:50\n");
  EXPECT_EQ(run.steps(box(4)), "lift 1 08:00 1 08:30 1 08:40\npack 1 08:40 1 08:40 1 09:10\n");
  EXPECT_EQ(run.account(box(1)), "50 = working 40 + batch 10");
  EXPECT_EQ(run.account(box(2)), "50 = working 40 + busy 10");
  // Every member of the batch starts, not only the one that leads it.
  EXPECT_EQ(run.marks(box(1)), "packing 1 08:20\npacked 1 08:50\n");
  EXPECT_EQ(run.marks(box(2)), "packing 1 08:20\npacked 1 08:50\n");
  // The fifth waits for a sixth that never comes: unfinished, not dropped.
  EXPECT_EQ(run.steps(box(5)), "lift 1 08:00 1 08:40 1 08:50\n");
  EXPECT_EQ(run.account(box(5)), "");
}

TEST(Batch, LeavesUnfilledAfterAtMost) {
  const Watched run = watch(boxes("3", R"(
      pack: {at: yard, batch: {size: 2, at_most: 45 min}, takes: 30 min}
)"));
  EXPECT_EQ(run.account(box(1)), "30 = working 30");
  EXPECT_EQ(run.account(box(3)), "75 = working 30 + batch 45");
}

TEST(Batch, ReleasesAHoldAtItsStartForEveryMember) {
  // Both slots are free again when the batch starts at 08:10, not when it ends.
  const Watched run = watch(boxes("4", R"(
      stack: {at: yard, takes: 10 min, holds: {truck: until start of pack}}
      pack: {at: yard, after: stack, batch: {size: 2}, takes: 30 min}
)"));
  EXPECT_EQ(run.steps(box(3)), "stack 1 08:00 1 08:10 1 08:20\npack 1 08:20 1 08:20 1 08:50\n");
  EXPECT_EQ(run.steps(box(4)), "stack 1 08:00 1 08:10 1 08:20\npack 1 08:20 1 08:20 1 08:50\n");
}

TEST(WorkingDays, PassOnOpeningDaysOnly) {
  // Monday 09:00 and two working days: Wednesday the 3rd is closed, so Thursday is the second.
  const std::string steps = "      test: {at: yard, needs: desk, takes: 2 wd}\n";
  EXPECT_EQ(watch(boxes("1", steps)).steps(box(1)), "test 1 08:00 1 09:00 4 09:00\n");
  // The second takes the desk on Thursday at 09:00; Friday, then the weekend, then Monday.
  EXPECT_EQ(watch(boxes("2", steps)).steps(box(2)), "test 1 08:00 4 09:00 8 09:00\n");
}

TEST(WorkingDays, MayBeFractionsAndEndAtMidnight) {
  EXPECT_EQ(
      watch(boxes("1", "      test: {at: yard, needs: desk, takes: 0.25 wd}\n")).steps(box(1)),
      "test 1 08:00 1 09:00 1 15:00\n");
  // 15 hours are left of Monday: what is used up then ends then, not on Thursday.
  EXPECT_EQ(
      watch(boxes("1", "      test: {at: yard, needs: desk, takes: 1.625 wd}\n")).steps(box(1)),
      "test 1 08:00 1 09:00 3 00:00\n");
}

TEST(Costs, AreBookedAtTheEndOfTheStep) {
  const Watched run = watch(boxes("2", R"(
      lift: {at: yard, needs: crane, takes: 10 min, costs: [{item: thc, amount: 1155 CNY, payer: trader, payee: terminal}, {item: fine, amount: 10 CNY, payer: trader, payee: customs, when: false}]}
)"));
  ASSERT_EQ(run.rows.ledger.size(), 2u);
  EXPECT_EQ(run.when(run.rows.ledger[1].at), "1 08:20");
  EXPECT_EQ(run.rows.ledger[1].amount, LedgerParts{115'500});
  EXPECT_EQ(run.schema.items.at(run.rows.ledger[1].item).name, "thc");
  EXPECT_EQ(run.schema.items.at(run.rows.ledger[1].item).payer, "trader");
}

}  // namespace
}  // namespace portflow::procedure_test
