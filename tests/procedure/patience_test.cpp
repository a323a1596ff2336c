// Who has waited long enough gives up and goes another way; balking is patience of no time.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Lorries at 08:00, 08:10 and 08:20 for one lane that takes half an hour.
std::string gate(const std::string& patience, const std::string& more = {}) {
  return fmt::format(R"(portflow: 1
name: patience
horizon: {{from: 2024-01-01, to: 2024-01-03}}
confidence: assumption
facilities: {{gate: {{kind: station, resources: {{lane: {{servers: 1}}}}}}}}
demand:
  lorries: {{creates: lorry, arrivals: {{timetable: {{daily: ["08:00", "08:10", "08:20"]}}, to: 2024-01-02}}, procedure: pass}}
procedures:
  pass:
    for: lorry
    steps:
      enter: {{at: gate, needs: lane, takes: 30 min, patience: {}, renege: turn, marks: {{start: called, end: entered}}}}
      load: {{at: gate, after: enter, takes: 10 min}}
      turn: {{at: gate, after: enter, takes: 5 min, marks: turned}}
{})",
                     patience, more);
}

TEST(Patience, EndsAWaitAndTurnsAway) {
  const Watched run = watch(gate("15 min"));
  const auto lorries = run.names("lorries");
  ASSERT_EQ(lorries.size(), 3u);
  EXPECT_EQ(run.steps(lorries[0]), "enter 1 08:00 1 08:00 1 08:30\nload 1 08:30 1 08:30 1 08:40\n");
  // 08:10 to 08:25 first in the queue, then away; the third moves up and is served at 08:30.
  EXPECT_EQ(run.steps(lorries[1]), "turn 1 08:25 1 08:25 1 08:30\n");
  EXPECT_EQ(run.marks(lorries[1]), "called void\nentered void\nturned 1 08:30\n");
  EXPECT_EQ(run.account(lorries[1]), "20 = working 5 + busy 15");
  EXPECT_EQ(run.steps(lorries[2]), "enter 1 08:20 1 08:30 1 09:00\nload 1 09:00 1 09:00 1 09:10\n");
  EXPECT_EQ(run.account(lorries[2]), "50 = working 40 + behind 5 + busy 5");
  EXPECT_EQ(run.wrong_accounts(), 0u);
}

TEST(Patience, OfNoTimeIsBalking) {
  const Watched run = watch(gate("0 min"));
  const auto lorries = run.names("lorries");
  EXPECT_EQ(run.account(lorries[0]), "40 = working 40");
  EXPECT_EQ(run.account(lorries[1]), "5 = working 5");
  EXPECT_EQ(run.account(lorries[2]), "5 = working 5");
}

TEST(Patience, WhoIsServedInTimeNeverTurns) {
  const Watched run = watch(gate("41 min"));
  for (const auto& lorry : run.names("lorries")) {
    EXPECT_EQ(run.steps(lorry).find("turn"), std::string::npos) << lorry;
  }
  // The lane comes free at the very instant: served.
  const Watched exact = watch(gate("20 min"));
  EXPECT_EQ(exact.steps(exact.names("lorries")[1]),
            "enter 1 08:10 1 08:30 1 09:00\nload 1 09:00 1 09:00 1 09:10\n");
}

TEST(Patience, JoinsWhatFollows) {
  // Whichever way, all come together again.
  const Watched run =
      watch(gate("15 min", "      go: {at: gate, after: [load, turn], takes: 1 min}\n"));
  for (const auto& lorry : run.names("lorries")) {
    EXPECT_NE(run.steps(lorry).find("go "), std::string::npos) << lorry;
  }
  EXPECT_EQ(run.rows.ended.size(), 3u);
}

}  // namespace
}  // namespace portflow::procedure_test
