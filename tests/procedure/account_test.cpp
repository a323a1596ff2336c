// The exact account: one day worked out by hand (by_hand.hpp), and random scenarios that must add
// up.
#include <random>

#include "procedure/by_hand.hpp"
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

TEST(Account, ByHand) {
  const Watched run = watch(by_hand);
  const std::string box = "ships-1/lots-1/boxes-";
  EXPECT_EQ(run.steps("ships-1"), "moor 1 16:00 1 16:00 1 16:30\n");
  EXPECT_EQ(run.steps("ships-1/lots-1"),
            "prepare 1 16:00 1 16:00 1 17:00\n"
            "look 1 17:00 2 08:30 2 09:00\n");
  EXPECT_EQ(run.steps(box + "1"),
            "discharge 1 16:00 1 16:30 1 16:50\n"
            "land 1 16:55 1 16:55 1 16:55\n"
            "go 1 16:55 2 09:10 2 09:40\n");
  EXPECT_EQ(run.steps(box + "3"),
            "discharge 1 16:00 1 17:10 1 17:30\n"
            "land 1 17:35 1 17:35 1 17:35\n"
            "go 1 17:35 2 11:10 2 11:40\n");
  EXPECT_EQ(run.account("ships-1"), "30 = working 30");
  EXPECT_EQ(run.account("ships-1/lots-1"),
            "1020 = working 80 + travel 5 + message 5 + closed 890 + behind 20 + busy 20");
  const std::string released =
      " = working 110 + travel 5 + message 15 + closed 890 + behind 20 + busy 20";
  EXPECT_EQ(run.account(box + "1"), "1060" + released);
  EXPECT_EQ(run.account(box + "2"), "1060" + released);
  EXPECT_EQ(run.account(box + "3"), "1180" + released + " + batch 120");
}

/// The path of the lot, part by part, names who held it up.
TEST(Account, PathNamesStepsOwnersAndHolders) {
  const Watched run = watch(by_hand);
  std::string text;
  for (const trace::PathPart& part : run.rows.paths) {
    if (run.name(part.entity) != "ships-1/lots-1") continue;
    const std::string step = part.step == trace::no_code ? "-" : run.schema.steps[part.step];
    text += fmt::format("{} {} {} {} {}{}\n", run.when(part.begin), run.when(part.end),
                        name_of(part.cause), run.name(part.owner), step,
                        part.holder == trace::no_entity ? "" : " " + run.name(part.holder));
  }
  EXPECT_EQ(text,
            "2 08:30 2 09:00 working ships-1/lots-1 lot.look\n"
            "1 17:40 2 08:30 closed ships-1/lots-1 lot.look\n"
            "1 17:35 1 17:40 message ships-1/lots-1/boxes-3 -\n"
            "1 17:30 1 17:35 travel ships-1/lots-1/boxes-3 box.land\n"
            "1 17:10 1 17:30 working ships-1/lots-1/boxes-3 box.discharge\n"
            "1 16:50 1 17:10 busy ships-1/lots-1/boxes-3 box.discharge ships-1/lots-1/boxes-2\n"
            "1 16:30 1 16:50 behind ships-1/lots-1/boxes-3 box.discharge\n"
            "1 16:00 1 16:30 working ships-1 call.moor\n");
}

/// A random port: facilities in up to three processes, resources with calendars, and layers of
/// steps that fork, join, skip, choose, hold, await each other and form batches.
class Chaos {
 public:
  explicit Chaos(std::uint32_t seed) : random_(seed) {}

  std::string scenario() {
    std::string text = R"(portflow: 1
name: chaos
horizon: {from: 2024-01-01, to: 2024-01-05, follow: 6 d}
confidence: assumption
calendars:
  office: {weekly: {mon-fri: ["08:30-12:00", "13:00-17:00"]}}
  night: {daily: "20:00-06:00"}
network: {hand_over: [{from: any, to: any, takes: {uniform: [1 min, 9 min]}}, {from: any, to: any, for: box, takes: 7 min, by: travel}]}
facilities:
)";
    for (int i = 0; i < 3; ++i) {
      text += fmt::format(
          "  f{}: {{kind: station, process: p{}, resources: {{a: {{servers: {}{}}}, b: {{servers: "
          "{}, discipline: priority}}, c: {{servers: {{\"07:00-19:00\": 3, else: 1}}}}}}}}\n",
          i, pick(3), 1 + pick(3), calendar(), 1 + pick(2));
    }
    text += fmt::format(R"(demand:
  lots:
    creates: lot
    announced: {} h
    arrivals: {{every: {{exponential: 3 h}}}}
    procedure: lot
    attributes: {{n: {{number: {{uniform: [0, 5]}}, unit: "1"}}, k: {{choice: {{x: 40 %, y: 60 %}}}}}}
    contains: {{boxes: {{creates: box, count: {{uniform: [0, 4]}}, procedure: box}}}}
procedures:
)",
                        pick(2) * 5);
    text += procedure("box", "lot.") + procedure("lot", "all(boxes).");
    return text;
  }

 private:
  std::uint32_t pick(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }
  std::string calendar() {
    const char* words[] = {"", ", calendar: office", ", calendar: night"};
    return words[pick(3)];
  }

  /// Steps s0 (sets `opened`), then s1..s7, each after one or two earlier ones.
  std::string procedure(const std::string& type, const std::string& awaited) {
    std::string text = fmt::format("  {0}:\n    for: {0}\n    steps:\n", type);
    text += "      s0: {at: f0, takes: {exponential: 10 min}, marks: opened}\n";
    for (std::uint32_t i = 1; i < 8; ++i) {
      const std::uint32_t one = pick(i);
      const std::uint32_t other = pick(i);
      std::string after = fmt::format("s{}", one);
      if (other != one) {
        after = fmt::format("[s{}, s{}]", one, other);
        if (pick(3) == 0) after = fmt::format("{{any: {}}}", after);
      }
      text += fmt::format("      s{}: {{at: f{}, after: {}, takes: {{exponential: {} min}}", i,
                          pick(3), after, 5 + pick(40));
      if (pick(2) == 0) text += ", when: {chance: 60 %}";
      const std::uint32_t kind = pick(5);
      if (kind < 3) text += fmt::format(", needs: {}", std::string(1, "abc"[kind]));
      if (pick(3) == 0 && type == "lot") text += ", priority: n";
      if (kind == 3)
        text += fmt::format(", batch: {{size: {}, at_most: {} h}}", 2 + pick(3), pick(4) + 1);
      if (i == 4) text += ", awaits: [" + awaited + "opened, self.created + 2 h]";
      // Marks of steps that may be skipped anywhere, awaited at a third place.
      if (i == 2 || i == 3) text += fmt::format(", marks: {{start: b{0}, end: e{0}}}", i);
      if (i == 5) text += fmt::format(", awaits: [{0}b2, {0}e3]", awaited);
      text += "}\n";
    }
    text += fmt::format(
        "      h0: {{at: f1, after: s7, takes: 5 min, holds: {{c: until h2}}}}\n"
        "      h1: {{at: f2, after: h0, takes: {{exponential: 9 min}}, choose: {{chance: "
        "{{h2: {} %, h3: 50 %}}}}}}\n"
        "      h2: {{at: f{}, after: h1, takes: 8 min}}\n"
        "      h3: {{at: f0, after: h1, takes: 3 min}}\n"
        "      h4: {{at: f{}, after: h2, when: {{chance: 50 %}}, takes: 2 min}}\n"
        "      z: {{at: f{}, after: [h3, h4], when: {{chance: 50 %}}, takes: 1 min}}\n",
        pick(60), pick(3), pick(3), pick(3));
    return text;
  }

  std::mt19937 random_;
};

TEST(Account, AddsUpInRandomScenariosOnAnyNumberOfThreads) {
  std::size_t ended = 0;
  std::array<std::int64_t, cause_count> seen{};
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const std::string text = Chaos(seed).scenario();
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    const Watched one = watch(text, {.threads = 1});
    const Watched three = watch(text, {.threads = 3});
    if (HasFailure()) return;
    EXPECT_EQ(to_hex(one.outcome.fingerprint), to_hex(three.outcome.fingerprint));
    EXPECT_EQ(one.rows.ended.size(), three.rows.ended.size());
    EXPECT_GT(one.rows.ended.size(), 20u);
    ended += one.rows.ended.size();
    // The recorded paths say the same as the sums, without a gap.
    std::map<trace::EntityId, SimTime> reached;
    for (const trace::PathPart& part : one.rows.paths) {
      const auto before = reached.find(part.entity);
      if (before != reached.end()) {
        EXPECT_EQ(part.end, before->second);
      }
      reached[part.entity] = part.begin;
    }
    for (const trace::Ended& row : one.rows.ended) {
      if (row.end != row.created) {
        EXPECT_EQ(reached.at(row.entity), row.created);
      }
      for (std::size_t i = 0; i < cause_count; ++i) seen[i] += row.ticks_by_cause[i];
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(ended, 3000u);
  for (const Cause cause : {Cause::working, Cause::travel, Cause::message, Cause::closed,
                            Cause::behind, Cause::busy, Cause::batch, Cause::not_due}) {
    EXPECT_GT(seen[static_cast<std::size_t>(cause)], 0) << name_of(cause) << " was never seen";
  }
}

}  // namespace
}  // namespace portflow::procedure_test
