// A step that is never performed changes no time of any entity, wherever it is put.
#include <random>

#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Three facilities, twelve steps with needs, chances, choices and holds; `never` says after which
/// of the first eight a step that is never performed is put, and where.
std::string maze(std::uint32_t seed, const std::map<int, int>& never) {
  std::mt19937 random(seed);
  const auto pick = [&](std::uint32_t below) { return static_cast<int>(random() % below); };
  std::string text = R"(portflow: 1
name: maze
horizon: {from: 2024-01-01, to: 2024-01-04, follow: 4 d}
confidence: assumption
network: {hand_over: [{from: any, to: any, takes: {uniform: [1 min, 9 min]}}, {from: f0, to: any, takes: 7 min, by: travel}]}
facilities:
)";
  for (int i = 0; i < 3; ++i) {
    text += fmt::format(
        "  f{0}: {{kind: station, process: p{0}, resources: {{a: {{servers: 1}}}}}}\n", i);
  }
  text += R"(demand:
  goods: {creates: lot, at: f0, arrivals: {every: {exponential: 40 min}}, procedure: go}
procedures:
  go:
    for: lot
    steps:
)";
  const auto before = [&](int step) {
    return never.contains(step) ? fmt::format("n{}", step) : fmt::format("s{}", step);
  };
  if (never.contains(-1)) {
    text += fmt::format("      root: {{at: f{}, when: false, takes: 1 h, marks: never}}\n",
                        never.at(-1));
  }
  for (int i = 0; i < 8; ++i) {
    std::string after;
    if (i == 0 && never.contains(-1)) after = ", after: root";
    if (i > 0) {
      const int one = pick(static_cast<std::uint32_t>(i));
      const int other = pick(static_cast<std::uint32_t>(i));
      after = fmt::format(", after: [{}{}]", before(one), one == other ? "" : ", " + before(other));
    }
    text += fmt::format("      s{}: {{at: f{}{}, takes: {{exponential: {} min}}{}{}}}\n", i,
                        pick(3), after, 1 + pick(30), pick(2) == 0 ? ", when: {chance: 60 %}" : "",
                        pick(2) == 0 ? ", needs: a" : "");
    if (never.contains(i)) {
      text += fmt::format("      n{0}: {{at: f{1}, after: s{0}, when: false, takes: 1 h}}\n", i,
                          never.at(i));
    }
  }
  text += fmt::format(
      "      h0: {{at: f1, after: {}, takes: 5 min, holds: {{a: until h2}}, choose: {{chance: "
      "{{h1: 40 %, h2: 60 %}}}}}}\n"
      "      h1: {{at: f2, after: h0, takes: 3 min}}\n"
      "      h2: {{at: f{}, after: h0, takes: 8 min}}\n"
      "      z: {{at: f{}, after: [h1, h2], takes: 1 min}}\n",
      before(7), pick(3), pick(3));
  return text;
}

TEST(Skip, OfStepsThatAreNeverPerformedChangesNoTimeOfAnyEntity) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    std::map<int, int> never;
    for (int after = -1; after < 8; ++after) {
      if (random() % 3 == 0) never[after] = static_cast<int>(random() % 3);
    }
    const Watched plain = watch(maze(seed, {}));
    const Watched more = watch(maze(seed, never), {.threads = 2});
    if (HasFailure()) return;
    EXPECT_GT(plain.rows.ended.size(), 80u);
    ASSERT_EQ(plain.rows.steps.size(), more.rows.steps.size()) << maze(seed, never);
    EXPECT_EQ(to_hex(plain.outcome.fingerprint), to_hex(more.outcome.fingerprint))
        << maze(seed, never);
    for (const std::string& name : plain.names("goods")) {
      ASSERT_EQ(plain.steps(name), more.steps(name)) << maze(seed, never);
      ASSERT_EQ(plain.account(name), more.account(name)) << maze(seed, never);
    }
  }
}

}  // namespace
}  // namespace portflow::procedure_test
