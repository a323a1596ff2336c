// What a report needs of a pair is kept in the store, and reads back equal.
#include "analysis/store/anatomy_json.hpp"

#include <gtest/gtest.h>

#include "analysis/compare.hpp"

namespace portflow::store {
namespace {

TEST(AnatomyJson, ReadsBackEqual) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/tests/analysis/report_port.yaml";
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared);
  analysis::CompareOptions options;
  options.anatomy = true;
  const auto comparison = analysis::compare(**prepared, **prepared, options);
  ASSERT_TRUE(comparison);
  const analysis::Anatomy& anatomy = comparison->anatomies.front().base;
  ASSERT_FALSE(anatomy.trees.empty());
  ASSERT_FALSE(anatomy.studies.empty());
  ASSERT_FALSE(anatomy.promises.front().broken.empty());
  const auto text = json_of(anatomy).dump();
  EXPECT_EQ(anatomy_of(nlohmann::json::parse(text)), anatomy);
}

TEST(AnatomyJson, RefusesCausesAndAxesThatAreNone) {
  EXPECT_THROW(static_cast<void>(cause_of(nlohmann::json(10))), nlohmann::json::exception);
  const auto axis = nlohmann::json::parse(
      R"([[], [["kpi", [[9, "x", 1, 1, 1, 1, 1, [0,0,0,0,0,0,0,0,0,0], 0]]]], []])");
  EXPECT_THROW(static_cast<void>(anatomy_of(axis)), nlohmann::json::exception);
}

}  // namespace
}  // namespace portflow::store
