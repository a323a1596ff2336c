// What README.md says the program prints is what it prints.
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "cli/shell.hpp"

namespace portflow {
namespace {

/// A command of a ```console block, and the lines below it.
struct Example {
  std::string command, output;
};

std::vector<Example> examples_of(const std::string& page) {
  std::istringstream lines(page);
  std::vector<Example> examples;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ portflow ")) {
      examples.push_back({line.substr(11), ""});
    } else if (inside && !examples.empty()) {
      examples.back().output += line + "\n";
    }
  }
  return examples;
}

/// How long a run took is no promise.
std::string without_seconds(const std::string& text) {
  static const std::regex seconds("seconds [0-9.]+");
  return std::regex_replace(text, seconds, "seconds ...");
}

TEST(Readme, ExamplesPrintWhatItSays) {
  const std::vector<Example> examples =
      examples_of(test::text_of(PORTFLOW_SOURCE_DIR "/README.md"));
  ASSERT_GE(examples.size(), 4u);
  for (const Example& example : examples) {
    const test::Said said = test::portflow(example.command);
    EXPECT_EQ(without_seconds(said.out + said.err), without_seconds(example.output))
        << "$ portflow " << example.command;
  }
}

}  // namespace
}  // namespace portflow
