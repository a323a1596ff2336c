// Dead and skipped steps are passed where the token stands: what it costs, to the minute, and what
// others hear of it.
//
// Hand-overs differ in every direction, so that a time says which way a token went (minutes):
//
//     yard > lab 5    lab > yard 7     yard > gate 11    gate > yard 13    lab > gate 17    gate >
//     lab 19
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

const std::string all_ways = R"(
    - {from: yard, to: lab, takes: 5 min, by: travel}
    - {from: lab, to: yard, takes: 7 min, by: travel}
    - {from: yard, to: gate, takes: 11 min, by: travel}
    - {from: gate, to: yard, takes: 13 min, by: travel}
    - {from: lab, to: gate, takes: 17 min, by: travel}
    - {from: gate, to: lab, takes: 19 min, by: travel}
)";

/// One lot a day at 08:00, from Monday 1 January 2024 on, for two days; perhaps with two boxes.
std::string port(const std::string& steps, const std::string& box = {},
                 const std::string& ways = all_ways) {
  std::string text = R"(portflow: 1
name: skips
horizon: {from: 2024-01-01, to: 2024-01-03, follow: 5 d}
confidence: assumption
facilities:
  yard: {kind: station, resources: {crane: {servers: 1}}}
  lab: {kind: station}
  gate: {kind: station, resources: {lane: {servers: 1}}}
network:
  hand_over:)" + ways +
                     R"(
demand:
  goods:
    creates: lot
    at: yard
    arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-03}
    procedure: go
)";
  if (!box.empty()) {
    text += "    contains: {boxes: {creates: box, count: 2, procedure: box}}\n";
    text += "procedures:\n  box:\n    for: box\n    steps:\n" + box +
            "  go:\n    for: lot\n    steps:\n";
  } else {
    text += "procedures:\n  go:\n    for: lot\n    steps:\n";
  }
  return text + steps;
}

TEST(Skip, ElsewhereCostsNothing) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      check: {at: lab, after: a, when: false, takes: 3 h, awaits: self.due + 9 d, marks: checked}
      z: {at: yard, after: check, takes: 1 min, when: not checked}
      last: {at: yard, after: z, takes: 1 min, when: checked}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "z 1 08:10 1 08:10 1 08:11\n");
  EXPECT_EQ(run.marks("goods-1"), "checked void\n");
  EXPECT_EQ(run.account("goods-1"), "11 = working 11");
}

TEST(Skip, OfAChainLeavesOneHandOverFromTheLastPlaceToTheNext) {
  // Yard to lab, not yard to lab to gate to lab.
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      b: {at: lab, after: a, when: false, takes: 1 h}
      c: {at: gate, after: b, when: false, takes: 1 h}
      z: {at: lab, after: c, takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "z 1 08:15 1 08:15 1 08:16\n");
  EXPECT_EQ(run.account("goods-1"), "16 = working 11 + travel 5");
}

TEST(Skip, OfTheLastStepEndsWhereTheTokenStands) {
  const Watched one = watch(port(R"(
      a: {at: yard, takes: 10 min}
      z: {at: lab, after: a, when: false, takes: 1 h, marks: checked}
)"));
  EXPECT_EQ(one.account("goods-1"), "10 = working 10");
  EXPECT_EQ(one.marks("goods-1"), "checked void\n");
  // Of two ends the later counts, wherever it was.
  const Watched two = watch(port(R"(
      a: {at: gate, takes: 10 min}
      y: {at: lab, after: a, when: false, takes: 1 h}
      b: {at: gate, after: a, takes: 2 min}
      z: {at: lab, after: b, when: false, takes: 1 h}
)"));
  EXPECT_EQ(two.account("goods-1"), "12 = working 12");
}

TEST(Skip, OfAJoinGoesOnFromItsOwnPlace) {
  // The join stands at the gate: the way there is made (11 min, 17 from the lab), that to the lab
  // (19) follows.
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      b: {at: yard, after: a, takes: 1 min}
      c: {at: lab, after: a, takes: 1 min}
      j: {at: gate, after: [b, c], when: false, takes: 1 h}
      z: {at: lab, after: j, takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "b 1 08:10 1 08:10 1 08:11\n"
            "c 1 08:15 1 08:15 1 08:16\n"
            "z 1 08:52 1 08:52 1 08:53\n");
  EXPECT_EQ(run.account("goods-1"), "53 = working 12 + travel 41");
}

TEST(Skip, OfAChooserStillChooses) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      which: {at: lab, after: a, when: false, takes: 1 h, choose: {chance: {left: 0 %, right: 100 %}}}
      left: {at: yard, after: which, takes: 2 min}
      right: {at: yard, after: which, takes: 4 min}
      z: {at: yard, after: [left, right], takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "right 1 08:10 1 08:10 1 08:14\n"
            "z 1 08:14 1 08:14 1 08:15\n");
}

TEST(Skip, TellsAVoidMarkFromWhereTheTokenStands) {
  // The lot is in the yard when its check at the lab is skipped; the boxes wait at the gate (11
  // min) and in the yard (at once).
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min}
      check: {at: lab, after: a, when: false, takes: 1 h, marks: {start: called, end: checked}}
)",
                                 R"(
      wait: {at: gate, awaits: lot.checked, takes: 1 min}
      near: {at: yard, awaits: lot.called, takes: 1 min}
)"));
  EXPECT_EQ(run.marks("goods-1"), "called void\nchecked void\n");
  EXPECT_EQ(run.steps("goods-1/boxes-1"),
            "near 1 08:00 1 08:10 1 08:11\n"
            "wait 1 08:00 1 08:21 1 08:22\n");
  EXPECT_EQ(run.account("goods-1/boxes-1"), "22 = working 11 + travel 11");
}

TEST(Dead, BranchElsewhereIsKnownAtOnceInThisProcess) {
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min, choose: {chance: {b: 100 %, d1: 0 %}}}
      b: {at: yard, after: a, takes: 1 min}
      d1: {at: lab, after: a, takes: 1 h, marks: gone}
      d2: {at: gate, after: d1, takes: 1 h}
      d3: {at: lab, after: d2, takes: 1 h}
      z: {at: yard, after: [b, d3], takes: 1 min}
)"));
  EXPECT_EQ(run.steps("goods-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "b 1 08:10 1 08:10 1 08:11\n"
            "z 1 08:11 1 08:11 1 08:12\n");
  EXPECT_EQ(run.marks("goods-1"), "");
  EXPECT_EQ(run.account("goods-1"), "12 = working 12");
}

/// From the lab straight to the gate at least 17 min, by the yard 2 + 3.
std::string short_cut(const std::string& direct) {
  return R"(
    - {from: any, to: any, takes: 1 min}
    - {from: lab, to: gate, takes: )" +
         direct + R"(, by: travel}
    - {from: lab, to: yard, takes: 2 min, by: travel}
    - {from: yard, to: gate, takes: 3 min, by: travel}
)";
}

TEST(Dead, BranchOfThreeReachesAJoinInTheLeastTimeOfOneHandOver) {
  const std::string steps = R"(
      a: {at: lab, takes: 10 min, choose: {chance: {b: 100 %, d1: 0 %}}}
      b: {at: yard, after: a, takes: 1 min}
      d1: {at: gate, after: a, takes: 1 h}
      d2: {at: lab, after: d1, takes: 1 h}
      d3: {at: yard, after: d2, takes: 1 h}
      z: {at: gate, after: [b, d3], takes: 1 min}
)";
  // The live token is at the gate at 08:16, word of the dead branch, sent at 08:10, at 08:27: the
  // rest is message time. It makes no draw: what more the way may take is nothing to it.
  const std::string late =
      "a 1 08:00 1 08:00 1 08:10\n"
      "b 1 08:12 1 08:12 1 08:13\n"
      "z 1 08:27 1 08:27 1 08:28\n";
  for (const std::string direct : {"17 min", "{uniform: [17 min, 9 h]}"}) {
    const Watched run = watch(port(steps, {}, short_cut(direct)));
    EXPECT_EQ(run.steps("goods-1"), late) << direct;
    EXPECT_EQ(run.account("goods-1"), "28 = working 12 + travel 5 + message 11") << direct;
  }
  // Where it takes no longer than the live token it holds nobody up.
  const Watched quick = watch(port(steps, {}, short_cut("5 min")));
  EXPECT_EQ(quick.account("goods-1"), "17 = working 12 + travel 5");
}

TEST(Dead, JoinGoesOnDeadFromItsOwnPlace) {
  // Both tokens of `both` are dead (known at 08:10, at the lab 5 min later); z hears of it from
  // there (7 min), when b has long been done.
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 10 min, choose: {chance: {b: 100 %, c: 0 %}}}
      b: {at: yard, after: a, takes: 1 min}
      c: {at: yard, after: a, takes: 1 min}
      d: {at: gate, after: c, takes: 1 min}
      e: {at: yard, after: c, takes: 1 min}
      both: {at: lab, after: [d, e], takes: 1 h}
      z: {at: yard, after: [b, both], takes: 1 min}
)"));
  EXPECT_EQ(run.account("goods-1"), "23 = working 12 + message 11");
}

TEST(Dead, BranchThatEndsElsewhereDoesNotDelayTheEnd) {
  const Watched run = watch(port(R"(
      a: {at: gate, takes: 10 min, choose: {chance: {b: 100 %, c: 0 %}}}
      b: {at: lab, after: a, takes: 1 min}
      c: {at: yard, after: a, takes: 1 h}
      d: {at: lab, after: c, takes: 1 h}
)"));
  EXPECT_EQ(run.account("goods-1"), "30 = working 11 + travel 19");
}

TEST(Holds, AreReleasedByASkippedOrDeadStepWhereTheTokenStands) {
  // The crane is free again at 08:10, not when word from the lab has come back.
  for (const std::string end :
       {"out: {at: lab, after: a, when: false, takes: 1 h}",
        "out: {at: lab, after: a, takes: 1 h}\n      on: {at: yard, after: a}"}) {
    const bool dead = end.find("on:") != std::string::npos;
    const Watched run = watch(port(
        "\n      rest: {at: yard}\n",
        std::string("\n      a: {at: yard, takes: 10 min, holds: {crane: until out}") +
            (dead ? ", choose: {chance: {out: 0 %, on: 100 %}}" : "") + "}\n      " + end + "\n"));
    EXPECT_EQ(run.account("goods-1/boxes-1"), "10 = working 10") << end;
    EXPECT_EQ(run.account("goods-1/boxes-2"), "20 = working 10 + busy 10") << end;
  }
}

TEST(Holds, OfAThirdProcessAreReleasedByMessageFromWhereTheTokenStands) {
  // Box 1 has the lane from 08:00, is in the yard at 08:23 and through at 08:24: `out` at the lab
  // is skipped there, and the gate hears of it 11 min later.
  const Watched run = watch(port("\n      rest: {at: yard}\n", R"(
      a: {at: gate, takes: 10 min, holds: {lane: until out}}
      b: {at: yard, after: a, takes: 1 min}
      out: {at: lab, after: b, when: false, takes: 1 h}
)"));
  EXPECT_EQ(run.steps("goods-1/boxes-1"),
            "a 1 08:00 1 08:00 1 08:10\n"
            "b 1 08:23 1 08:23 1 08:24\n");
  EXPECT_EQ(run.steps("goods-1/boxes-2").substr(0, 27), "a 1 08:00 1 08:35 1 08:45\nb");
}

TEST(Birth, PassesFirstStepsThatAreSkipped) {
  // All of it is known at birth, and other processes are told ahead: nobody waits for anything.
  const Watched run = watch(port(R"(
      check: {at: lab, when: false, takes: 1 h, marks: checked}
      next: {at: yard, after: check, when: checked, takes: 1 h, marks: passed}
      a: {at: gate, after: next, takes: 10 min}
      b: {at: yard, after: next, takes: 3 min}
      c: {at: lab, after: [next, b], when: not passed, takes: 1 min}
)",
                                 R"(
      wait: {at: gate, awaits: lot.checked, takes: 1 min}
      near: {at: yard, awaits: lot.passed, takes: 2 min}
)"));
  EXPECT_EQ(run.marks("goods-1"), "checked void\npassed void\n");
  EXPECT_EQ(run.steps("goods-1"),
            "b 1 08:00 1 08:00 1 08:03\n"
            "c 1 08:08 1 08:08 1 08:09\n"
            "a 1 08:00 1 08:00 1 08:10\n");
  EXPECT_EQ(run.account("goods-1"), "10 = working 10");
  EXPECT_EQ(run.account("goods-1/boxes-2"), "2 = working 2");
}

TEST(Birth, MayBeAllThereIs) {
  const Watched run = watch(port(R"(
      check: {at: lab, when: false, takes: 1 h, marks: checked}
      also: {at: gate, when: false, takes: 1 h}
)",
                                 "\n      wait: {at: gate, awaits: lot.checked, takes: 1 min}\n"));
  EXPECT_EQ(run.account("goods-1"), "0");
  EXPECT_EQ(run.marks("goods-1"), "checked void\n");
  EXPECT_EQ(run.account("goods-1/boxes-1"), "1 = working 1");
}

TEST(Birth, DecidesByTheNumbersOfItsInstant) {
  // Who is born at midnight was prepared before it, but goes by the new day.
  std::string text = port("\n      check: {at: lab, when: {chance: 0 %}, takes: 1 h}\n");
  text.replace(text.find("08:00"), 5, "00:00");
  const Watched run = watch(
      text, {.measures = {"id: m\nstarts: 2024-01-02\neffects:\n"
                          "  - {edit: procedures.go.steps.check.when.chance, set: 100 %}\n"}});
  EXPECT_EQ(run.account("goods-1"), "0");
  EXPECT_EQ(run.account("goods-2"), "60 = working 60");
}

TEST(Ways, ThatAreMissingAreNamedWithTheirPlace) {
  const std::string steps = R"(
      a: {at: yard, takes: 1 min}
      b: {at: lab, after: a, when: {chance: 50 %}, takes: 1 min}
      z: {at: gate, after: b, takes: 1 min}
)";
  const std::string direct = "\n    - {from: yard, to: gate, takes: 11 min}\n";
  const std::string by_lab =
      "\n    - {from: yard, to: lab, takes: 5 min}\n    - {from: lab, to: gate, takes: 17 min}\n";
  const auto refusal = [&](const std::string& ways) {
    return watch(port(steps, {}, ways), {.may_be_refused = true}).refusal;
  };
  EXPECT_EQ(
      refusal(by_lab),
      "FILE:16:5: network.hand_over: no hand-over from 'yard' to 'gate' for a lot, which goods "
      "needs\n");
  EXPECT_EQ(
      refusal(direct),
      "FILE:15:5: network.hand_over: no hand-over from 'yard' to 'lab' for a lot, which goods "
      "needs\n"
      "FILE:15:5: network.hand_over: no hand-over from 'lab' to 'gate' for a lot, which goods "
      "needs\n");
  EXPECT_EQ(refusal(by_lab + direct.substr(1)), "");
}

TEST(Ways, ThatNothingTakesAreNotAskedFor) {
  // Nobody comes to the lab or the gate, since their steps are never performed; one join hears of
  // all branches, so it is never dead; the mark is always set, so nobody is told that it never is.
  const Watched run = watch(port(R"(
      a: {at: yard, takes: 1 min, choose: {chance: {b: 50 %, c: 50 %}}}
      b: {at: yard, after: a, takes: 1 min, marks: seen}
      c: {at: yard, after: a, takes: 1 min, marks: seen}
      d: {at: lab, after: c, when: false, takes: 1 h}
      j: {at: yard, after: [b, d]}
      e: {at: gate, after: j, when: false, takes: 1 h}
)",
                                 "\n      wait: {at: yard, awaits: lot.seen}\n", " []\n"));
  EXPECT_EQ(run.account("goods-1"), "2 = working 2");
}

}  // namespace
}  // namespace portflow::procedure_test
