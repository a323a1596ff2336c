// Once a run has found its pace, an event costs no allocation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "bench/phold.hpp"
#include "kernel/allocations.hpp"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace portflow::bench {
namespace {

/// Looks at the count of allocations as time goes by, once a unit of PHOLD's time.
std::vector<std::uint64_t> counts_over_time(const PholdOptions& options, unsigned workers) {
  kernel::RunOptions run;
  run.workers = workers;
  run.share_all = true;
  run.seal_every = ticks(1);
  std::vector<std::uint64_t> counts;
  counts.reserve(2 * static_cast<std::size_t>(options.until));
  run.on_seal = [&](SimTime) { counts.push_back(kernel::allocations()); };
  const auto result = phold(options, run);
  EXPECT_TRUE(result);
  return counts;
}

TEST(Steady, AnEventCostsNoAllocation) {
  const PholdOptions options{.lps = 512, .events = 8, .remote = 0.5, .until = 120};
  for (const unsigned workers : {1U, 2U}) {
    const auto counts = counts_over_time(options, workers);
    ASSERT_GT(counts.size(), 100U);
    // About 4,000 events between two counts. A mailbox or a rung may still see its greatest load so
    // far and grow, and shards are dealt anew when a processor becomes slower; but ten counts in a
    // row, of 40,000 events, are without. What one event in thousands allocates would be in all.
    constexpr std::size_t row = 10;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t i = counts.size() / 2; i + row < counts.size(); ++i) {
      least = std::min(least, counts[i + row] - counts[i]);
    }
    EXPECT_LE(least, 6U) << workers << " workers";
    // One worker has one shard, which nobody deals anew.
    if (workers == 1) {
      EXPECT_LE(counts.back() - counts[counts.size() / 2], 40U);
    }
  }
}

}  // namespace
}  // namespace portflow::bench

#endif
