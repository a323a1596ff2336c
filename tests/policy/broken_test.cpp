#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "io/read.hpp"
#include "policy/compile.hpp"

// Every measure of tests/policy/broken, alone or with its `.and` sibling, is refused on port.yaml
// with exactly the words of its `.expected` sibling; and so with the two in the other order.

namespace portflow {
namespace {

namespace fs = std::filesystem;

const fs::path folder{PORTFLOW_SOURCE_DIR "/tests/policy/broken"};

std::string contents(const fs::path& path) {
  std::ifstream stream{path};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::vector<std::string> broken_sets() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const fs::path& path = entry.path();
    if (path.extension() != ".yaml" || path.stem() == "port") continue;
    if (path.stem().extension() != ".and") names.push_back(path.stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string text_of(const Fault& fault) {
  std::string text;
  for (const Error& error : fault.errors) text += error.text() + "\n";
  return text;
}

std::string complaints(const std::vector<std::string>& files) {
  auto port = io::load("port.yaml");
  if (!port) return text_of(port.error());
  std::vector<policy::Measure> measures;
  for (const std::string& file : files) {
    auto loaded = io::load(file);
    if (!loaded) return text_of(loaded.error());
    auto measure = policy::bind_measure(std::move(loaded->root), file);
    if (!measure) return text_of(measure.error());
    measures.push_back(std::move(*measure));
  }
  const auto result = policy::compile(port->root, measures);
  return result ? "" : text_of(result.error());
}

class BrokenMeasure : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::current_path(folder);  // names in messages stay short
  }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_;
};

TEST_P(BrokenMeasure, IsRefusedInTheseWords) {
  std::vector<std::string> files{GetParam() + ".yaml"};
  if (fs::exists(GetParam() + ".and.yaml")) files.push_back(GetParam() + ".and.yaml");
  const std::string expected = contents(GetParam() + ".expected");
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(complaints(files), expected);
  std::ranges::reverse(files);
  EXPECT_EQ(complaints(files), expected) << "in the other order";
}

INSTANTIATE_TEST_SUITE_P(Policy, BrokenMeasure, testing::ValuesIn(broken_sets()),
                         [](const auto& each) { return each.param; });

TEST(BrokenMeasures, AreMany) {
  EXPECT_GE(broken_sets().size(), 50u);
}

TEST(Port, IsGoodWithoutThem) {
  const auto port = io::load((folder / "port.yaml").string());
  ASSERT_TRUE(port);
  EXPECT_TRUE(policy::compile(port->root, {}));
}

}  // namespace
}  // namespace portflow
