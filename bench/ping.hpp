/// \file ping.hpp
/// How long a word takes from one thread to another: what two threads can at best make of each
/// other's work on this machine, at this moment. Hosts move processors about while guests run.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace portflow::bench {

/// Quickest, middle and slowest of several looks, a tenth of a second apart; ns one way.
struct PingResult {
  double least, middle, most;
};

[[nodiscard]] inline double one_way_ns() {
  constexpr std::uint32_t rallies = 20'000;
  struct alignas(128) Side {
    std::atomic<std::uint32_t> word{0};
  };
  std::array<Side, 2> sides;
  const auto await = [](const Side& side, std::uint32_t word) {
    while (side.word.load(std::memory_order_acquire) != word) {
    }
  };
  const auto start = std::chrono::steady_clock::now();
  std::thread other{[&] {
    for (std::uint32_t i = 1; i <= rallies; ++i) {
      await(sides[0], i);
      sides[1].word.store(i, std::memory_order_release);
    }
  }};
  for (std::uint32_t i = 1; i <= rallies; ++i) {
    sides[0].word.store(i, std::memory_order_release);
    await(sides[1], i);
  }
  const std::chrono::duration<double, std::nano> all = std::chrono::steady_clock::now() - start;
  other.join();
  return all.count() / (2 * rallies);
}

[[nodiscard]] inline PingResult ping() {
  std::array<double, 21> looks{};
  for (double& look : looks) {
    look = one_way_ns();
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  std::ranges::sort(looks);
  return {looks.front(), looks[looks.size() / 2], looks.back()};
}

}  // namespace portflow::bench
