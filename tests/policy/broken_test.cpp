#include "io/read.hpp"
#include "policy/compile.hpp"
#include "spec/broken_files.hpp"

// Every measure of tests/policy/broken, alone or with its `.and` sibling, is refused on port.yaml
// with exactly the words of its `.expected` sibling; and so with the two in the other order.

namespace portflow {
namespace {

namespace fs = std::filesystem;

constexpr const char* folder = "tests/policy/broken";

std::vector<std::string> broken_sets() {
  std::vector<std::string> names = test::yaml_stems(folder);
  std::erase_if(names, [](const std::string& name) {
    return name == "port" || fs::path(name).extension() == ".and";
  });
  return names;
}

std::string complaints(const std::vector<std::string>& files) {
  auto port = io::load("port.yaml");
  if (!port) return test::text_of(port.error().errors);
  std::vector<policy::Measure> measures;
  for (const std::string& file : files) {
    auto loaded = io::load(file);
    if (!loaded) return test::text_of(loaded.error().errors);
    auto measure = policy::bind_measure(std::move(loaded->root), file);
    if (!measure) return test::text_of(measure.error().errors);
    measures.push_back(std::move(*measure));
  }
  const auto result = policy::compile(port->root, measures);
  return result ? "" : test::text_of(result.error().errors);
}

struct BrokenMeasure : test::BrokenFile {
  BrokenMeasure() : BrokenFile(folder) {}
};

TEST_P(BrokenMeasure, IsRefusedInTheseWords) {
  std::vector<std::string> files{file()};
  if (fs::exists(GetParam() + ".and.yaml")) files.push_back(GetParam() + ".and.yaml");
  ASSERT_FALSE(expected().empty());
  EXPECT_EQ(complaints(files), expected());
  std::ranges::reverse(files);
  EXPECT_EQ(complaints(files), expected()) << "in the other order";
}

INSTANTIATE_TEST_SUITE_P(Policy, BrokenMeasure, testing::ValuesIn(broken_sets()),
                         [](const auto& each) { return each.param; });

TEST(BrokenMeasures, AreMany) {
  EXPECT_GE(broken_sets().size(), 50u);
}

TEST(Port, IsGoodWithoutThem) {
  const auto port = io::load(PORTFLOW_SOURCE_DIR "/tests/policy/broken/port.yaml");
  ASSERT_TRUE(port);
  EXPECT_TRUE(policy::compile(port->root, {}));
}

}  // namespace
}  // namespace portflow
