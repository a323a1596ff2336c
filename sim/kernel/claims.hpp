/// \file claims.hpp
/// Who handles which shard within a window.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "core/own_lines.hpp"

namespace portflow::kernel {

/// Every worker has shards of his own, so that what he needs for them stays in his cache from
/// window to window; whoever is done with his takes over what others have left. Of each worker's
/// the busiest come first, so that what is claimed last is short.
///
/// Claims are kept for two windows, the present one and the one to come, told apart by `parity`.
class Claims {
 public:
  using Wall = std::chrono::duration<double>;

  /// What claim() says when nothing is left.
  static constexpr std::uint32_t none = 0xffff'ffff;

  /// Deals shards to `workers` so that each has about as much to do, and forgets all claims.
  /// \param work  what each shard took of late
  /// \pre nobody claims meanwhile; workers >= 1
  void deal(std::span<const Wall> work, unsigned workers);

  /// Claims a shard for `worker`, one that nobody else has claimed in this window.
  [[nodiscard]] std::uint32_t claim(unsigned worker, unsigned parity) noexcept;

  /// Makes the shards of `worker` free to be claimed. \pre nobody claims in that window yet
  void renew(unsigned worker, unsigned parity) noexcept {
    portions_[worker].claimed[parity].store(0, std::memory_order_relaxed);
  }

 private:
  /// What a worker has before others help him.
  struct alignas(own_lines) Portion {
    OwnVector<std::uint32_t> shards;
    Wall work{0};
    std::array<std::atomic<std::size_t>, 2> claimed{};  ///< so many of them, by parity
  };

  std::deque<Portion> portions_;      ///< of each worker
  std::vector<std::uint32_t> order_;  ///< in which shards were last dealt
};

}  // namespace portflow::kernel
