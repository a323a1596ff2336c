// Members that a step of their group creates: when they are born, who they are, what their group
// hears of them, and what it hears if they never come.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// A box at 08:00 that calls its trucks; from yard to gate it is 11 min, from gate to yard 13.
std::string port(const std::string& box, const std::string& truck, const std::string& members = {},
                 const std::string& more = {}) {
  return R"(portflow: 1
name: creates
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 5 d}
confidence: assumption
facilities:
  yard: {kind: station, resources: {crane: {servers: 1}}}
  gate: {kind: station, resources: {lane: {servers: 1}}}
network:
  hand_over:
    - {from: yard, to: gate, takes: 11 min, by: travel}
    - {from: gate, to: yard, takes: 13 min, by: travel}
demand:
  boxes:
    creates: box
    at: yard
    arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-02}
    procedure: go
    contains: {trucks: {creates: truck, procedure: fetch)" +
         members + R"(}}
procedures:
  go:
    for: box
    steps:
)" + box +
         more +
         R"(  fetch:
    for: truck
    steps:
)" + truck;
}

const char* const comes = R"(
      enter: {at: gate, needs: lane, takes: 2 min, marks: entered}
      lift: {at: yard, after: enter, needs: crane, takes: 4 min, marks: lifted}
)";

TEST(Creates, MembersAreBornWhereTheStepEnds) {
  const Watched run = watch(port(R"(
      call: {at: gate, takes: 1 h, creates: trucks}
      away: {at: yard, after: call, awaits: all(trucks).lifted, takes: 5 min}
)",
                                 comes));
  // Born as the box has called, at the gate: no hand-over to the first step of the truck.
  EXPECT_EQ(run.names("boxes/trucks"), std::vector<std::string>{"boxes-1/trucks-1"});
  EXPECT_EQ(run.steps("boxes-1/trucks-1"),
            "enter 1 09:00 1 09:00 1 09:02\n"
            "lift 1 09:15 1 09:15 1 09:19\n");
  EXPECT_EQ(run.account("boxes-1/trucks-1"), "19 = working 6 + travel 13");
  // What the box waited for is what the truck did.
  EXPECT_EQ(run.steps("boxes-1"),
            "call 1 08:00 1 08:00 1 09:00\n"
            "away 1 09:13 1 09:19 1 09:24\n");
  EXPECT_EQ(run.wrong_accounts(), 0U);
}

TEST(Creates, FirstTokensGoFromThereToOtherProcesses) {
  const Watched run = watch(port(R"(
      call: {at: yard, takes: 1 h, creates: trucks}
      away: {at: yard, after: call, awaits: all(trucks).lifted}
)",
                                 comes));
  EXPECT_EQ(run.steps("boxes-1/trucks-1"),
            "enter 1 09:11 1 09:11 1 09:13\n"
            "lift 1 09:26 1 09:26 1 09:30\n");
  EXPECT_EQ(run.account("boxes-1/trucks-1"), "30 = working 6 + travel 24");
  EXPECT_EQ(run.steps("boxes-1"),
            "call 1 08:00 1 08:00 1 09:00\n"
            "away 1 09:00 1 09:30 1 09:30\n");
}

TEST(Creates, AFirstStepThatIsSkippedIsPassedWhereTheyAreBorn) {
  const Watched run = watch(port(R"(
      call: {at: yard, takes: 1 h, creates: trucks}
      away: {at: yard, after: call, awaits: all(trucks).lifted}
)",
                                 R"(
      enter: {at: gate, when: false, takes: 2 min, marks: entered}
      lift: {at: yard, after: enter, needs: crane, takes: 4 min, marks: lifted}
)"));
  EXPECT_EQ(run.steps("boxes-1/trucks-1"), "lift 1 09:00 1 09:00 1 09:04\n");
  EXPECT_EQ(run.marks("boxes-1/trucks-1"), "entered void\nlifted 1 09:04\n");
}

TEST(Creates, AsManyAsWereCountedAtTheBirthOfTheGroup) {
  const Watched run = watch(port(R"(
      call: {at: gate, takes: 1 h, creates: trucks}
      away: {at: yard, after: call, awaits: all(trucks).lifted, takes: 5 min}
)",
                                 comes, ", count: 3"));
  EXPECT_EQ(run.names("boxes/trucks").size(), 3U);
  EXPECT_EQ(run.steps("boxes-1/trucks-3"),
            "enter 1 09:00 1 09:04 1 09:06\n"
            "lift 1 09:19 1 09:23 1 09:27\n");
  EXPECT_EQ(run.steps("boxes-1"),
            "call 1 08:00 1 08:00 1 09:00\n"
            "away 1 09:13 1 09:27 1 09:32\n");
  EXPECT_EQ(run.wrong_accounts(), 0U);
}

TEST(Creates, NobodyIsAwaitedWhoWillNotBeBorn) {
  // Skipped, or on the branch that was not taken: word of it goes to where they are awaited.
  const Watched skipped = watch(port(R"(
      begin: {at: gate, takes: 1 h}
      call: {at: gate, after: begin, when: false, creates: trucks}
      away: {at: yard, after: call, awaits: all(trucks).lifted, takes: 5 min}
)",
                                     comes, ", count: 3"));
  EXPECT_TRUE(skipped.names("boxes/trucks").empty());
  EXPECT_EQ(skipped.steps("boxes-1"),
            "begin 1 08:00 1 08:00 1 09:00\n"
            "away 1 09:13 1 09:13 1 09:18\n");
  EXPECT_EQ(skipped.account("boxes-1"), "78 = working 65 + travel 13");
  const Watched dead = watch(port(R"(
      begin: {at: gate, takes: 1 h, choose: {chance: {call: 0 %, walk: 100 %}}}
      call: {at: gate, after: begin, takes: 1 h, creates: trucks}
      walk: {at: gate, after: begin, takes: 10 min}
      away: {at: yard, after: [call, walk], awaits: all(trucks).lifted, takes: 5 min}
)",
                                  comes, ", count: 3"));
  EXPECT_TRUE(dead.names("boxes/trucks").empty());
  EXPECT_EQ(dead.steps("boxes-1"),
            "begin 1 08:00 1 08:00 1 09:00\n"
            "walk 1 09:00 1 09:00 1 09:10\n"
            "away 1 09:23 1 09:23 1 09:28\n");
}

TEST(Creates, NobodyIsAwaitedWhoseStepIsSkippedAtTheBirthOfTheGroup) {
  const Watched run = watch(port(R"(
      call: {at: gate, when: false, creates: trucks}
      away: {at: yard, after: call, awaits: all(trucks).lifted, takes: 5 min}
)",
                                 comes, ", count: 2"));
  EXPECT_TRUE(run.names("boxes/trucks").empty());
  EXPECT_EQ(run.steps("boxes-1"), "away 1 08:00 1 08:00 1 08:05\n");
}

TEST(Creates, MembersHearOfTheirGroup) {
  // The truck may not drive off before the box is tied down; that was told while nobody was there.
  const Watched run = watch(port(R"(
      tie: {at: yard, takes: 30 min, marks: tied}
      call: {at: gate, after: tie, takes: 1 h, creates: trucks}
)",
                                 R"(
      enter: {at: gate, awaits: box.tied, needs: lane, takes: 2 min, marks: entered}
      late: {at: yard, after: enter, awaits: box.created + 3 h, takes: 1 min}
)"));
  EXPECT_EQ(run.steps("boxes-1/trucks-1"),
            "enter 1 09:41 1 09:41 1 09:43\n"
            "late 1 09:56 1 11:00 1 11:01\n");
}

TEST(Creates, WhoTheyAreDoesNotDependOnWhen) {
  // The same truck meets the same luck, whenever its box calls it.
  const auto draw = [](const std::string& wait) {
    const Watched run = watch(port("      call: {at: gate, takes: " + wait + ", creates: trucks}\n",
                                   "      enter: {at: gate, takes: {exponential: 1 h}}\n"));
    EXPECT_EQ(run.rows.steps.size(), 2U);
    const auto& enter = run.rows.steps.back();
    return enter.at - enter.start;
  };
  EXPECT_EQ(draw("10 min"), draw("20 h"));
}

TEST(Creates, IsRefusedWhereItCannotBe) {
  const auto refusal = [](const std::string& box) {
    return watch(port(box, comes), {.may_be_refused = true}).refusal;
  };
  EXPECT_EQ(refusal("      call: {at: gate, creates: truck}\n"),
            "FILE:23:33: procedures.go.steps.call.creates: no members `truck` in `contains` of "
            "`demand.boxes`, did you mean `trucks`? (known: trucks)\n");
  EXPECT_EQ(
      refusal("      call: {at: gate, creates: trucks}\n"
              "      again: {at: gate, after: call, creates: trucks}\n"),
      "FILE:24:14: procedures.go.steps.again.creates: `trucks` are created by `call` already\n");
  EXPECT_EQ(refusal("      call: {at: gate, creates: [trucks, trucks]}\n"),
            "FILE:23:42: procedures.go.steps.call.creates[1]: `trucks` stands here twice\n");
  EXPECT_EQ(watch(port("      call: {at: gate, creates: trucks}\n", comes,
                       ", contains: {drivers: {creates: driver, procedure: drive}}",
                       "  drive: {for: driver, steps: {sit: {at: gate}}}\n"),
                  {.may_be_refused = true})
                .refusal,
            "FILE:23:13: procedures.go.steps.call.creates: `trucks` of `demand.boxes` contain "
            "`drivers`, who would never be born: whoever a step creates contains nobody\n");
}

TEST(Creates, InEveryVersionOfAProcedureOrInNone) {
  // From the second day on, or for those who adopt it: the others' trucks would be awaited for
  // ever.
  const std::string refusal =
      watch(
          port("      call: {at: gate, takes: 1 h}\n", comes),
          {.measures = {"id: m\nstarts: 2024-01-02\n"
                        "effects: [{edit: procedures.go.steps.call, insert: {creates: trucks}}]\n"},
           .may_be_refused = true})
          .refusal;
  EXPECT_NE(refusal.find("boxes/trucks: created by a step in some versions of `go` and with the "
                         "group in others; a measure can only change what a step creates, not "
                         "whether one does\n"),
            std::string::npos)
      << refusal;
}

}  // namespace
}  // namespace portflow::procedure_test
