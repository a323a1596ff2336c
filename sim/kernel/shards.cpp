#include "kernel/shards.hpp"

#include <algorithm>
#include <numeric>

namespace portflow::kernel {

void cut_evenly(std::span<const std::uint64_t> work, std::size_t shards,
                std::vector<std::uint32_t>& shard_of) {
  const std::uint64_t total = std::accumulate(work.begin(), work.end(), std::uint64_t{0});
  shard_of.resize(work.size());
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < work.size(); ++i) {
    // Where the middle of its work falls; without any work at all, where it stands in the row.
    const double middle = total > 0
                              ? (static_cast<double>(before) + static_cast<double>(work[i]) / 2) /
                                    static_cast<double>(total)
                              : (static_cast<double>(i) + 0.5) / static_cast<double>(work.size());
    const auto shard = static_cast<std::size_t>(middle * static_cast<double>(shards));
    shard_of[i] = static_cast<std::uint32_t>(std::min(shard, shards - 1));
    before += work[i];
  }
}

double imbalance(std::span<const std::uint64_t> work, std::span<const std::uint32_t> shard_of,
                 std::size_t shards) {
  std::uint64_t total = 0;
  std::uint64_t here = 0;  // of the shard that process i stands in
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < work.size(); ++i) {
    if (i > 0 && shard_of[i] != shard_of[i - 1]) here = 0;
    here += work[i];
    total += work[i];
    most = std::max(most, here);
  }
  if (total == 0) return 1;
  return static_cast<double>(most) * static_cast<double>(shards) / static_cast<double>(total);
}

}  // namespace portflow::kernel
