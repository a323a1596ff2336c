#include "kernel/claims.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace portflow::kernel {

void Claims::deal(std::span<const Wall> work, unsigned workers) {
  portions_.resize(workers);
  for (Portion& portion : portions_) {
    portion.shards.clear();
    portion.work = Wall{0};
    for (auto& claimed : portion.claimed) claimed.store(0, std::memory_order_relaxed);
  }
  order_.resize(work.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::ranges::sort(order_, std::greater{}, [&](std::uint32_t i) { return std::pair{work[i], i}; });
  for (const std::uint32_t i : order_) {
    Portion& least = *std::ranges::min_element(portions_, {}, &Portion::work);
    least.shards.push_back(i);
    least.work += work[i];
  }
}

std::uint32_t Claims::claim(unsigned worker, unsigned parity) noexcept {
  const std::size_t workers = portions_.size();
  for (std::size_t k = 0; k < workers; ++k) {
    Portion& portion = portions_[(worker + k) % workers];
    std::atomic<std::size_t>& claimed = portion.claimed[parity];
    // To look costs less than to claim in vain, which takes the line from whoever works there.
    if (claimed.load(std::memory_order_relaxed) >= portion.shards.size()) continue;
    const std::size_t mine = claimed.fetch_add(1, std::memory_order_relaxed);
    if (mine < portion.shards.size()) return portion.shards[mine];
  }
  return none;
}

}  // namespace portflow::kernel
