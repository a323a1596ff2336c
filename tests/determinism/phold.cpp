#include "bench/phold.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "bench/two_threads.hpp"
#include "bench/yardstick.hpp"

namespace portflow::bench {
namespace {

kernel::RunOptions sequential() {
  kernel::RunOptions options;
  options.sequential = true;
  return options;
}

/// Every window is shared out, so that the threads truly meet.
kernel::RunOptions shared_by(unsigned workers) {
  kernel::RunOptions options;
  options.workers = workers;
  options.share_all = true;
  return options;
}

void expect_same_for_all_workers(const PholdOptions& options, std::uint64_t least_events) {
  const auto plain = phold(options, sequential());
  ASSERT_TRUE(plain);
  EXPECT_GE(plain->events, least_events);
  for (const unsigned workers : {1U, 2U, 3U, 5U, 8U, 16U}) {
    const auto result = phold(options, shared_by(workers));
    ASSERT_TRUE(result);
    EXPECT_EQ(to_hex(result->fingerprint), to_hex(plain->fingerprint)) << workers << " workers";
    EXPECT_EQ(result->events, plain->events) << workers << " workers";
  }
}

TEST(Phold, SameBytesForAnyNumberOfWorkers) {
  expect_same_for_all_workers({.lps = 64, .events = 4, .until = 50}, 10'000);
}

/// The rows that bench/ measures, cut short.
TEST(Phold, SameBytesInEveryMeasuredRow) {
  for (const PholdOptions& row :
       std::vector<PholdOptions>{{.lps = 1024, .events = 1, .until = 8},
                                 {.lps = 1024, .events = 1, .remote = 1, .until = 8},
                                 {.lps = 16384, .events = 1, .until = 2},
                                 {.lps = 16384, .events = 1, .remote = 1, .until = 2},
                                 {.lps = 1024, .events = 16, .until = 2},
                                 {.lps = 1024, .events = 16, .remote = 1, .until = 2},
                                 {.lps = 256, .events = 1, .until = 20},
                                 {.lps = 1024, .events = 1, .lookahead = 0.01, .until = 2},
                                 {.lps = 1024, .events = 4, .remote = 1, .hot = 0.8, .until = 3}}) {
    expect_same_for_all_workers(row, 1'000);
  }
}

TEST(Phold, SameBytesWithoutAllPairs) {
  expect_same_for_all_workers({.lps = 300, .events = 1, .until = 30}, 8'000);
}

TEST(Phold, SameBytesWhenAllIsRemoteAndWindowsAreNarrow) {
  expect_same_for_all_workers({.lps = 40, .events = 2, .remote = 1, .lookahead = 0.01, .until = 20},
                              1'000);
}

TEST(Phold, SameBytesWithCoarseTiesAtOneInstant) {
  // A lookahead of 1 leaves nothing to the draws of time: all balls hop at the same instants.
  expect_same_for_all_workers({.lps = 30, .events = 3, .remote = 0.5, .lookahead = 1, .until = 60},
                              5'000);
}

TEST(Phold, BareLoopsAgreeWithTheEngine) {
  const PholdOptions options{.lps = 64, .events = 30, .remote = 0.3, .until = 40};
  const auto engine = phold(options, shared_by(2));
  ASSERT_TRUE(engine);
  for (const auto& bare : {bare_phold<HeapQueue>(options), bare_phold<LadderQueue>(options),
                           bare_phold<OwnQueue>(options), LadderOnTwoThreads{options}.run()}) {
    EXPECT_EQ(to_hex(bare.fingerprint), to_hex(engine->fingerprint));
    EXPECT_EQ(bare.events, engine->events);
  }
}

TEST(Phold, SharingOnlyWhatPaysChangesNothing) {
  const PholdOptions options{.lps = 64, .events = 20, .until = 50};
  auto when_it_pays = shared_by(2);
  when_it_pays.share_all = false;
  const auto some = phold(options, when_it_pays);
  const auto plain = phold(options, sequential());
  ASSERT_TRUE(some && plain);
  EXPECT_EQ(to_hex(some->fingerprint), to_hex(plain->fingerprint));
}

TEST(Phold, AUnevenLoadIsDealtAnewAndChangesNothing) {
  const PholdOptions options{.lps = 600, .events = 16, .remote = 0.5, .hot = 0.8, .until = 300};
  auto uneven = shared_by(2);
  const auto shared = phold(options, uneven);
  const auto plain = phold(options, sequential());
  ASSERT_TRUE(shared && plain);
  EXPECT_EQ(to_hex(shared->fingerprint), to_hex(plain->fingerprint));
}

TEST(Phold, OtherSeedsGiveOtherBytes) {
  const auto one = phold({.lps = 16, .until = 20, .seed = 1}, sequential());
  const auto two = phold({.lps = 16, .until = 20, .seed = 2}, sequential());
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->fingerprint, two->fingerprint);
}

TEST(Phold, GoldenFingerprint) {
  const auto result = phold({.lps = 64, .events = 4, .until = 50}, shared_by(2));
  ASSERT_TRUE(result);
  EXPECT_EQ(to_hex(result->fingerprint), "6c03374dd5557626");
}

}  // namespace
}  // namespace portflow::bench
