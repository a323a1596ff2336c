// Every file of tests/calibration/broken is refused with exactly the words of its .expected
// sibling.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "analysis/calibration/problem.hpp"

namespace portflow::calibration {
namespace {

namespace fs = std::filesystem;

const fs::path folder{PORTFLOW_SOURCE_DIR "/tests/calibration/broken"};

std::vector<std::string> broken_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

class BrokenCalibration : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::current_path(folder);  // names in messages stay short
  }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_;
};

TEST_P(BrokenCalibration, IsRefusedInTheseWords) {
  std::ifstream stream{GetParam() + ".expected"};
  const std::string expected{std::istreambuf_iterator<char>{stream}, {}};
  ASSERT_FALSE(expected.empty());
  const auto problem = read_problem(GetParam() + ".yaml");
  ASSERT_FALSE(problem);
  std::string complaints;
  for (const Error& error : problem.error().errors) complaints += error.text() + "\n";
  EXPECT_EQ(complaints, expected);
}

INSTANTIATE_TEST_SUITE_P(Calibration, BrokenCalibration, testing::ValuesIn(broken_files()),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace portflow::calibration
