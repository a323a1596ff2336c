// Every file of tests/calibration/broken is refused with exactly the words of its .expected
// sibling.
#include "analysis/calibration/problem.hpp"
#include "spec/broken_files.hpp"

namespace portflow::calibration {
namespace {

constexpr const char* folder = "tests/calibration/broken";

struct BrokenCalibration : test::BrokenFile {
  BrokenCalibration() : BrokenFile(folder) {}
};

TEST_P(BrokenCalibration, IsRefusedInTheseWords) {
  ASSERT_FALSE(expected().empty());
  const auto problem = read_problem(file());
  ASSERT_FALSE(problem);
  EXPECT_EQ(test::text_of(problem.error().errors), expected());
}

INSTANTIATE_TEST_SUITE_P(Calibration, BrokenCalibration,
                         testing::ValuesIn(test::yaml_stems(folder)),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace portflow::calibration
