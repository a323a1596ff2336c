/// \file promise.hpp
/// How far a worker has come, for others to run ahead by.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/own_lines.hpp"
#include "core/time.hpp"

namespace portflow::kernel {

/// Kept by one worker, read by all. What it says stands on one cache line, with nothing else.
class alignas(own_lines) Promise {
 public:
  /// From now on no event before `clock` is handled here, and what those before it sent is there
  /// to be read. `handled` events were there so far.
  void tell(SimTime clock, std::uint64_t handled) noexcept {
    handled_.store(handled, std::memory_order_relaxed);
    clock_.store(clock.time_since_epoch().count(), std::memory_order_release);
  }

  [[nodiscard]] SimTime clock() const noexcept {
    return SimTime{Duration{clock_.load(std::memory_order_acquire)}};
  }
  [[nodiscard]] std::uint64_t handled() const noexcept {
    return handled_.load(std::memory_order_relaxed);
  }

 private:
  std::atomic<Duration::rep> clock_{0};
  std::atomic<std::uint64_t> handled_{0};
};

}  // namespace portflow::kernel
