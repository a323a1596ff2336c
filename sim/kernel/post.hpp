/// \file post.hpp
/// What a worker lets the others know when it is done with a window.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/own_lines.hpp"
#include "core/time.hpp"
#include "kernel/patience.hpp"

namespace portflow::kernel {

/// The number of the window and what the others must know stand on one cache line (as long as
/// there are few shards), so that meeting costs one line for each pair of workers, not a barrier
/// and then the lines of what was written before it.
class alignas(own_lines) Post {
 public:
  /// Makes room for `shards` of them, and forgets all else.
  void clear(std::size_t shards) {
    finished_.store(0, std::memory_order_relaxed);
    more_.resize(shards > first_.size() ? shards - first_.size() : 0);
    leave = false;
    first_.fill(never);
    std::ranges::fill(more_, never);
  }

  /// The least event that this worker knows of in each shard: left in its calendar, or sent to it.
  /// \pre as many as there is room for
  void know(std::span<const SimTime> least) noexcept {
    const std::size_t near = std::min(least.size(), first_.size());
    std::ranges::copy(least.first(near), first_.begin());
    std::ranges::copy(least.subspan(near), more_.begin());
  }
  [[nodiscard]] SimTime least(std::size_t i) const noexcept {
    return i < first_.size() ? first_[i] : more_[i - first_.size()];
  }

  /// Lets everybody read what was written.
  void finish(std::uint32_t window) noexcept {
    // In one order with the look for sleepers that follows: a store that waits in the processor's
    // buffer while nobody is seen asleep would let one sleep for ever who looks just then.
    finished_.store(window, std::memory_order_seq_cst);
    finished_.notify_all();
  }

  [[nodiscard]] bool has_finished(std::uint32_t window) const noexcept {
    return finished_.load(std::memory_order_acquire) == window;
  }

  /// Returns once the worker has finished `window`, the second one after what it last finished
  /// here; what it wrote is then visible.
  void await(std::uint32_t window, const Patience& patience) const noexcept {
    for (auto at = finished_.load(std::memory_order_acquire); at != window;
         at = finished_.load(std::memory_order_acquire)) {
      patience.await_change(finished_, at);
    }
  }

  bool leave{false};  ///< nobody shall go on to the next window

 private:
  std::atomic<std::uint32_t> finished_{0};
  std::array<SimTime, 6> first_{};
  OwnVector<SimTime> more_;
};

}  // namespace portflow::kernel
