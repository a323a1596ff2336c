/// \file spare_time.hpp
/// Other work for workers that wait for others.
#pragma once

#include <atomic>
#include <functional>

#include "core/own_lines.hpp"

namespace portflow::kernel {

/// Work that can be done a little at a time, and by one thread at a time, in moments when there is
/// nothing else to do. What one thread did is visible to the one that goes on.
class SpareTime {
 public:
  /// \param work  does a few microseconds' worth; \returns whether any is left. May be empty
  explicit SpareTime(const std::function<bool()>& work) : work_{work} {}

  /// There is work again. \pre nobody is at it.
  void renew() noexcept { left_.store(static_cast<bool>(work_), std::memory_order_relaxed); }

  /// Does a little, unless none is left or another thread is at it.
  /// \returns whether it did
  bool use() {
    if (!left_.load(std::memory_order_relaxed)) return false;
    if (taken_.exchange(true, std::memory_order_acquire)) return false;
    const bool any = left_.load(std::memory_order_relaxed);
    if (any && !work_()) left_.store(false, std::memory_order_relaxed);
    taken_.store(false, std::memory_order_release);
    return any;
  }

 private:
  const std::function<bool()>& work_;
  alignas(own_lines) std::atomic<bool> left_{false};
  std::atomic<bool> taken_{false};
};

}  // namespace portflow::kernel
