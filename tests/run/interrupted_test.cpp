// What is left of replications when somebody interrupts them.
#include <gtest/gtest.h>

#include "analysis/compare.hpp"
#include "analysis/experiment.hpp"
#include "run/support.hpp"

namespace portflow::analysis {
namespace {

std::shared_ptr<const run::Prepared> tiny() {
  run::Request request;
  request.scenario = run_test::scenario("small/tiny_port.yaml");
  return run_test::prepare(request);
}

TEST(Interrupted, ComparisonKeepsWholePairsOnly) {
  const auto prepared = tiny();
  ASSERT_NE(prepared, nullptr);
  CompareOptions options{.replications = 4,
                         .threads = 1,
                         .base_trace = {},
                         .policy_trace = {},
                         .progress = [](double done) { return done > 0.6; }};
  const auto comparison = compare(*prepared, *prepared, options);
  ASSERT_TRUE(comparison);
  EXPECT_TRUE(comparison->stopped);
  EXPECT_EQ(comparison->replications, 2u);
  EXPECT_EQ(comparison->census.different, 0u);
  EXPECT_GT(comparison->census.compared, 0u);
  for (const Pair& pair : comparison->kpis) EXPECT_EQ(pair.base.values.size(), 2u);
}

TEST(Interrupted, NoWholePairIsALimitFault) {
  const auto prepared = tiny();
  ASSERT_NE(prepared, nullptr);
  CompareOptions options{.replications = 2,
                         .threads = 1,
                         .base_trace = {},
                         .policy_trace = {},
                         .progress = [](double) { return true; }};
  const auto comparison = compare(*prepared, *prepared, options);
  ASSERT_FALSE(comparison);
  EXPECT_EQ(comparison.error().kind, Failure::limit);
}

TEST(Interrupted, ExperimentKeepsWholeReplicationsElseTheFirst) {
  const auto prepared = tiny();
  ASSERT_NE(prepared, nullptr);
  RunMany options{.replications = 4, .threads = 1, .trace = {}, .progress = [](double done) {
                    return done > 0.6;
                  }};
  const auto some = run_experiment(*prepared, options);
  ASSERT_TRUE(some);
  EXPECT_TRUE(some->stopped);
  EXPECT_EQ(some->replications, 2u);
  options.progress = [](double done) { return done > 0.1; };
  const auto part = run_experiment(*prepared, options);
  ASSERT_TRUE(part);
  EXPECT_TRUE(part->stopped);
  EXPECT_EQ(part->replications, 1u);
}

}  // namespace
}  // namespace portflow::analysis
