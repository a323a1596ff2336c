/// \file barrier.hpp
/// Where threads meet between two windows.
#pragma once

#include <atomic>
#include <cstdint>

#include "kernel/patience.hpp"

namespace portflow::kernel {

class Barrier {
 public:
  /// \param threads  how many meet, >= 1
  explicit Barrier(unsigned threads) : patience_{threads}, threads_{threads} {}

  /// Returns when all have come; what each wrote before is then visible to all.
  void meet() noexcept {
    const std::uint32_t round = round_.load(std::memory_order_relaxed);
    if (come_.fetch_add(1, std::memory_order_acq_rel) + 1 == threads_) {
      come_.store(0, std::memory_order_relaxed);
      round_.store(round + 1, std::memory_order_release);
      round_.notify_all();
      return;
    }
    patience_.await_change(round_, round);
  }

 private:
  Patience patience_;
  std::uint32_t threads_;
  alignas(64) std::atomic<std::uint32_t> come_{0};
  alignas(64) std::atomic<std::uint32_t> round_{0};
};

}  // namespace portflow::kernel
