// Once a run has found its pace, an event costs no allocation.
#include <gtest/gtest.h>

#include <algorithm>
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
    // About 4,000 events between two counts. Now and then a mailbox or a rung sees its greatest
    // load so far and grows, or shards are dealt anew as one processor becomes slower; what an
    // event allocates would be thousands, time and again.
    std::vector<std::uint64_t> fresh;
    for (std::size_t i = counts.size() / 2; i + 1 < counts.size(); ++i) {
      fresh.push_back(counts[i + 1] - counts[i]);
    }
    std::ranges::sort(fresh);
    EXPECT_LE(fresh[fresh.size() / 2], 8U) << workers << " workers";
  }
}

}  // namespace
}  // namespace portflow::bench

#endif
