// The same tables to the byte by any number of ranks, and a rank that dies loses nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace portflow {
namespace {

namespace fs = std::filesystem;

const std::string program = PORTFLOW_BINARY_DIR "/bin/portflow";
const std::string study = PORTFLOW_SOURCE_DIR "/scenarios/sweeps/tiny_lanes.yaml";

class Ranks : public testing::Test {
 protected:
  Ranks()
      : folder_(fs::temp_directory_path() /
                ("portflow-ranks-" + std::to_string(getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }

  ~Ranks() override { fs::remove_all(folder_); }

  /// The command of a sweep of so many ranks into `out`.
  [[nodiscard]] std::string sweep(int ranks, const std::string& out, int replications) const {
    const std::string run = program + " sweep " + study + " --quiet --replications " +
                            std::to_string(replications) + " --out " + (folder_ / out).string() +
                            " > " + (folder_ / (out + ".txt")).string() + " 2>&1";
    if (ranks == 0) return run + " --jobs 1";
    return "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 exec mpirun --oversubscribe "
           "-n " +
           std::to_string(ranks) + " " + run;
  }

  [[nodiscard]] std::string text(const std::string& path) const {
    std::ifstream file(folder_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>{file}, {}};
  }

  void expect_same(const std::string& a, const std::string& b) const {
    for (const char* name : {"results.csv", "results.h5", "analysis.csv"}) {
      const std::string left = text(a + "/" + name);
      EXPECT_GT(left.size(), 500u) << a << "/" << name << "\n" << text(a + ".txt");
      EXPECT_EQ(left, text(b + "/" + name)) << name << "\n" << text(b + ".txt");
    }
  }

  [[nodiscard]] std::size_t finished(const std::string& out) const {
    std::size_t count = 0;
    std::error_code ignored;
    for (fs::recursive_directory_iterator at(folder_ / out / "store" / "runs", ignored), end;
         at != end; at.increment(ignored)) {
      if (at->path().extension() == ".json") ++count;
    }
    return count;
  }

  fs::path folder_;
};

TEST_F(Ranks, AnyNumberOfThemMakesTheSameTables) {
  ASSERT_EQ(std::system(sweep(0, "alone", 5).c_str()), 0) << text("alone.txt");
  for (const int ranks : {1, 2, 4}) {
    const std::string out = std::to_string(ranks);
    ASSERT_EQ(std::system(sweep(ranks, out, 5).c_str()), 0) << text(out + ".txt");
    expect_same("alone", out);
  }
}

/// Process ids of portflow programs below `parent`.
std::vector<pid_t> ranks_below(pid_t parent) {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream stat(entry.path() / "stat");
    std::string id, command, state;
    pid_t above = 0;
    if (!(stat >> id >> command >> state >> above)) continue;
    if (above == parent && command == "(portflow)") found.push_back(std::stoi(name));
  }
  return found;
}

TEST_F(Ranks, OneThatDiesDoesNotLoseTheSweep) {
  const int replications = 60;
  const pid_t child = fork();
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", sweep(3, "killed", replications).c_str(), nullptr);
    _exit(127);
  }
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  while (finished("killed") < 30 && std::chrono::steady_clock::now() < patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  const auto ranks = ranks_below(child);
  ASSERT_EQ(ranks.size(), 3u) << text("killed.txt");
  kill(ranks.back(), SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_NE(status, 0);
  const std::size_t kept = finished("killed");
  EXPECT_GE(kept, 30u);
  ASSERT_LT(kept, 8u * replications) << "all was done before the rank died";
  ASSERT_EQ(std::system(sweep(2, "killed", replications).c_str()), 0) << text("killed.txt");
  ASSERT_EQ(std::system(sweep(0, "alone", replications).c_str()), 0) << text("alone.txt");
  expect_same("alone", "killed");
}

}  // namespace
}  // namespace portflow
