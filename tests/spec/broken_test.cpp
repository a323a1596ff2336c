#include "io/read.hpp"
#include "spec/bind.hpp"
#include "spec/broken_files.hpp"

// Every file of tests/spec/broken is refused with exactly the words of its .expected sibling.

namespace portflow {
namespace {

namespace fs = std::filesystem;

constexpr const char* folder = "tests/spec/broken";

struct Broken : test::BrokenFile {
  Broken() : BrokenFile(folder) {}
};

TEST_P(Broken, IsRefusedInTheseWords) {
  ASSERT_FALSE(expected().empty());
  auto loaded = io::load(file());
  Errors errors;
  if (!loaded) {
    errors = loaded.error().errors;
  } else if (const auto scenario = spec::bind(loaded->root); !scenario) {
    errors = scenario.error().errors;
  }
  EXPECT_EQ(test::text_of(errors), expected());
}

INSTANTIATE_TEST_SUITE_P(Scenario, Broken, testing::ValuesIn(test::yaml_stems(folder)),
                         [](const auto& each) { return each.param; });

TEST(BrokenFiles, AreMany) {
  EXPECT_GE(test::yaml_stems(folder).size(), 105U);
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
