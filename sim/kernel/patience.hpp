/// \file patience.hpp
/// How a thread waits for another: awake for a moment, then giving way, then asleep.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace portflow::kernel {

/// Waiting awake costs a fraction of a microsecond where every thread has a processor, and
/// milliseconds where it keeps another from its own; so it depends on how many there are.
///
/// The moment is short: whoever is waited for may stand in line behind whoever waits. Some systems
/// put a new thread on its maker's processor and leave both there for ten milliseconds, while
/// others are idle; then each step of one would cost a tick of the other, a thousand times what it
/// takes. To give way costs six tenths of a microsecond where nobody stands in line.
///
/// Pauses are far apart: a hypervisor takes the processor from a guest that pauses again and again,
/// since that looks like spinning in vain (pause-loop exiting). With a pause at every look, two
/// threads on a busy host fell to a twentieth of their speed now and then.
class Patience {
 public:
  explicit Patience(unsigned threads)
      : looks_{threads <= std::thread::hardware_concurrency() ? 4096U : 0U} {}

  /// Returns once `value` is no longer `old`; sees what was written before it changed.
  /// \pre whoever changes it notifies
  void await_change(const std::atomic<std::uint32_t>& value, std::uint32_t old) const noexcept {
    if (comes_soon([&] { return value.load(std::memory_order_acquire) != old; })) return;
    value.wait(old, std::memory_order_acquire);
  }

  /// Returns once `come()` is true, of which nobody gives notice.
  template <class Come>
  void await(const Come& come) const {
    if (comes_soon(come)) return;
    while (!come()) std::this_thread::sleep_for(nap);
  }

 private:
  static constexpr unsigned looks_to_a_pause = 512;
  static constexpr unsigned yields = 512;
  static constexpr std::chrono::microseconds nap{50};

  template <class Come>
  [[nodiscard]] bool comes_soon(const Come& come) const {
    for (unsigned i = 0; i < looks_; ++i) {
      if (come()) return true;
#if defined(__x86_64__)
      if (i % looks_to_a_pause == 0) _mm_pause();
#endif
    }
    for (unsigned i = 0; i < yields; ++i) {
      if (come()) return true;
      std::this_thread::yield();
    }
    return false;
  }

  unsigned looks_;
};

}  // namespace portflow::kernel
