// The ledger of risks against what befalls: expected and counted are the same but for luck.
#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

TEST(Risks, OfMissedViolationsAgreeWithThoseThatAreMissed) {
  const auto run = figures(
      "shown/containers.yaml",
      "{from: 2025-06-02, to: 2025-06-11, warm_up: 4 d, follow: 9 d, confidence: assumption}");
  const auto value = [&](const char* name) { return figure(run, name).value.value_or(-1); };
  // There every ordinary lot violates, so nothing is left to luck; of the AEOs' a fifth do.
  EXPECT_GT(value("violations_expected.ordinary"), 1000);
  EXPECT_EQ(value("violations_expected.ordinary"), value("violations_missed.ordinary"));
  const double aeos = value("violations_expected.aeo");
  EXPECT_GT(aeos, 100);
  EXPECT_NEAR(value("violations_missed.aeo"), aeos, 4 * std::sqrt(aeos * 0.8));
  EXPECT_NE(value("violations_missed.aeo"), aeos);
}

}  // namespace
}  // namespace portflow::scenario_test
