// portflow sweep, ablate and screen as their users meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <thread>

#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using test::portflow;
using test::Said;
using test::scratch;
using testing::AllOf;
using testing::HasSubstr;

const std::string study = "scenarios/sweeps/tiny_lanes.yaml";

TEST(Sweep, SaysWhatItWillCostAndRunsNothing) {
  const std::string out = scratch("out-folder");
  const Said said = portflow("sweep " + study + " --dry-run --out " + out);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out,
              AllOf(HasSubstr("runs: 0 reused, 40 new, 0 stale"), HasSubstr("40 runs, about "),
                    HasSubstr("told from the start of one run"), HasSubstr(" of disk")));
  EXPECT_FALSE(fs::exists(out + "/results.csv"));
  fs::remove_all(out);
}

/// A study of one berth with `set` at every point, as a file.
std::string dead_study(const std::string& set) {
  const std::string path = scratch("study.yaml");
  std::ofstream(path) << "portflow: 1\nstudy: dead\nscenario: " PORTFLOW_SOURCE_DIR
                         "/scenarios/small/one_berth.yaml\nset: {"
                      << set
                      << "}\nfactors:\n  gap: {set: demand.ships.arrivals.every.exponential, real: "
                         "[4 h, 6 h]}\ndesign: full\n";
  return path;
}

TEST(Sweep, SaysWhatWouldStopItBeforeItRuns) {
  const std::string out = scratch("out-folder");
  const Said dead = portflow("sweep " + dead_study("procedures.call.steps.moor.needs: {berth: 2}") +
                             " --dry-run --out " + out);
  EXPECT_EQ(dead.code, 3);
  EXPECT_THAT(dead.err, AllOf(HasSubstr("deadlock: "),
                              HasSubstr("needs 2 of quay.berth, of which there are 1")));
  const Said refused =
      portflow("sweep " + dead_study("facilities.quay.resources.berth.servers: 0.5") +
               " --dry-run --replications 1 --out " + out);
  EXPECT_EQ(refused.code, 0);
  EXPECT_THAT(refused.out,
              AllOf(HasSubstr("2 points do not compile"), HasSubstr("servers: "),
                    HasSubstr("2 runs failed; they are in the tables and in no mean")));
  fs::remove_all(out);
}

TEST(Sweep, GoesOnWhereItWasAndTellsWhatTheFactorsDo) {
  const std::string out = scratch("out-folder");
  const Said first = portflow("sweep " + study + " --all --out " + out);
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, AllOf(HasSubstr("longest_border_wait"), HasSubstr("counters"),
                               HasSubstr("tables in " + out)));
  const std::string table = test::text_of(out + "/results.csv");
  EXPECT_THAT(table,
              testing::StartsWith("point,replication,cranes,counters,desks,kpi,unit,value,"));
  const Said again = portflow("sweep " + study + " --out " + out + " --replications 6 --jobs 1");
  EXPECT_THAT(again.err, HasSubstr("runs: 40 reused, 8 new, 0 stale"));
  const Said stale = portflow("sweep " + study + " --out " + out + " --dry-run");
  EXPECT_THAT(stale.out, AllOf(HasSubstr("40 reused, 0 new"), HasSubstr("0 runs, about 0 s")));
  fs::remove_all(out);
}

TEST(Sweep, InterruptedItKeepsWhatWasDone) {
  const std::string out = scratch("out-folder");
  const pid_t child = fork();
  if (child == 0) {
    const std::string line =
        "cd " PORTFLOW_SOURCE_DIR " && exec " PORTFLOW_BINARY_DIR "/bin/portflow sweep " + study +
        " --replications 300 --out " + out + " > /dev/null 2> " + out + ".err";
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  std::error_code ignored;
  while (!fs::exists(out + "/store/runs", ignored) && std::chrono::steady_clock::now() < patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 4) << "a limit or an interruption";
  // As many are there as it said that it had made, and some are.
  std::smatch made;
  const std::string told = test::text_of(out + ".err");
  ASSERT_TRUE(std::regex_search(told, made, std::regex("([0-9,]+) runs made in"))) << told;
  EXPECT_THAT(told, HasSubstr(" runs, about ")) << "how long many runs take is said before them";
  const Said again = portflow("sweep " + study + " --out " + out + " --replications 300 --dry-run");
  EXPECT_THAT(again.out, HasSubstr("runs: " + made[1].str() + " reused"));
  EXPECT_THAT(again.out, testing::Not(HasSubstr("runs: 0 reused")));
  EXPECT_THAT(again.out, testing::Not(HasSubstr(" 0 new")));
  fs::remove_all(out);
  fs::remove(out + ".err");
}

TEST(Sweep, RefusesWhatIsNoStudyAndNoShard) {
  EXPECT_EQ(portflow("sweep scenarios/small/one_berth.yaml").code, 2);
  const Said shard = portflow("sweep " + study + " --shard 4/3 --dry-run");
  EXPECT_EQ(shard.code, 2);
  EXPECT_EQ(shard.err, "--shard: '4/3' is no K/N with K from 1 to N\n");
}

TEST(Ablate, TakesAPackageApart) {
  const std::string out = scratch("out-folder");
  const Said said = portflow(
      "ablate tests/study/berth.yaml --package tests/study/package.yaml --replications 5 --kpi "
      "time_in_port --out " +
      out);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, AllOf(HasSubstr("total"), HasSubstr("all together"), HasSubstr("share"),
                              HasSubstr("left_out"), HasSubstr("alone")));
  EXPECT_THAT(test::text_of(out + "/analysis.csv"), HasSubstr("time_in_port,h,share,m03,0,0,0,"));
  fs::remove_all(out);
}

// m17 begins in July 2025: with it or without it, June 2024 is the same run.
TEST(Ablate, MakesOnceWhatIsTheSameRun) {
  const std::string out = scratch("out-folder"), package = scratch("package.yaml");
  std::ofstream(package) << "name: p\nmeasures: [m17, m27]\n";
  const Said said = portflow("ablate scenarios/shown/june_2024.yaml --replications 3 --package " +
                             package + " --dry-run --out " + out);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, AllOf(HasSubstr("runs: 0 reused, 12 new, 0 stale\n"
                                        "6 of them are the same run as another, and made once\n"
                                        "6 runs, about ")));
  fs::remove_all(out);
  fs::remove(package);
}

TEST(Screen, TriesAllMeasuresAndTakesFiveReplications) {
  const std::string out = scratch("out-folder");
  const Said said = portflow("screen tests/study/berth.yaml --folded --out " + out);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("remark: m05 is not screened, since one that is excludes it"));
  EXPECT_THAT(said.out, AllOf(HasSubstr("effect"), HasSubstr("m02")));
  EXPECT_EQ(portflow("screen tests/study/berth.yaml --replications 4").err,
            "Plackett-Burman effects take at least 5 replications\n");
  fs::remove_all(out);
}

}  // namespace
}  // namespace portflow
