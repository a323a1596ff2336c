// A run that is killed, or whose disk is full: what is said, and what is left.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "cli/shell.hpp"

namespace portflow {
namespace {

using test::portflow;
using test::Said;
using test::scratch;
using testing::HasSubstr;

const std::string week = PORTFLOW_SOURCE_DIR "/scenarios/dalian/2023_week.yaml";

/// Starts the recording of a week. \returns the process
pid_t start_week(const std::string& trace) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int nowhere = ::open("/dev/null", O_RDWR);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::execl(PORTFLOW_BINARY_DIR "/bin/portflow", "portflow", "run", week.c_str(), "--level", "full",
          "--checkpoint", "6 h", "--trace", trace.c_str(), nullptr);
  ::_exit(127);
}

TEST(TraceSafety, AKilledRunIsRecoveredByCommand) {
  const std::string trace = scratch("killed.h5"), partial = trace + ".partial";
  const std::string whole = scratch("killed.recovered.h5");
  std::filesystem::remove(partial);
  const pid_t child = start_week(trace);
  // As soon as there is something to save.
  for (int patience = 0; patience < 2000; ++patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (portflow("trace info " + partial).out.find("what was recorded before") !=
        std::string::npos) {
      break;
    }
  }
  const Said early = portflow("trace recover " + partial);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_FALSE(std::filesystem::exists(trace)) << "the run was over before it could be killed";
  EXPECT_EQ(early.code, 2);
  EXPECT_EQ(early.err, partial + ": a run is still writing this trace; it can be read as it is\n");

  const Said saved = portflow("trace recover " + partial);
  EXPECT_EQ(saved.code, 0) << saved.err;
  EXPECT_THAT(saved.out, HasSubstr(partial + ": everything before 2023-"));
  EXPECT_THAT(saved.out, HasSubstr(" was saved\n"));
  EXPECT_THAT(saved.out, HasSubstr("written to " + whole));
  EXPECT_THAT(saved.out, testing::Not(HasSubstr("lost:")));
  // It holds what the partial file holds.
  const Said of_partial = portflow("trace kpi --all " + partial);
  EXPECT_EQ(of_partial.code, 0) << of_partial.err;
  EXPECT_EQ(portflow("trace kpi --all " + whole).out, of_partial.out);
  EXPECT_EQ(portflow("trace diff " + partial + " " + whole).out.find("They part at"),
            std::string::npos);
  EXPECT_EQ(portflow("trace recover " + partial).code, 5) << "not overwritten unasked";
  EXPECT_EQ(portflow("trace recover --force " + partial).code, 0);
  std::filesystem::remove(partial);
  std::filesystem::remove(whole);
}

TEST(TraceSafety, NonsenseIsRefusedInWords) {
  Said said = portflow("trace recover README.md");
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, "README.md: this is not an HDF5 file, so no trace\n");
  said = portflow("trace recover no_such.h5.partial");
  EXPECT_EQ(said.code, 5);
  const std::string trace = scratch("done.h5");
  ASSERT_EQ(portflow("run scenarios/small/one_berth.yaml --quiet --trace " + trace).code, 0);
  said = portflow("trace recover " + trace);
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err,
            trace + ": the run finished and its trace is whole: there is nothing to recover\n");
  said = portflow("run scenarios/small/one_berth.yaml --checkpoint soon --trace " + trace + "2");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("'soon' is no duration such as '6 h' or '1 d'"));
}

TEST(TraceSafety, AFullDiskEndsTheRunEarlyWithCode5) {
  const std::string trace = scratch("full.h5"), partial = trace + ".partial";
  std::filesystem::remove(partial);
  // A limit on the size of files stands for the disk: 6 MB, a sixth of the week.
  const std::string command = "ulimit -f 12000; " PORTFLOW_BINARY_DIR "/bin/portflow run " + week +
                              " --quiet --level full --trace " + trace + " > /dev/null 2> " +
                              scratch("err");
  const int status = std::system(("sh -c '" + command + "'").c_str());
  ASSERT_TRUE(WIFEXITED(status)) << status;
  EXPECT_EQ(WEXITSTATUS(status), 5);
  const std::string err = test::text_of(std::filesystem::path(trace).parent_path() / "err");
  EXPECT_THAT(err, HasSubstr(trace + ": "));
  EXPECT_THAT(err, HasSubstr("File too large"));
  EXPECT_THAT(err, HasSubstr("what was written until then stays in '" + partial + "'\n"));
  EXPECT_FALSE(std::filesystem::exists(trace));
  const Said info = portflow("trace info " + partial);
  EXPECT_EQ(info.code, 0) << info.err;
  EXPECT_THAT(info.out, HasSubstr("the run did not end"));
  EXPECT_THAT(info.out, testing::Not(HasSubstr("lost ")));
  std::filesystem::remove(partial);
}

}  // namespace
}  // namespace portflow
