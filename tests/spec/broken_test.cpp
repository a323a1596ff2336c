#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "io/read.hpp"
#include "spec/bind.hpp"

// Every file of tests/spec/broken is refused with exactly the words of its .expected sibling.

namespace portflow {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream stream{path};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::vector<std::string> broken_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{PORTFLOW_SOURCE_DIR "/tests/spec/broken"}) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string complaints(const std::string& file) {
  auto loaded = io::load(file);
  Errors errors;
  if (!loaded) {
    errors = loaded.error().errors;
  } else if (const auto scenario = spec::bind(loaded->root); !scenario) {
    errors = scenario.error().errors;
  }
  std::string result;
  for (const auto& error : errors) result += error.text() + "\n";
  return result;
}

class Broken : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::current_path(PORTFLOW_SOURCE_DIR "/tests/spec/broken");  // names in messages stay short
  }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_;
};

TEST_P(Broken, IsRefusedInTheseWords) {
  const auto expected = contents(GetParam() + ".expected");
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(complaints(GetParam() + ".yaml"), expected);
}

INSTANTIATE_TEST_SUITE_P(Scenario, Broken, testing::ValuesIn(broken_files()),
                         [](const auto& each) { return each.param; });

TEST(BrokenFiles, AreMany) {
  EXPECT_GE(broken_files().size(), 105U);
}

TEST(MissingFile, IsInputNotBug) {
  const auto loaded = io::load("nowhere/at_all.yaml");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, Failure::input);
  ASSERT_EQ(loaded.error().errors.size(), 1U);
  EXPECT_EQ(loaded.error().errors[0].text(),
            "nowhere/at_all.yaml: cannot read `nowhere/at_all.yaml`: No such file or directory");
}

}  // namespace
}  // namespace portflow
