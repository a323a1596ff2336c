// Luck belongs to an entity and a decision point, and to nothing else.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

std::string port(const std::string& steps, const std::string& extra = "0 %",
                 const std::string& more = {}) {
  std::string text = R"(portflow: 1
name: draws
horizon: {from: 2024-01-01, to: 2024-01-06, follow: 2 d}
confidence: assumption
facilities: {yard: {kind: station, resources: {crane: {servers: 1}}}}
demand:
  goods:
    creates: lot
    arrivals: {every: {exponential: 20 min}}
    extra: )" + extra +
                     R"(
    procedure: go
    attributes: {credit: {choice: {aeo: 30 %, other: 70 %}}, weight: {number: {uniform: [10 t, 20 t]}, unit: t}}
procedures:
  go:
    for: lot
    steps:
)" + steps + more;
  return text;
}

/// How long each performance of a step took, by entity.
std::map<trace::EntityId, std::int64_t> services(const Watched& run, const std::string& step) {
  std::map<trace::EntityId, std::int64_t> result;
  for (const trace::StepDone& row : run.rows.steps) {
    if (run.schema.steps[row.step] == "go." + step)
      result[row.entity] = (row.at - row.start).count();
  }
  return result;
}

const std::string two_steps = R"(
      a: {at: yard, takes: {exponential: 10 min}}
      b: {at: yard, after: a, when: {chance: 40 %}, takes: {exponential: 20 min}}
)";

TEST(Draws, KeepTheirQuantileUnderAChangedDistribution) {
  const auto base = services(watch(port(two_steps)), "a");
  ASSERT_GT(base.size(), 300u);
  const auto twice = services(watch(port(R"(
      a: {at: yard, takes: {exponential: 20 min}}
      b: {at: yard, after: a, when: {chance: 40 %}, takes: {exponential: 20 min}}
)")),
                              "a");
  ASSERT_EQ(twice.size(), base.size());
  for (const auto& [entity, ms] : base) {
    // Rounded to milliseconds once each.
    EXPECT_NEAR(static_cast<double>(twice.at(entity)), 2.0 * static_cast<double>(ms), 1.5);
  }
  // Another family altogether: order is kept, since both invert the same quantile.
  const auto other = services(watch(port(R"(
      a: {at: yard, takes: {uniform: [1 min, 9 min]}}
      b: {at: yard, after: a, when: {chance: 40 %}, takes: {exponential: 20 min}}
)")),
                              "a");
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  pairs.reserve(base.size());
  for (const auto& [entity, ms] : base) pairs.emplace_back(ms, other.at(entity));
  std::ranges::sort(pairs);
  EXPECT_TRUE(std::ranges::is_sorted(pairs, {}, &std::pair<std::int64_t, std::int64_t>::second));
}

TEST(Draws, OfOtherStepsStayWhenAStepIsInserted) {
  const Watched base = watch(port(two_steps));
  const Watched more = watch(port(R"(
      new: {at: yard, when: {chance: 50 %}, takes: {exponential: 5 min}}
      a: {at: yard, after: new, takes: {exponential: 10 min}}
      b: {at: yard, after: a, when: {chance: 40 %}, takes: {exponential: 20 min}}
)"));
  EXPECT_GT(services(more, "new").size(), 100u);
  // Who began late may not be through at the end, in one run or the other.
  const auto a = services(base, "b");
  const auto b = services(more, "b");
  std::size_t compared = 0;
  for (const auto& [entity, ms] : a) {
    const auto found = b.find(entity);
    if (found == b.end()) continue;
    EXPECT_EQ(found->second, ms);
    ++compared;
  }
  EXPECT_GT(compared, 100u);
  EXPECT_NEAR(static_cast<double>(a.size()), static_cast<double>(compared), 3);
}

TEST(Draws, AHigherChanceOnlyAddsEntities) {
  const auto some = services(watch(port(two_steps)), "b");
  const auto more = services(watch(port(R"(
      a: {at: yard, takes: {exponential: 10 min}}
      b: {at: yard, after: a, when: {chance: 55 %}, takes: {exponential: 20 min}}
)")),
                             "b");
  EXPECT_GT(more.size(), some.size() + 20);
  for (const auto& [entity, ms] : some) EXPECT_EQ(more.at(entity), ms);
}

TEST(Draws, EqualNamesShareOneDraw) {
  const Watched run = watch(port(R"(
      a: {at: yard, when: {chance: 40 %, draw: coin}}
      b: {at: yard, after: a, when: {chance: 40 %, draw: coin}}
      c: {at: yard, after: b, when: {chance: 40 %}}
)"));
  const auto a = services(run, "a");
  EXPECT_EQ(a, services(run, "b"));
  EXPECT_NE(a, services(run, "c"));
  EXPECT_GT(a.size(), 80u);
}

TEST(Growth, AddsEntitiesAndMovesNone) {
  const Watched base = watch(port(two_steps));
  const Watched more = watch(port(two_steps, "15 %"));
  std::map<trace::EntityId, std::pair<SimTime, std::vector<double>>> before;
  const auto lives = [](const Watched& run) {
    std::map<trace::EntityId, std::pair<SimTime, std::vector<double>>> result;
    for (std::size_t i = 0; i < run.rows.born.size(); ++i) {
      const auto from = run.rows.attributes.begin() + static_cast<std::ptrdiff_t>(2 * i);
      result[run.rows.born[i].entity] = {run.rows.born[i].at, {from, from + 2}};
    }
    return result;
  };
  const auto a = lives(base);
  const auto b = lives(more);
  for (const auto& [entity, life] : a) {
    ASSERT_TRUE(b.contains(entity));
    EXPECT_EQ(b.at(entity), life);
  }
  const double growth = static_cast<double>(b.size()) / static_cast<double>(a.size()) - 1;
  EXPECT_NEAR(growth, 0.15, 0.06);
  const auto own = services(base, "a");
  const auto still = services(more, "a");
  for (const auto& [entity, ms] : own) {
    if (still.contains(entity)) {
      EXPECT_EQ(still.at(entity), ms);
    }
  }
}

TEST(Growth, AnotherSourceMovesNone) {
  const Watched base = watch(port(two_steps));
  std::string text = port(two_steps);
  text.replace(text.find("procedures:"), 0,
               "  a_new_source: {creates: lot, arrivals: {every: 1 h}, procedure: go, "
               "attributes: {credit: {choice: {aeo: 30 %, other: 70 %}}}}\n");
  const Watched more = watch(text);
  const auto own = services(base, "b");
  const auto still = services(more, "b");
  EXPECT_GT(still.size(), own.size() + 20);
  for (const auto& [entity, ms] : own) {
    if (still.contains(entity)) {
      EXPECT_EQ(still.at(entity), ms);
    }
  }
}

TEST(Seed, ChangesEverything) {
  const auto one = services(watch(port(two_steps)), "a");
  const auto other = services(watch(port(two_steps), {.measures = {}, .seed = 2}), "a");
  std::size_t equal = 0;
  for (const auto& [entity, ms] : one) equal += other.contains(entity) && other.at(entity) == ms;
  EXPECT_LT(equal, 3u);
}

// Measures that begin in the middle of a run.

const std::string mid = "starts: 2024-01-03\n";

TEST(DatedMeasure, ChangesNumbersFromItsDateOn) {
  const Watched base = watch(port(two_steps));
  const Watched run =
      watch(port(two_steps),
            {.measures = {"id: m\n" + mid +
                          "effects: [{edit: procedures.go.steps.a.takes, scale: 3}]\n"}});
  const auto before = services(base, "a");
  std::size_t early = 0;
  std::size_t late = 0;
  for (const trace::StepDone& row : run.rows.steps) {
    if (run.schema.steps[row.step] != "go.a") continue;
    const auto ms = (row.at - row.start).count();
    if (row.start < midnight({2024, 1, 3})) {
      EXPECT_EQ(ms, before.at(row.entity));
      ++early;
    } else if (before.contains(row.entity)) {
      EXPECT_NEAR(static_cast<double>(ms), 3.0 * static_cast<double>(before.at(row.entity)), 2);
      ++late;
    }
  }
  EXPECT_GT(early, 50u);
  EXPECT_GT(late, 50u);
}

TEST(DatedMeasure, EditsTheGraphOfThoseBornSince) {
  const Watched run =
      watch(port(two_steps), {.measures = {"id: m\n" + mid +
                                           "effects:\n"
                                           "  - {edit: procedures.go.steps, insert: {pay: {at: "
                                           "yard, after: a, takes: 1 min}}}\n"}});
  std::map<trace::EntityId, SimTime> born;
  for (const trace::Born& row : run.rows.born) born[row.entity] = row.at;
  const auto pay = services(run, "pay");
  EXPECT_GT(pay.size(), 50u);
  for (const auto& [entity, at] : born) {
    if (at < midnight({2024, 1, 3})) {
      EXPECT_FALSE(pay.contains(entity));
    }
  }
  for (const auto& [entity, ms] : pay) EXPECT_GE(born.at(entity), midnight({2024, 1, 3}));
}

TEST(DatedMeasure, ASourceItBringsCreatesFromItsDateOn) {
  const Watched run =
      watch(port(two_steps), {.measures = {"id: m\n" + mid +
                                           "ends: 2024-01-05\neffects:\n"
                                           "  - {edit: demand, insert: {b_new: {creates: lot, "
                                           "arrivals: {every: 1 h}, procedure: go}}}\n"}});
  const auto names = run.names("b_new");
  EXPECT_NEAR(static_cast<double>(names.size()), 48, 1);
  for (const trace::Born& row : run.rows.born) {
    if (run.schema.roles[row.role].name != "b_new") continue;
    EXPECT_GE(row.at, midnight({2024, 1, 3}));
    EXPECT_LT(row.at, midnight({2024, 1, 5}));
  }
}

TEST(DatedMeasure, ChangesHandOversFromItsDateOn) {
  std::string text = port(R"(
      a: {at: yard, takes: 1 min}
      b: {at: gate, after: a, takes: 1 min}
)");
  text.replace(text.find("demand:"), 0,
               "network: {hand_over: [{from: any, to: any, takes: 30 min}]}\n");
  text.replace(text.find("facilities: {"), 13, "facilities: {gate: {kind: station}, ");
  // Half an hour, then five minutes: less than the lookahead of the start would allow.
  const Watched run = watch(
      text,
      {.measures = {"id: m\n" + mid +
                    "effects: [{edit: network.hand_over.0.takes, was: 30 min, set: 5 min}]\n"}});
  std::map<trace::EntityId, SimTime> left;
  std::size_t late = 0;
  for (const trace::StepDone& row : run.rows.steps) {
    if (run.schema.steps[row.step] == "go.a") {
      left[row.entity] = row.at;
    } else {
      const SimTime at = left.at(row.entity);
      const bool since = at >= midnight({2024, 1, 3});
      EXPECT_EQ(row.ready - at, std::chrono::minutes(since ? 5 : 30));
      late += since;
    }
  }
  EXPECT_GT(late, 100u);
}

TEST(DatedMeasure, MayAnnounceEarlier) {
  // Announced an hour ahead, from 3 January a day ahead: who is due next has less notice.
  std::string text = port(two_steps);
  text.replace(text.find("    extra:"), 0, "    announced: 1 h\n");
  const Watched base = watch(text);
  const Watched run = watch(
      text,
      {.measures = {"id: m\n" + mid + "effects: [{edit: demand.goods.announced, set: 1 d}]\n"}});
  std::map<trace::EntityId, SimTime> before;
  for (const trace::Born& row : base.rows.born) before[row.entity] = row.at;
  std::size_t moved = 0;
  for (const trace::Born& row : run.rows.born) {
    if (!before.contains(row.entity)) continue;
    if (row.at < midnight({2024, 1, 3})) {
      EXPECT_EQ(row.at, before.at(row.entity));
    } else {
      EXPECT_LE(row.at, before.at(row.entity));
      moved += before.at(row.entity) - row.at == std::chrono::hours(23);
    }
  }
  EXPECT_GT(moved, 100u);
}

TEST(DatedMeasure, MayNotChangeWhatEntitiesAreMadeOf) {
  const auto refusal = [](const std::string& effect) {
    const std::string look = "  look: {for: box, steps: {look: {at: yard}}}\n";
    return watch(port(two_steps, "0 %", look),
                 {.measures = {"id: m\n" + mid + "effects:\n  - {edit: " + effect + "}\n"},
                  .may_be_refused = true})
        .refusal;
  };
  const std::string declare = "; declare it in the scenario";
  const std::string from_start = ", so that it is there from the start of a run\n";
  const std::string fixed =
      "this changes on 2024-01-03 00:00:00, but it can only be what it is "
      "from the start of a run\n";
  const std::string fresh = "this is new on 2024-01-03 00:00:00" + declare;
  EXPECT_EQ(refusal("demand.goods.attributes.credit.choice, insert: {third: 10 %}"),
            "FILE:12:26: demand.goods.attributes.credit.third: " + fresh + " with a share of 0 %" +
                from_start);
  EXPECT_EQ(refusal("demand.goods.attributes, insert: {colour: {chance: 50 %}}"),
            "MEASURE:4:54: demand.goods.attributes.colour: " + fresh + from_start);
  EXPECT_EQ(
      refusal("demand.goods, insert: {contains: {more: {creates: box, count: 2, "
              "procedure: look}}}"),
      "MEASURE:4:52: demand.goods.contains.more: " + fresh + " with a count of 0" + from_start);
  EXPECT_EQ(refusal("demand.goods.attributes.weight, set: {chance: 20 %}"),
            "MEASURE:4:49: demand.goods.attributes.weight: " + fixed);
  EXPECT_EQ(refusal("facilities.yard.process, set: other"),
            "FILE:5:20: facilities.yard.process: " + fixed);
}

}  // namespace
}  // namespace portflow::procedure_test
