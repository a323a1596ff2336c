/// \file patience.hpp
/// How a thread waits for another: awake for a moment, then asleep.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace portflow::kernel {

/// Waiting awake costs a fraction of a microsecond where every thread has a processor, and
/// milliseconds where it keeps another from its own; so it depends on how many there are.
class Patience {
 public:
  explicit Patience(unsigned threads)
      : looks_{threads <= std::thread::hardware_concurrency() ? 4000U : 0U} {}

  /// Returns once `value` is no longer `old`; sees what was written before it changed.
  void await_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) const noexcept {
    for (unsigned i = 0; i < looks_; ++i) {
      if (value.load(std::memory_order_acquire) != old) return;
#if defined(__x86_64__)
      _mm_pause();
#endif
    }
    value.wait(old, std::memory_order_acquire);
  }

 private:
  unsigned looks_;
};

}  // namespace portflow::kernel
