/// \file safe_bound.hpp
/// How far each shard may run before it could miss a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/own_lines.hpp"
#include "core/time.hpp"
#include "kernel/topology.hpp"

namespace portflow::kernel {

/// The rule of the safe bound: shard i may handle events strictly before
///
///     min over k of (next[k] + D[k][i])
///
/// D[k][i] is the least sum of lookaheads on a way from shard k to shard i, D[i][i] that of the
/// least way that leaves i and comes back. What processes of one shard send each other counts
/// for nothing: a shard handles its events in order, whoever they are for.
class SafeBound {
 public:
  /// No way: still small enough to be added to the time of any event.
  static constexpr Duration unreachable = end_of_time.time_since_epoch();

  /// \param shard_of  the shard of each process, < shards
  /// \pre every lookahead is positive
  SafeBound(const Topology& topology, std::span<const std::uint32_t> shard_of, std::size_t shards);

  /// The bound of shard `i`, from the times of everybody's next events (`never` for none).
  [[nodiscard]] SimTime operator()(std::span<const SimTime> next, std::size_t i) const noexcept;

  /// The least D[i][k] of all others k; `unreachable` where nobody hears of shard `i`.
  [[nodiscard]] Duration shortest_way_from(std::size_t i) const noexcept;

 private:
  std::size_t shards_;
  OwnVector<Duration> ways_;  ///< D[k][i] at [i * shards + k]
};

}  // namespace portflow::kernel
