#include "kernel/shards.hpp"

#include <algorithm>
#include <numeric>

namespace portflow::kernel {

void cut(std::span<const std::uint64_t> work, std::span<const double> speeds, ShardOf& shard_of) {
  const auto total =
      static_cast<double>(std::accumulate(work.begin(), work.end(), std::uint64_t{0}));
  const double all = std::accumulate(speeds.begin(), speeds.end(), 0.0);
  shard_of.resize(work.size());
  double before = 0;
  std::uint32_t shard = 0;
  double until = speeds[0] / all;  // the part of all work that `shard` and those before it get
  for (std::size_t i = 0; i < work.size(); ++i) {
    const auto its = static_cast<double>(work[i]);
    // Where the middle of its work falls; without any work at all, where it stands in the row.
    const double middle = total > 0
                              ? (before + its / 2) / total
                              : (static_cast<double>(i) + 0.5) / static_cast<double>(work.size());
    while (middle >= until && shard + 1 < speeds.size()) until += speeds[++shard] / all;
    shard_of[i] = shard;
    before += its;
  }
}

double imbalance(std::span<const std::uint64_t> work, std::span<const std::uint32_t> shard_of,
                 std::span<const double> speeds) {
  double total = 0;
  double here = 0;  // of the shard that process i stands in
  double longest = 0;
  for (std::size_t i = 0; i < work.size(); ++i) {
    if (i > 0 && shard_of[i] != shard_of[i - 1]) here = 0;
    here += static_cast<double>(work[i]);
    total += static_cast<double>(work[i]);
    longest = std::max(longest, here / speeds[shard_of[i]]);
  }
  if (total == 0) return 1;
  return longest * std::accumulate(speeds.begin(), speeds.end(), 0.0) / total;
}

}  // namespace portflow::kernel
