// Runs that are finished stay finished, whatever became of the program that made them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::portflow;
using test::Said;
using test::scratch;
using testing::HasSubstr;

const std::string tiny = "scenarios/small/tiny_port.yaml";

std::size_t finished(const std::string& store) {
  std::size_t count = 0;
  std::error_code ignored;
  for (fs::recursive_directory_iterator at(store + "/runs", ignored), end; at != end; ++at) {
    if (at->path().extension() == ".json") ++count;
  }
  return count;
}

TEST(Store, TwentyAfterTenRunsTenMore) {
  const std::string store = scratch("store"), a = scratch("a.json"), b = scratch("b.json");
  EXPECT_THAT(portflow("run " + tiny + " --replications 10 --store " + store).err,
              HasSubstr("runs: 0 reused, 10 new, 0 stale"));
  const Said more = portflow("run " + tiny + " --replications 20 --store " + store + " --kpi " + a);
  EXPECT_THAT(more.err, HasSubstr("runs: 10 reused, 10 new, 0 stale"));
  ASSERT_EQ(portflow("run " + tiny + " --replications 20 --kpi " + b).code, 0);
  const json with = json::parse(test::text_of(a)), without = json::parse(test::text_of(b));
  EXPECT_EQ(with["kpis"], without["kpis"]);
  EXPECT_EQ(with["fingerprint"], without["fingerprint"]);
  const Said stale =
      portflow("run " + tiny + " --replications 20 --store " + store + " --warm-up '1 d'");
  EXPECT_THAT(stale.err, HasSubstr("0 reused, 20 new")) << "other settings are another arm";
  fs::remove_all(store);
}

TEST(Store, AKilledRunCostsOnlyWhatWasInFlight) {
  const std::string store = scratch("store"), a = scratch("a.json"), b = scratch("b.json");
  const std::string command =
      "run " + tiny + " --replications 400 --threads 2 --quiet --store " + store + " --kpi " + a;
  const pid_t child = fork();
  if (child == 0) {
    const std::string line = "cd " PORTFLOW_SOURCE_DIR " && exec " PORTFLOW_BINARY_DIR
                             "/bin/portflow " +
                             command + " > /dev/null 2>&1";
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  while (finished(store) < 20 && std::chrono::steady_clock::now() < patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it was done before it was killed";
  const std::size_t kept = finished(store);
  ASSERT_GE(kept, 20u);
  ASSERT_LT(kept, 400u);

  const Said again =
      portflow("run " + tiny + " --replications 400 --store " + store + " --kpi " + a);
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.err, HasSubstr("runs: " + std::to_string(kept) + " reused, " +
                                   std::to_string(400 - kept) + " new, 0 stale"));
  ASSERT_EQ(portflow("run " + tiny + " --replications 400 --kpi " + b).code, 0);
  EXPECT_EQ(json::parse(test::text_of(a))["kpis"], json::parse(test::text_of(b))["kpis"]);
  fs::remove_all(store);
}

TEST(Store, PairsAreFoundAgainAndTellWhichFieldChanged) {
  const std::string store = scratch("store"), copy = scratch("port.yaml");
  const std::string text = test::text_of(PORTFLOW_SOURCE_DIR "/" + tiny);
  const auto write = [&](const std::string& words) { std::ofstream(copy) << words; };
  write(text);
  const std::string command = "compare " + copy + " --replications 3 --store " + store;
  EXPECT_THAT(portflow(command).err, HasSubstr("pairs: 0 reused, 3 new, 0 stale"));
  EXPECT_THAT(portflow(command).err, HasSubstr("pairs: 3 reused, 0 new, 0 stale"));
  std::string changed = text;
  const std::size_t follow = changed.find("follow: ");
  ASSERT_NE(follow, std::string::npos);
  changed.replace(follow, changed.find_first_of(",}", follow) - follow, "follow: 3 d");
  write(changed);
  EXPECT_THAT(portflow(command).err, testing::AllOf(HasSubstr("pairs: 0 reused, 0 new, 3 stale"),
                                                    HasSubstr("changed: horizon.follow: ")));
  fs::remove_all(store);
}

}  // namespace
}  // namespace portflow
