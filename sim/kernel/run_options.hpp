/// \file run_options.hpp
/// How a run is driven, and what it says of itself afterwards.
#pragma once

#include <cstdint>
#include <functional>

#include "core/time.hpp"

namespace portflow::kernel {

struct RunOptions {
  SimTime until{never};    ///< events at or after this instant are not handled
  unsigned workers{1};     ///< threads that handle events, >= 1
  bool sequential{false};  ///< one plain loop over one calendar: the yardstick for tests
  Duration seal_every{std::chrono::hours{6}};  ///< least simulated time between two seals

  /// Called between windows by the coordinating thread while no event is being handled:
  /// every record stamped before `sealed` is final. The last call comes with `until`.
  std::function<void(SimTime sealed)> on_seal;
  /// Asked at each seal; true ends the run early (interrupt, limit reached).
  std::function<bool()> stop;

  /// Wakes all workers for every window, even where one alone is quicker. It changes no
  /// result; tests use it to see the threads at work.
  bool share_all{false};
};

struct RunSummary {
  std::uint64_t events{0};   ///< handled
  std::uint64_t windows{0};  ///< 0 when sequential
  SimTime reached{};         ///< everything before this instant was handled
  bool stopped{false};       ///< RunOptions::stop asked for it
};

}  // namespace portflow::kernel
