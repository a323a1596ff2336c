/// \file safe_bound.hpp
/// How far each process may run before it could miss a message.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "kernel/event_key.hpp"

namespace portflow::kernel {

/// A one-way connection between two processes.
struct Channel {
  ProcessId from{};
  ProcessId to{};
  Duration lookahead{};  ///< least time that a message is under way, > 0
};

/// Events must lie before this instant, so that a lookahead can be added to any of them.
inline constexpr SimTime end_of_time{Duration::max() / 2};

/// \returns a sentence that names the channels without lookahead, by the names of their
/// processes: a cycle of them if there is one, else the first; empty when all is well.
[[nodiscard]] std::optional<std::string> without_lookahead(std::span<const Channel> channels,
                                                           std::span<const std::string> names);

/// The rule of the safe bound: process i may handle events strictly before
///
///     min over k of (next[k] + D[k][i])
///
/// D[k][i] is the least sum of lookaheads on a path from k to i, D[i][i] that of the least
/// cycle through i. Up to `all_pairs` processes D is exact (Floyd and Warshall); beyond,
/// D[k][i] is the least lookahead of all channels, and D[i][i] the least way out of i plus the
/// least way into it, both of which are lower bounds and therefore safe.
class SafeBound {
 public:
  static constexpr std::size_t all_pairs = 256;

  /// \pre every lookahead is positive.
  SafeBound(std::size_t processes, std::span<const Channel> channels);

  /// Fills `bound` from the times of the next events (`never` where there is none).
  /// \returns the least of `next`.
  SimTime operator()(std::span<const SimTime> next, std::span<SimTime> bound) const;

 private:
  SimTime from_matrix(std::span<const SimTime> next, std::span<SimTime> bound) const;
  SimTime from_least(std::span<const SimTime> next, std::span<SimTime> bound) const;

  Duration least_{end_of_time.time_since_epoch()};  ///< over all channels
  std::vector<Duration> paths_;                     ///< D, row k; empty beyond `all_pairs`
  std::vector<Duration> least_out_;                 ///< least of row k of D
  std::vector<Duration> cycle_;                     ///< lower bound of D[i][i]
};

}  // namespace portflow::kernel
