// What a long campaign says would be shorter: only what is, and the count that it then has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <thread>

#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using test::portflow;
using test::Said;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A berth that is followed for two centuries, with eight measures of which one begins after them.
class Forecast : public testing::Test {
 protected:
  Forecast() : folder_(test::scratch("two-centuries")) {
    fs::create_directories(folder_ + "/measures");
    std::ofstream(folder_ + "/port.yaml")
        << "portflow: 1\nextends: " PORTFLOW_SOURCE_DIR
           "/scenarios/small/one_berth.yaml\n"
           "horizon: {from: 2024-01-01, to: 2224-01-01, warm_up: 7 d, follow: 30 d}\n";
    for (int i = 1; i <= 8; ++i) {
      const std::string id = "m0" + std::to_string(i);
      std::ofstream(folder_ + "/measures/" + id + "_try.yaml")
          << "id: " << id
          << "\ntitle: {zh: 试, en: A try}\nstarts: " << (i == 8 ? "2300-01-01" : "2024-02-01")
          << "\neffects:\n  - {edit: procedures.call.steps.moor.takes.exponential, scale: 9" << i
          << " %"
          << ", confidence: assumption}\n";
    }
  }
  ~Forecast() override { fs::remove_all(folder_); }

  /// The arguments that take `measures` apart, in so many replications and as `options` say.
  [[nodiscard]] std::string ablate(const std::string& measures, const std::string& options) const {
    const std::string package = folder_ + "/package.yaml";
    std::ofstream(package) << "name: p\nmeasures: " << measures << "\n";
    return "ablate " + folder_ + "/port.yaml --package " + package + " --out " + folder_ +
           "/out --jobs 1 " + options;
  }

  std::string folder_;
};

const std::string eight = "[m01, m02, m03, m04, m05, m06, m07, m08]";
const std::string in_two = eight + "\ngroups: {a: [m01, m02, m03, m04, m05], b: [m06, m07, m08]}";

/// The runs that the forecast names, and by option those of each hint.
struct Told {
  std::string runs;
  std::map<std::string, std::string> with;
};

Told told_by(const std::string& text) {
  Told told;
  std::smatch found;
  if (std::regex_search(text, found, std::regex("(?:^|\n)([0-9,]+) runs, about "))) {
    told.runs = found[1];
  }
  static const std::regex hint("with (--[^:\n]*): ([0-9,]+) runs, about [^;\n]+; it [a-z]+ ");
  for (std::sregex_iterator at(text.begin(), text.end(), hint), end; at != end; ++at) {
    told.with[(*at)[1]] = (*at)[2];
  }
  return told;
}

TEST_F(Forecast, PromisesTheRunsThatTheShorterCampaignHas) {
  const std::string whole = ablate(in_two, "--replications 2000 --dry-run");
  const Said said = portflow(whole);
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr(" of them are the same run as another, and made once\n"));
  const Told told = told_by(said.out);
  ASSERT_THAT(told.with,
              testing::UnorderedElementsAre(testing::Key("--orders 5"), testing::Key("--groups")))
      << said.out;
  EXPECT_EQ(told.with.at("--groups"), "8,000") << "two chapters make four sets";
  for (const auto& [option, runs] : told.with) {
    const Said shorter = portflow(whole + " " + option);
    EXPECT_EQ(shorter.code, 0) << option << shorter.err;
    EXPECT_EQ(told_by(shorter.out).runs, runs) << option << shorter.out;
    EXPECT_NE(runs, told.runs) << option;
    EXPECT_EQ(told_by(shorter.out).with.count(option), 0u) << "it is followed already";
  }
}

TEST_F(Forecast, NamesNothingThatIsNoShorter) {
  const auto hints = [&](const std::string& measures, const std::string& options) {
    const Said said = portflow(ablate(measures, options + " --dry-run"));
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(told_by(said.out).runs, "") << said.out;
    return told_by(said.out).with;
  };
  using testing::ElementsAre;
  using testing::IsEmpty;
  using testing::Key;
  EXPECT_THAT(hints(in_two, "--replications 2"), IsEmpty()) << "it is short as it is";
  EXPECT_THAT(hints(eight, "--replications 2000"), ElementsAre(Key("--orders 5")))
      << "the package has no chapters";
  EXPECT_THAT(hints(eight, "--replications 2000 --orders 5"), IsEmpty());
  EXPECT_THAT(
      hints("[m01, m02, m03, m04]\ngroups: {a: [m01, m02], b: [m03, m04]}", "--replications 20000"),
      ElementsAre(Key("--groups")))
      << "shares of four are exact, no orders are drawn";
  EXPECT_THAT(hints("[m01, m02]\ngroups: {a: [m01], b: [m02]}", "--replications 40000"), IsEmpty())
      << "each chapter is one measure";
}

// The same is said before a long campaign begins.
TEST_F(Forecast, IsGivenWhereTheCampaignBegins) {
  const std::string arguments = ablate(in_two, "--replications 2000");
  const std::string errors = folder_ + "/errors";
  const pid_t child = fork();
  if (child == 0) {
    const std::string line =
        "exec " PORTFLOW_BINARY_DIR "/bin/portflow " + arguments + " > /dev/null 2> " + errors;
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{120};
  std::error_code ignored;
  while (!fs::exists(folder_ + "/out/store/runs", ignored) &&
         std::chrono::steady_clock::now() < patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_THAT(test::text_of(errors), AllOf(HasSubstr("with --orders 5: "),
                                           HasSubstr("with --groups: 8,000 runs, about ")));
}

}  // namespace
}  // namespace portflow
