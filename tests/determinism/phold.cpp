#include "bench/phold.hpp"

#include <gtest/gtest.h>

namespace portflow::bench {
namespace {

void expect_same_for_all_workers(const PholdOptions& options, std::uint64_t least_events) {
  const auto plain = phold(options, 1, true);
  ASSERT_TRUE(plain);
  EXPECT_GE(plain->events, least_events);
  for (const unsigned workers : {1U, 2U, 3U, 5U, 8U}) {
    const auto result = phold(options, workers);
    ASSERT_TRUE(result);
    EXPECT_EQ(to_hex(result->fingerprint), to_hex(plain->fingerprint)) << workers << " workers";
    EXPECT_EQ(result->events, plain->events) << workers << " workers";
  }
}

TEST(Phold, SameBytesForAnyNumberOfWorkers) {
  expect_same_for_all_workers({.lps = 64, .events = 4, .until = 50}, 10'000);
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

TEST(Phold, OtherSeedsGiveOtherBytes) {
  const auto one = phold({.lps = 16, .until = 20, .seed = 1}, 1, true);
  const auto two = phold({.lps = 16, .until = 20, .seed = 2}, 1, true);
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->fingerprint, two->fingerprint);
}

TEST(Phold, GoldenFingerprint) {
  const auto result = phold({.lps = 64, .events = 4, .until = 50}, 2);
  ASSERT_TRUE(result);
  EXPECT_EQ(to_hex(result->fingerprint), "6c03374dd5557626");
}

}  // namespace
}  // namespace portflow::bench
