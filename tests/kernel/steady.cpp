// Once a run has found its pace, an event costs no allocation.
#include <gtest/gtest.h>

#include <cstdint>
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

struct Way {
  const char* name;
  std::uint32_t processes;
  unsigned workers;
};

/// Each way that a run may go, without shards being dealt anew: that allocates, and comes as often
/// as a machine is disturbed.
TEST(Steady, AnEventCostsNoAllocation) {
  constexpr std::uint32_t pending = 4096;
  for (const Way& way : {Way{"alone", 512, 1}, Way{"in windows", 8, 2}, Way{"in strides", 2, 2}}) {
    const PholdOptions options{
        .lps = way.processes, .events = pending / way.processes, .remote = 0.5, .until = 120};
    const auto counts = counts_over_time(options, way.workers);
    ASSERT_GT(counts.size(), 100U);
    // About 4,000 events between two counts, 200,000 in the second half. A mailbox or a rung may
    // still see its greatest load so far and grow; what one event in thousands allocates would be
    // more.
    EXPECT_LE(counts.back() - counts[counts.size() / 2], 40U) << way.name;
  }
}

}  // namespace
}  // namespace portflow::bench

#endif
