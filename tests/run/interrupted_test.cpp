// What may be said of replications when Ctrl-C ended them at different instants.
#include "analysis/compare.hpp"
#include "analysis/experiment.hpp"
#include "run/support.hpp"

namespace portflow::analysis {
namespace {

std::shared_ptr<const run::Prepared> one_berth() {
  run::Request request;
  request.scenario = run_test::scenario("small/one_berth.yaml");
  return run_test::prepare(request);
}

/// The second of three replications is cut in the middle; the third does not get far.
bool in_the_second(double share) {
  return share > 0.45;
}

bool in_the_first(double share) {
  return share > 0.1;
}

TEST(Interrupted, OnlyWholeReplicationsHaveAMean) {
  const auto prepared = one_berth();
  ASSERT_NE(prepared, nullptr);
  RunMany options{.replications = 3, .threads = 1, .trace = {}, .progress = in_the_second};
  const auto cut = run_experiment(*prepared, options);
  ASSERT_TRUE(cut) << run_test::text_of(cut.error());
  options = {.replications = 1, .threads = 1, .trace = {}, .progress = {}};
  const auto whole = run_experiment(*prepared, options);
  ASSERT_TRUE(whole) << run_test::text_of(whole.error());
  EXPECT_TRUE(cut->stopped);
  EXPECT_FALSE(cut->cut);
  EXPECT_EQ(cut->replications, 1u);
  EXPECT_EQ(cut->fingerprint, whole->fingerprint);
  EXPECT_EQ(cut->kpis.front().mean, whole->kpis.front().mean);
}

TEST(Interrupted, TheFirstAloneSaysHowFarItCame) {
  const auto prepared = one_berth();
  ASSERT_NE(prepared, nullptr);
  const auto cut = run_experiment(
      *prepared, {.replications = 3, .threads = 1, .trace = {}, .progress = in_the_first});
  ASSERT_TRUE(cut) << run_test::text_of(cut.error());
  EXPECT_TRUE(cut->cut);
  EXPECT_EQ(cut->replications, 1u);
  EXPECT_GT(cut->kpis.front().count, 0u);
}

TEST(Interrupted, ArmsCutAtDifferentInstantsAreNotCompared) {
  const auto prepared = one_berth();
  ASSERT_NE(prepared, nullptr);
  CompareOptions options;
  options.replications = 3;
  options.progress = in_the_second;
  const auto some = compare(*prepared, *prepared, options);
  ASSERT_TRUE(some) << run_test::text_of(some.error());
  EXPECT_TRUE(some->stopped);
  EXPECT_EQ(some->replications, 1u);
  EXPECT_GT(some->census.compared, 0u);
  EXPECT_EQ(some->census.different, 0u);
  options.progress = in_the_first;
  const auto none = compare(*prepared, *prepared, options);
  ASSERT_TRUE(none) << run_test::text_of(none.error());
  EXPECT_EQ(none->replications, 0u);
  EXPECT_TRUE(none->kpis.empty());
}

}  // namespace
}  // namespace portflow::analysis
