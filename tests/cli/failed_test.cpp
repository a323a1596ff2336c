// What fails, and what cannot be told yet, is said in so many words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using test::portflow;
using test::Said;
using test::scratch;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A study in which one level of a factor can never end: a ship needs two berths, and there is one.
std::string half_dead() {
  const std::string path = scratch("study.yaml");
  std::ofstream(path) << "portflow: 1\nstudy: half_dead\nscenario: " PORTFLOW_SOURCE_DIR
                         "/scenarios/small/one_berth.yaml\n"
                         "set: {procedures.call.steps.moor.needs: {berth: 2}}\n"
                         "factors:\n"
                         "  berths: {set: facilities.quay.resources.berth.servers, whole: [1, 2]}\n"
                         "  gap: {set: demand.ships.arrivals.every.exponential, real: [4 h, 6 h]}\n"
                         "design: full\nreplications: 3\n";
  return path;
}

TEST(Failed, RunsAreShownWithPointAndReasonAndEnterNoMean) {
  const std::string out = scratch("out-folder"), study = half_dead();
  const Said said = portflow("sweep " + study + " --out " + out);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(
      said.out,
      AllOf(HasSubstr("failed: point 0 (berths 1, gap 4 h): 3 of 3 replications; replication 0: "
                      "deadlock: 1258 entities wait for each other and for nobody else\n"
                      "failed: point 1 (berths 1, gap 6 h): 3 of 3 replications; replication 0: "
                      "deadlock: 842 entities wait for each other and for nobody else\n"
                      "6 runs failed; they are in the tables and in no mean\n"
                      "in every replication some run failed, so nothing is said of what the "
                      "factors do\n"),
            Not(HasSubstr("point 2"))));
  EXPECT_THAT(test::text_of(out + "/results.csv"),
              HasSubstr("0,0,1,4 h,,,,,0,0,failed: deadlock: 1258 entities wait for each other and "
                        "for nobody else,\n"));
  // Kept with their reason, and not tried again.
  const Said again = portflow("sweep " + study + " --out " + out);
  EXPECT_THAT(again.err, HasSubstr("12 reused, 0 new, 0 stale; 6 of those reused had failed"));
  EXPECT_EQ(again.out, said.out);
  fs::remove_all(out);
}

TEST(Failed, AReplicationIsNamedAndItIsTheFirstWhateverTheThreads) {
  const std::string store = scratch("store");
  const std::string dead =
      "run scenarios/small/one_berth.yaml --set "
      "'procedures.call.steps.moor.needs={berth: 2}' --threads 2 --store " +
      store;
  for (int time = 0; time < 3; ++time) {
    const Said said = portflow(dead + " --replications 4");
    EXPECT_EQ(said.code, 3);
    EXPECT_THAT(said.err,
                testing::StartsWith(
                    "runs: 0 reused, 4 new, 0 stale\nreplication 0: deadlock: 527 entities"));
  }
  EXPECT_THAT(portflow(dead).err, HasSubstr("\ndeadlock: 527 entities"));
  fs::remove_all(store);
}

TEST(NotYet, SaysHowManyMoreReplicationsItTakes) {
  const std::string compare =
      "compare tests/study/berth.yaml --package tests/study/package.yaml --quiet --replications ";
  EXPECT_THAT(portflow(compare + "2").out,
              HasSubstr("not distinguishable yet; about 1 more replication needed\n"));
  EXPECT_THAT(portflow(compare + "1").out,
              HasSubstr("not distinguishable yet, lower in 1 of 1 pairs; about 5 more replications "
                        "needed\n"));
  // And so many are enough, here at least.
  EXPECT_THAT(portflow(compare + "3").out, Not(HasSubstr("not distinguishable yet")));
}

}  // namespace
}  // namespace portflow
