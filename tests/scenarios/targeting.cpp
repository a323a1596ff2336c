// Misdeclared goods: who is missed has a class, and nobody who declares rightly is one of them.
#include <gmock/gmock.h>

#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

TEST(Targeting, MissesGoodsOfEachClassAndOfNoOther) {
  const auto run = figures("dalian/authority_demo.yaml",
                           "{from: 2026-01-01, to: 2026-02-15, warm_up: 10 d, follow: 10 d, "
                           "confidence: assumption}");
  std::vector<std::string> classes;
  double sum = 0;
  for (const kpi::Figure& one : run) {
    if (!one.name.starts_with("misdeclared_missed.")) continue;
    classes.push_back(one.name.substr(one.name.find('.') + 1));
    EXPECT_GT(one.value.value_or(0), 0) << one.name;
    sum += one.value.value_or(0);
  }
  EXPECT_THAT(classes, testing::UnorderedElementsAre("flammable", "corrosive", "class_9"));
  EXPECT_EQ(sum, figure(run, "misdeclared_missed").value);
  EXPECT_GT(figure(run, "innocent_stops").value, 0);
}

}  // namespace
}  // namespace portflow::scenario_test
