/// \file run_options.hpp
/// How a run is driven, and what it says of itself afterwards.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/time.hpp"

namespace portflow::kernel {

struct RunOptions {
  SimTime until{never};    ///< events at or after this instant are not handled
  unsigned workers{1};     ///< threads that handle events, >= 1
  bool sequential{false};  ///< one plain loop over one heap: what tests compare with
  Duration seal_every{std::chrono::hours{6}};  ///< least simulated time between two seals

  /// Called between windows by the calling thread while no event is being handled: every
  /// record stamped before `sealed` is final. The last call comes with `until`.
  std::function<void(SimTime sealed)> on_seal;
  /// Asked at each seal; true ends the run early (interrupt, limit reached).
  std::function<bool()> stop;
  /// Other work, which workers that wait for others do a little at a time: a few microseconds a
  /// call, one call at a time, while events are handled elsewhere. Asked again after every seal
  /// until it returns false, which says that none is left. It may throw nothing. With one worker
  /// it is never called, so whoever gives it does what is left at the next seal himself.
  std::function<bool()> meanwhile;
  /// How many workers shall stand back at the moment, since threads that are none of the kernel's
  /// need their processors; one goes on in any case. Asked by the calling thread, before every
  /// stretch of windows and after each window in which some stand back.
  std::function<unsigned()> elsewhere;

  /// Keeps all workers at it, even where fewer are quicker. It changes no result; tests use it
  /// to see the threads at work, benchmarks to see what they cost.
  bool share_all{false};

  /// Handles every process apart, window by window, on one worker, and counts what more workers
  /// could have shared: RunSummary::projections. It changes no result.
  bool survey{false};
};

/// What `workers` could make of the windows of a run: events over those that the busiest worker
/// would handle, with events of equal length, the best deal in every window and meeting for free.
struct Projection {
  unsigned workers{1};
  double speedup{1};
};

struct RunSummary {
  std::uint64_t events{0};  ///< handled
  /// How often it was worked out how far one may go: windows, or the bounds that the caller's
  /// thread was given where no windows are. 0 when sequential.
  std::uint64_t windows{0};
  SimTime reached{};    ///< everything before this instant was handled
  bool stopped{false};  ///< RunOptions::stop asked for it

  /// Of the time of all workers, the share in which they waited for each other or were sent
  /// to rest because fewer of them were quicker. 0 with one worker.
  double idle_share{0};
  /// Events on the longest chain in which each was caused by the one before or had to wait for
  /// it at the same process: no number of workers is quicker than these, one after the other.
  std::uint64_t longest_chain{0};
  std::vector<Projection> projections;  ///< of a survey; else empty
};

}  // namespace portflow::kernel
