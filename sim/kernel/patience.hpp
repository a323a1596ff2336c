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
///
/// Pauses are far apart: a hypervisor takes the processor from a guest that pauses again and again,
/// since that looks like spinning in vain (pause-loop exiting). With a pause at every look, two
/// threads on a busy host fell to a twentieth of their speed now and then.
class Patience {
 public:
  explicit Patience(unsigned threads)
      : looks_{threads <= std::thread::hardware_concurrency() ? 200'000U : 0U} {}

  /// Returns once `value` is no longer `old`; sees what was written before it changed.
  void await_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) const noexcept {
    for (unsigned i = 0; i < looks_; ++i) {
      if (value.load(std::memory_order_acquire) != old) return;
#if defined(__x86_64__)
      if (i % looks_to_a_pause == 0) _mm_pause();
#endif
    }
    value.wait(old, std::memory_order_acquire);
  }

 private:
  static constexpr unsigned looks_to_a_pause = 512;

  unsigned looks_;
};

}  // namespace portflow::kernel
