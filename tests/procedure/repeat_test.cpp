// A step that repeats: every round queues, draws and costs anew; the marks are those of the whole.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

std::string port(const std::string& arrivals, const std::string& step) {
  return fmt::format(R"(portflow: 1
name: repeat
horizon: {{from: 2024-01-01, to: 2024-01-11, follow: 1 d}}
confidence: assumption
facilities: {{office: {{kind: station, resources: {{desk: {{servers: 1}}, clerk: {{servers: 99}}}}}}}}
demand:
  papers: {{creates: paper, arrivals: {}, procedure: read}}
procedures:
  read:
    for: paper
    steps:
      look: {{at: office, {}, marks: {{start: opened, end: approved}},
             costs: [{{item: fee, amount: 10 CNY, payer: trader, payee: office}}]}}
      file: {{at: office, after: look}}
)",
                     arrivals, step);
}

// Two papers, at 08:00 and 08:05, ten minutes a round, thrice each at one desk: who is looked at
// again goes behind the other. 08:00 A, 08:10 B, 08:20 A, 08:30 B, 08:40 A until 08:50, B to 09:00.
TEST(Repeat, QueuesAnewEveryRound) {
  const Watched run = watch(port("{timetable: {daily: [\"08:00\", \"08:05\"]}, to: 2024-01-02}",
                                 "needs: desk, takes: 10 min, repeat: {while: true, at_most: 3}"));
  const auto papers = run.names("papers");
  ASSERT_EQ(papers.size(), 2u);
  EXPECT_EQ(run.steps(papers[0]),
            "look 1 08:00 1 08:00 1 08:10\n"
            "look 1 08:10 1 08:20 1 08:30\n"
            "look 1 08:30 1 08:40 1 08:50\n"
            "file 1 08:50 1 08:50 1 08:50\n");
  EXPECT_EQ(run.marks(papers[0]), "opened 1 08:00\napproved 1 08:50\n");
  EXPECT_EQ(run.account(papers[0]), "50 = working 30 + busy 20");
  EXPECT_EQ(run.account(papers[1]), "55 = working 30 + busy 25");
  EXPECT_EQ(run.rows.ledger.size(), 6u);
  EXPECT_EQ(run.wrong_accounts(), 0u);
}

/// Rounds by paper.
std::map<trace::EntityId, int> rounds(const Watched& run) {
  std::map<trace::EntityId, int> result;
  for (const trace::StepDone& row : run.rows.steps) {
    if (run.schema.steps[row.step] == "read.look") ++result[row.entity];
  }
  return result;
}

Watched with_chance(const std::string& chance, const std::string& at_most = "4") {
  return watch(port("{every: {exponential: 10 min}}",
                    "needs: clerk, takes: {exponential: 5 min}, repeat: {while: {chance: " +
                        chance + "}, at_most: " + at_most + "}"));
}

TEST(Repeat, DrawsEveryRoundByItself) {
  const Watched run = with_chance("40 %");
  std::map<int, double> share;
  const auto all = rounds(run);
  ASSERT_GT(all.size(), 1300u);
  for (const auto& [paper, count] : all) share[count] += 1.0 / static_cast<double>(all.size());
  EXPECT_NEAR(share[1], 0.6, 0.05);
  EXPECT_NEAR(share[2], 0.24, 0.05);
  EXPECT_NEAR(share[3], 0.096, 0.03);
  EXPECT_NEAR(share[4], 0.064, 0.03);
  EXPECT_EQ(share.size(), 4u);
  // Rounds of one paper last differently.
  std::set<std::int64_t> lasts;
  for (const trace::StepDone& row : run.rows.steps) lasts.insert((row.at - row.start).count());
  EXPECT_GT(lasts.size(), 2000u);
}

TEST(Repeat, AHigherChanceOnlyAddsRounds) {
  const auto some = rounds(with_chance("20 %"));
  const auto more = rounds(with_chance("40 %"));
  int added = 0;
  for (const auto& [paper, count] : some) {
    EXPECT_GE(more.at(paper), count);
    added += more.at(paper) - count;
  }
  EXPECT_GT(added, 300);
}

TEST(Repeat, NoChanceIsNoRepeat) {
  const Watched plain =
      watch(port("{every: {exponential: 10 min}}", "needs: clerk, takes: {exponential: 5 min}"));
  EXPECT_EQ(to_hex(with_chance("0 %").outcome.fingerprint), to_hex(plain.outcome.fingerprint));
  EXPECT_EQ(to_hex(with_chance("40 %", "1").outcome.fingerprint),
            to_hex(plain.outcome.fingerprint));
}

}  // namespace
}  // namespace portflow::procedure_test
