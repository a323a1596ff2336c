#include <gtest/gtest.h>

#include "io/read.hpp"
#include "spec/bind.hpp"

namespace portflow {
namespace {

std::string text_of(const Errors& errors) {
  std::string result;
  for (const auto& error : errors) result += error.text() + "\n";
  return result;
}

TEST(SmallScenarios, Bind) {
  for (const auto* name : {"one_berth", "tiny_port"}) {
    auto loaded = io::load(std::string{PORTFLOW_SOURCE_DIR} + "/scenarios/small/" + name + ".yaml");
    ASSERT_TRUE(loaded) << text_of(loaded.error().errors);
    const auto scenario = spec::bind(loaded->root);
    EXPECT_TRUE(scenario) << text_of(scenario.error().errors);
  }
}

}  // namespace
}  // namespace portflow
