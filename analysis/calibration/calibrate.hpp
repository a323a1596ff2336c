/// \file calibrate.hpp
/// `portflow calibrate`: parameters turned until published figures come out.
///
/// What is made small is the mean over targets of ((found - wanted) / tolerance)^2. Every trial
/// meets the same luck (same seed, same replications, keyed draws), so two trials differ by the
/// parameters alone and the search has no noise to chase. It ends as soon as every target is within
/// its tolerance, or when the budget is spent, or when no step brings anything. Parameters are
/// tried as they will be written, with six digits. The same file gives the same result, on any
/// number of threads.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/overlay.hpp"

namespace portflow::calibration {

enum class Ending : std::uint8_t { within_tolerance, budget, small_steps, interrupted };

/// A point, and what came out there.
struct Found {
  std::vector<std::string> values;             ///< one a parameter, as written
  std::vector<std::optional<double>> figures;  ///< one a target, mean over replications
  double badness{0};
};

struct Calibration {
  Problem problem;
  Found before, after;  ///< at the start, and the best of all
  std::uint32_t trials{0};
  Ending ending{Ending::budget};
  std::vector<Turned> fields;  ///< of the best

  [[nodiscard]] bool within(std::size_t target, const Found& at) const;
};

struct CalibrateOptions {
  unsigned threads{1};
  /// Called with each trial that is new; and with the share of the budget spent, which returns
  /// true to stop.
  std::function<void(const Found&, std::uint32_t)> on_trial{};
  std::function<bool(double)> progress{};
};

[[nodiscard]] Result<Calibration> calibrate(Problem problem, const CalibrateOptions& options);

/// `within tolerance`, `budget spent`, ...
[[nodiscard]] std::string ending_text(const Calibration& calibration);

}  // namespace portflow::calibration
