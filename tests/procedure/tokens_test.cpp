// Sequence, fork and join, skips, choices and awaits: who goes where, and when, to the minute.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// One entity a day at 08:00, from Monday 1 January 2024 on, for two days.
std::string port(const std::string& steps, const std::string& role = {},
                 const std::string& procedures = {}) {
  std::string text = R"(portflow: 1
name: one-a-day
horizon: {from: 2024-01-01, to: 2024-01-03, follow: 5 d}
confidence: assumption
calendars: {office: {weekly: {mon-fri: "09:00-17:00"}}}
facilities:
  yard: {kind: station, resources: {crane: {servers: 1}, desk: {servers: 1, calendar: office}}}
  lab: {kind: station, resources: {bench: {servers: 1}}}
network: {hand_over: [{from: any, to: any, takes: 5 min, by: travel}]}
demand:
  goods:
    creates: lot
    arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-03}
    procedure: go
)";
  text += role;
  text += "procedures:\n  go:\n    for: lot\n    steps:\n" + steps + procedures;
  return text;
}

TEST(Sequence, RunsOneAfterTheOther) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min, marks: {start: begun, end: done_a}}
      b: {at: yard, after: a, takes: 20 min}
      c: {at: lab, after: b, takes: 30 min}
)"));
  ASSERT_EQ(run.names("goods"), (std::vector<std::string>{"goods-1", "goods-2"}));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "b 1 08:10 1 08:10 1 08:30\n"
            "c 1 08:35 1 08:35 1 09:05\n");
  EXPECT_EQ(run.marks("goods-1"), "begun 1 08:00\ndone_a 1 08:10\n");
  EXPECT_EQ(run.account("goods-1"), "65 = working 60 + travel 5");
  EXPECT_EQ(run.account("goods-2"), "65 = working 60 + travel 5");
}

TEST(Fork, RunsSideBySideAndJoinsWithTheLast) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      quick: {at: yard, after: a, takes: 5 min}
      slow: {at: lab, after: a, takes: 40 min}
      z: {at: yard, after: [quick, slow], takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "quick 1 08:10 1 08:10 1 08:15\n"
            "slow 1 08:15 1 08:15 1 08:55\n"
            "z 1 09:00 1 09:00 1 09:01\n");
  EXPECT_EQ(run.account("goods-1"), "61 = working 51 + travel 10");
}

TEST(End, IsThatOfTheLatestStep) {
  // Two last steps in two processes; the entity ends with the later one.
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      quick: {at: yard, after: a, takes: 5 min}
      slow: {at: lab, after: a, takes: 40 min}
)"));
  EXPECT_EQ(run.account("goods-1"), "55 = working 50 + travel 5");
}

TEST(AfterAny, StartsWithTheFirstAndAbsorbsTheRest) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      quick: {at: yard, after: a, takes: 5 min}
      slow: {at: yard, after: a, takes: 40 min}
      z: {at: yard, after: {any: [quick, slow]}, takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "quick 1 08:10 1 08:10 1 08:15\n"
            "z 1 08:15 1 08:15 1 08:16\n"
            "slow 1 08:10 1 08:10 1 08:50\n");
  // `slow` goes on after z; an entity is done at the latest end of its steps.
  EXPECT_EQ(run.account("goods-1"), "50 = working 50");
}

TEST(AfterAny, EndsWithTheStepNotWithTheWayOfItsToken) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      quick: {at: yard, after: a, takes: 5 min}
      slow: {at: lab, after: a, takes: 40 min}
      z: {at: yard, after: {any: [quick, slow]}, takes: 1 min}
)"));
  EXPECT_EQ(run.account("goods-1"), "55 = working 50 + travel 5");
}

TEST(AfterAny, WaitsForALiveTokenAndIsDeadWhereAllAre) {
  const Watched run = watch(port(R"(
      a: {at: yard, choose: {chance: {b: 0 %, c: 100 %, d: 0 %}}}
      b: {at: yard, after: a, takes: 5 min}
      c: {at: yard, after: a, takes: 7 min}
      d: {at: yard, after: a, takes: 8 min}
      first: {at: yard, after: {any: [b, c]}, takes: 1 min}
      never: {at: yard, after: {any: [b, d]}, takes: 1 min}
      z: {at: yard, after: [first, never], takes: 2 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:00\n"
            "c 1 08:00 1 08:00 1 08:07\n"
            "first 1 08:07 1 08:07 1 08:08\n"
            "z 1 08:08 1 08:08 1 08:10\n");
  EXPECT_EQ(run.account("goods-1"), "10 = working 10");
}

Watched choice_of(const std::string& shares) {
  std::string role = "    attributes: {credit: {choice: {";
  role += shares + "}}}\n";
  return watch(port(R"(
      a: {at: yard, takes: 10 min, choose: {by: credit, aeo: fast, other: full}}
      fast: {at: yard, after: a, takes: 1 min, marks: went_fast}
      full: {at: lab, after: a, takes: 30 min, marks: went_full}
      more: {at: lab, after: full, takes: 30 min}
      z: {at: yard, after: [fast, more], takes: 1 min}
)",
                    role));
}

TEST(Choose, ByAttributeSendsDeadTokensDownTheOtherBranches) {
  // The dead branch leads to the lab and back, but z stands where the choice was made: it knows.
  const Watched fast = choice_of("aeo: 99.999 %, other: 0.001 %");
  EXPECT_EQ(fast.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "fast 1 08:10 1 08:10 1 08:11\n"
            "z 1 08:11 1 08:11 1 08:12\n");
  EXPECT_EQ(fast.marks("goods-1"), "went_fast 1 08:11\n");
  EXPECT_EQ(fast.account("goods-1"), "12 = working 12");
  const Watched full = choice_of("aeo: 0.001 %, other: 99.999 %");
  EXPECT_EQ(full.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "full 1 08:15 1 08:15 1 08:45\n"
            "more 1 08:45 1 08:45 1 09:15\n"
            "z 1 09:20 1 09:20 1 09:21\n");
  EXPECT_EQ(full.account("goods-1"), "81 = working 71 + travel 10");
}

TEST(DeadPaths, AreDeadOnlyWhereAllAre) {
  const Watched run = watch(port(R"(
      a: {at: yard, choose: {chance: {left: 100 %, right: 0 %}}}
      left: {at: yard, after: a, takes: 1 min, marks: went_left}
      right: {at: yard, after: a, takes: 2 min, marks: went_right}
      right_more: {at: yard, after: right, takes: 4 min, marks: went_on}
      both: {at: yard, after: [left, right_more], takes: 8 min}
      only_right: {at: yard, after: [right, right_more], takes: 16 min}
      z: {at: yard, after: [both, only_right], takes: 32 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:00\n"
            "left 1 08:00 1 08:00 1 08:01\n"
            "both 1 08:01 1 08:01 1 08:09\n"
            "z 1 08:09 1 08:09 1 08:41\n");
  EXPECT_EQ(run.marks("goods-1"), "went_left 1 08:01\n");
  EXPECT_EQ(run.account("goods-1"), "41 = working 41");
}

TEST(Choose, ByChanceKeepsToItsShares) {
  std::string many = port(R"(
      a: {at: yard, choose: {chance: {left: 20 %, middle: 30 %, right: 50 %}}}
      left: {after: a, marks: went_left}
      middle: {after: a, marks: went_middle}
      right: {after: a, marks: went_right}
)");
  const std::string daily = "timetable: {daily: [\"08:00\"]}";
  many.replace(many.find(daily), daily.size(), "every: 1 min");
  const Watched run = watch(many);
  std::map<std::string, double> count;
  for (const trace::MarkSet& mark : run.rows.marks) count[run.schema.marks[mark.mark]] += 1;
  const double all = count["went_left"] + count["went_middle"] + count["went_right"];
  EXPECT_EQ(all, static_cast<double>(run.rows.ended.size()));
  EXPECT_GT(all, 2800);
  // Within four standard deviations of a binomial count.
  EXPECT_NEAR(count["went_left"] / all, 0.2, 4 * 0.4 / std::sqrt(all));
  EXPECT_NEAR(count["went_middle"] / all, 0.3, 4 * 0.46 / std::sqrt(all));
}

TEST(Choose, ByLeastCostWeighsTimeWithItsValue) {
  // Road: 1 h and 100 CNY; rail: 3 h, of which 1 h is the wait for a train, and 20 CNY. At
  // 30 CNY/h rail costs 20 + 90 = 110 and road 130; at 60 CNY/h 200 and 160.
  const auto run = [](const std::string& value_of_time) {
    std::string text = port(R"(
      a: {at: yard, choose: {least_cost: [truck, train], value_of_time: )" +
                            value_of_time + R"(}}
      truck: {after: a, moves: {from: yard, to: town, by: [road]}, marks: trucked}
      train: {after: a, moves: {from: yard, to: town, by: [rail]}, marks: railed}
)");
    const std::string links = R"(network:
  places: {town: {position: [121, 39]}}
  links:
    - {from: yard, to: town, mode: road, takes: 1 h, cost: 100 CNY}
    - {from: yard, to: town, mode: rail, takes: 2 h, wait: 1 h, cost: 20 CNY}
)";
    text.replace(text.find("network: {"), 10, links + "  ");
    text.replace(text.find("by: travel}]}"), 13, "by: travel}]");
    return watch(text);
  };
  const Watched cheap = run("30 CNY/h");
  EXPECT_EQ(cheap.marks("goods-1"), "railed 1 10:00\n");
  EXPECT_EQ(cheap.account("goods-1"), "120 = travel 120");
  const Watched dear = run("60 CNY/h");
  EXPECT_EQ(dear.marks("goods-1"), "trucked 1 09:00\n");
  EXPECT_EQ(dear.account("goods-1"), "60 = travel 60");
}

TEST(Awaits, TimesAreNotDue) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      b: {at: yard, after: a, awaits: [self.due + 1 h, self.created + 30 min], takes: 10 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "b 1 08:10 1 09:00 1 09:10\n");
  EXPECT_EQ(run.account("goods-1"), "70 = working 20 + not_due 50");
}

const std::string boxes = R"(    contains: {boxes: {creates: box, count: 2, procedure: box}}
)";

TEST(Awaits, MarksOfTheGroupAndOfAllMembers) {
  // The lot waits for both boxes (the second is held up behind the first: 08:40), the boxes
  // then for the lot, which goes to the lab and back.
  const Watched run = watch(port(R"(
      open: {at: lab, awaits: all(boxes).counted, takes: 30 min, marks: released}
)",
                                 boxes, R"(
  box:
    for: box
    steps:
      count: {at: yard, needs: crane, takes: 20 min, marks: counted}
      leave: {at: yard, after: count, awaits: lot.released, takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"), "open 1 08:00 1 08:45 1 09:15\n");
  EXPECT_EQ(run.steps("goods-1/boxes-1"),
            "count 1 08:00 1 08:00 1 08:20\n"
            "leave 1 08:20 1 09:20 1 09:21\n");
  EXPECT_EQ(run.steps("goods-1/boxes-2"),
            "count 1 08:00 1 08:20 1 08:40\n"
            "leave 1 08:40 1 09:20 1 09:21\n");
  // The lot's path runs through box 2, which waited for the crane.
  EXPECT_EQ(run.account("goods-1"), "75 = working 50 + travel 5 + busy 20");
  // Box 1's path runs through the lot and box 2 as well: their account is the same.
  EXPECT_EQ(run.account("goods-1/boxes-1"), "81 = working 51 + travel 10 + busy 20");
  EXPECT_EQ(run.account("goods-1/boxes-2"), "81 = working 51 + travel 10 + busy 20");
}

TEST(Awaits, AMemberThatNeverSetsTheMarkCounts) {
  const Watched run = watch(port(R"(
      open: {at: yard, awaits: all(boxes).counted, takes: 30 min}
)",
                                 boxes, R"(
  box:
    for: box
    steps:
      first: {at: yard, takes: 10 min, choose: {chance: {count: 0 %, leave: 100 %}}}
      count: {at: yard, after: first, takes: 20 min, marks: counted}
      leave: {at: yard, after: first, takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"), "open 1 08:00 1 08:11 1 08:41\n");
  EXPECT_EQ(run.marks("goods-1/boxes-1"), "");
}

TEST(Awaits, AVoidMarkCounts) {
  const Watched run = watch(port(R"(
      open: {at: yard, awaits: all(boxes).counted, takes: 30 min}
)",
                                 boxes, R"(
  box:
    for: box
    steps:
      first: {at: yard, takes: 10 min}
      count: {at: yard, after: first, when: false, takes: 20 min, marks: counted}
      leave: {at: yard, after: count, takes: 10 min}
)"));
  EXPECT_EQ(run.steps("goods-1"), "open 1 08:00 1 08:10 1 08:40\n");
  EXPECT_EQ(run.marks("goods-1/boxes-1"), "counted void\n");
}

}  // namespace
}  // namespace portflow::procedure_test
