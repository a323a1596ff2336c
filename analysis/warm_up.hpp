/// \file warm_up.hpp
/// How long a port takes to forget that it began empty: MSER-5.
///
/// A port's state is what its resources hold and who waits for them. Hour by hour that sum is
/// averaged over pilot replications of the *baseline*; the pattern of the week (or the day, for
/// short runs) is taken out; and the cut is where the rest of the series has the least standard
/// error. The same cut goes to every arm, so that no policy is measured from another day on.
/// Source: K. P. White (1997), Simulation 69(6), 323-334 (MSER, batches of five).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/error.hpp"
#include "core/time.hpp"
#include "run/run.hpp"

namespace portflow::analysis {

/// Where MSER-5 cuts `series`: how many values to leave out, a multiple of five; empty where
/// the least lies beyond the half, so that the series is too short to tell.
[[nodiscard]] std::optional<std::size_t> mser5(std::span<const double> series);

/// Takes out what repeats every `period` values, as seen in the second half; the level stays.
[[nodiscard]] std::vector<double> without_season(std::span<const double> series,
                                                 std::size_t period);

/// What a pilot found.
struct WarmUp {
  std::optional<Duration> cut;    ///< from the start of the horizon; empty: too short to tell
  Duration written{};             ///< what the scenario says
  std::uint32_t replications{0};  ///< that it rests on
};

/// Runs `replications` of `baseline` and cuts the average of their states.
[[nodiscard]] Result<WarmUp> find_warm_up(const run::Prepared& baseline, std::uint32_t replications,
                                          unsigned threads,
                                          const std::function<bool(double)>& progress);

}  // namespace portflow::analysis
