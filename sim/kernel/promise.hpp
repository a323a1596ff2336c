/// \file promise.hpp
/// How far a worker has come, for others to run ahead by.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/own_lines.hpp"
#include "core/time.hpp"

namespace portflow::kernel {

/// Kept by one worker, read by all. Of up to six workers all that it says stands on one cache line,
/// how much mail each has as well: to read a promise and then the mail costs no line besides those
/// of the mail itself.
class Promise {
 public:
  explicit Promise(std::size_t workers) : words_(first_count + workers) {}

  /// From now on no event before `clock` is handled here. `handled` events were there so far, and
  /// they sent to worker i what is in `mail[i]`, a Stream.
  template <class Mail>
  void tell(SimTime clock, std::uint64_t handled, const Mail& mail) noexcept {
    for (std::size_t i = 0; i < mail.size(); ++i) {
      words_[first_count + i].store(mail[i].written(), std::memory_order_release);
    }
    words_[handled_word].store(handled, std::memory_order_relaxed);
    words_[clock_word].store(static_cast<std::uint64_t>(clock.time_since_epoch().count()),
                             std::memory_order_release);
  }

  [[nodiscard]] SimTime clock() const noexcept {
    const std::uint64_t word = words_[clock_word].load(std::memory_order_acquire);
    return SimTime{Duration{static_cast<Duration::rep>(word)}};
  }
  [[nodiscard]] std::uint64_t handled() const noexcept {
    return words_[handled_word].load(std::memory_order_relaxed);
  }
  /// How much of the mail to worker `i` is there to be read: all that was sent before any clock
  /// that was read earlier.
  [[nodiscard]] std::uint32_t written_to(std::size_t i) const noexcept {
    return static_cast<std::uint32_t>(words_[first_count + i].load(std::memory_order_acquire));
  }

 private:
  static constexpr std::size_t clock_word = 0;
  static constexpr std::size_t handled_word = 1;
  static constexpr std::size_t first_count = 2;

  OwnVector<std::atomic<std::uint64_t>> words_;
};

}  // namespace portflow::kernel
