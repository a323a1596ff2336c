// The program as people meet it: what it refuses, in which words, with which exit code.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "viz/live.hpp"
#include "viz/moment.hpp"
#include "viz/sample.hpp"
#include "viz/scene.hpp"
#include "viz/store.hpp"
#include "viz/view.hpp"

namespace portflow::viz {
namespace {

struct Outcome {
  int code{-1};
  std::string said;
};

Outcome view(const std::string& arguments) {
  const std::string command = PORTFLOW_BINARY_DIR "/bin/portflow-view " + arguments + " 2>&1";
  Outcome outcome;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> part;
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) {
    outcome.said.append(part.data(), n);
  }
  outcome.code = WEXITSTATUS(pclose(pipe));
  return outcome;
}

void expect(const Outcome& outcome, int code, const std::string& words) {
  EXPECT_EQ(outcome.code, code) << outcome.said;
  EXPECT_NE(outcome.said.find(words), std::string::npos) << outcome.said;
}

TEST(Program, RefusesWhatIsNoTrace) {
  expect(view("/nonexistent.h5"), 5, "cannot read the trace");
  const std::string text = PORTFLOW_BINARY_DIR "/viz_not_a_trace.h5";
  std::ofstream(text) << "hello";
  expect(view(text), 2, "not an HDF5 file");
  expect(view(text + " --lang zh"), 2, "输入有误");
  expect(view("/nonexistent.h5 --lang zh"), 5, "文件无法读取或写入");
  std::ofstream(text, std::ios::trunc) << "";
  expect(view(text), 2, "not an HDF5 file");
  expect(view(PORTFLOW_BINARY_DIR), 5, "not a file");
}

TEST(Program, RefusesATraceThatWasCutShort) {
  const std::string path =
      test::trace_file(test::make_sample(), "viz_cut_" + std::to_string(getpid()) + ".h5");
  ASSERT_EQ(truncate(path.c_str(), 60'000), 0);
  expect(view(path + " --screenshot " + path + ".png"), 2, "damaged or cut short");
  std::remove(path.c_str());
}

TEST(Program, RefusesOptionsThatMakeNoSense) {
  expect(view(""), 2, "TRACE is required");
  expect(view("x.h5 --lang fr"), 2, "--lang");
  expect(view("x.h5 --size 10x10"), 2, "--size: write WIDTHxHEIGHT");
  expect(view("x.h5 --at noon"), 2, "--at: write");
  expect(view("x.h5 --map /nonexistent"), 2, "--map: no such folder");
}

TEST(Program, SaysWhatItIs) {
  expect(view("--version"), 0, "portflow-view");
  expect(view("--help"), 0, "Examples:");
}

TEST(Store, OfARunThatWasCutOffEndsWhereItsFirstTableEnds) {
  test::Sample sample = test::make_sample();
  sample.schema.fingerprint.clear();
  auto& levels = sample.batch.levels;
  levels.resize(levels.size() / 2);
  const Store store(sample.schema, sample.batch);
  EXPECT_FALSE(store.sealed());
  EXPECT_EQ(store.end(), levels.back().at);
  EXPECT_FALSE(store.unfinished(store.end())) << "births may be lost: no count is better";
}

TEST(Live, ANewerStoreTakesTheOldOnesPlace) {
  const test::Sample sample = test::make_sample();
  const std::string own = "viz_live_" + std::to_string(getpid()) + ".h5";
  const std::string path = test::trace_file(sample, own);
  Worker worker;
  // The file that was asked for is gone: the run has ended and its trace lost `.partial`.
  Live live(path + ".partial", worker);
  EXPECT_EQ(live.poll(1), nullptr) << "too early to look again";
  EXPECT_EQ(live.poll(6), nullptr) << "asked for, not yet read";
  worker.wait();
  const auto store = live.poll(7);
  ASSERT_NE(store, nullptr);
  EXPECT_TRUE(store->sealed());
  EXPECT_EQ(live.path(), path);
  std::remove(path.c_str());
}

TEST(Moment, IsABusyOneOfTheSecondHalfByDay) {
  const test::Sample sample = test::make_sample();
  const Store store(sample.schema, sample.batch);
  const SimTime at = telling_moment(store);
  EXPECT_GE(at, store.begin() + (store.end() - store.begin()) / 2);
  EXPECT_LE(at, store.end());
  const auto hour = time_of_day(at) / std::chrono::hours(1);
  EXPECT_GE(hour, 8) << "the sample is busiest in the early afternoon";
  EXPECT_LT(hour, 20);
  EXPECT_EQ(first_view(store, std::nullopt).now, at);
}

}  // namespace
}  // namespace portflow::viz
