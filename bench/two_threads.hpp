/// \file two_threads.hpp
/// The bare ladder loop on two threads: what two processors make of PHOLD when nothing else is
/// asked of them, by which one may judge what an engine makes on the same machine in the same hour.
///
/// Each thread has half of the processes and a ladder of its own. Both go on by windows of one
/// lookahead, and meet once a window.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "bench/yardstick.hpp"

namespace portflow::bench {

class LadderOnTwoThreads {
 public:
  explicit LadderOnTwoThreads(const PholdOptions& options)
      : lookahead_{ticks(options.lookahead)},
        until_{ticks(options.until)},
        first_of_second_{options.lps / 2},
        serials_(options.lps, 0) {
    for (std::uint32_t i = 0; i < options.lps; ++i) {
      lps_.emplace_back(options, i);
      for (std::uint32_t n = 0; n < PholdLp::first_balls(options, i); ++n) {
        const auto first = SimTime{lookahead_} + lps_.back().extra();
        half_of(i).queue.push({key(first, i), i, Ball{}});
      }
    }
  }

  [[nodiscard]] PholdResult run() {
    for (Half& half : halves_) half.least[0] = half.queue.least();
    const auto start = std::chrono::steady_clock::now();
    std::thread other{[this] { share(halves_[1], halves_[0]); }};
    share(halves_[0], halves_[1]);
    other.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    PholdResult result;
    result.events = halves_[0].events + halves_[1].events;
    result.seconds = seconds.count();
    result.fingerprint = fingerprint_of(lps_, [](const auto& lp) { return lp.fingerprint(); });
    return result;
  }

 private:
  /// What by window is there twice: for the present one, and for the one to come.
  struct alignas(64) Half {
    std::atomic<std::uint32_t> windows{0};  ///< done
    std::array<SimTime, 2> least{never, never};
    alignas(64) std::array<std::vector<Pending>, 2> mail;  ///< to the other half
    LadderQueue queue;
    std::uint64_t events{0};
  };

  [[nodiscard]] Half& half_of(std::uint32_t process) {
    return halves_[process < first_of_second_ ? 0 : 1];
  }

  kernel::EventKey key(SimTime at, std::uint32_t source) {
    return {at, kernel::Rank::normal, kernel::ProcessId{source}, serials_[source]++};
  }

  void share(Half& own, Half& other) {
    for (std::uint32_t window = 0;; ++window) {
      const unsigned now = window % 2;
      const unsigned then = 1 - now;
      while (other.windows.load(std::memory_order_acquire) < window) {
      }
      for (const Pending& event : other.mail[now]) own.queue.push(event);
      other.mail[now].clear();
      const SimTime least = std::min(own.least[now], other.least[now]);
      if (least >= until_) return;
      const SimTime bound = std::min(least + lookahead_, until_);
      SimTime sent = never;
      while (own.queue.least() < bound) {
        Pending event = own.queue.pop();
        ++own.events;
        const std::uint32_t self = event.target;
        const auto to = lps_[self].on_ball(event.key.at, event.ball);
        const Pending next{key(event.key.at + lookahead_ + to.extra, self), to.target, event.ball};
        if (&half_of(to.target) == &own) {
          own.queue.push(next);
        } else {
          own.mail[then].push_back(next);
          sent = std::min(sent, next.key.at);
        }
      }
      own.least[then] = std::min(sent, own.queue.least());
      own.windows.store(window + 1, std::memory_order_release);
    }
  }

  Duration lookahead_;
  SimTime until_;
  std::uint32_t first_of_second_;
  std::vector<PholdLp> lps_;
  std::vector<std::uint64_t> serials_;
  std::array<Half, 2> halves_;
};

}  // namespace portflow::bench
