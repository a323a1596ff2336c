/// \file validation.hpp
/// `portflow validate`: a scenario's runs held against its own published figures.
///
/// Every figure is a formula over KPIs, worked out for each replication by itself; so its interval
/// is that of independent runs, also where it is a quotient. A figure is in range when the mean is;
/// where the interval reaches out of the range, that is said, since more replications might say
/// otherwise. Figures that were held out stand apart: nothing may be tuned to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/observe.hpp"
#include "analysis/interval.hpp"
#include "core/error.hpp"
#include "run/run.hpp"
#include "spec/published.hpp"

namespace portflow::calibration {

/// `barely`: the mean is in range, its interval is not wholly.
enum class Standing : std::uint8_t { in_range, barely, out, unobserved };

/// A published figure, and what the runs say of it.
struct Checked {
  spec::Published row;
  std::vector<std::optional<double>> values;  ///< by replication, in the row's unit
  std::optional<double> found;                ///< their mean
  std::optional<analysis::Interval>
      interval;  ///< 95 %, of the mean; of a maximum, the values' range
  bool maximum{false};
  Standing standing{Standing::unobserved};
};

struct Validation {
  std::string scenario, title, engine;
  std::uint64_t seed{0}, events{0}, fingerprint{0};
  std::uint32_t replications{0};
  SimTime from{}, to{};  ///< when those who count were created
  bool stopped{false};   ///< interrupted: only replications that were done count
  std::vector<Checked> rows;
};

/// \returns an input fault where the scenario publishes nothing
[[nodiscard]] Result<Validation> validate(const run::Prepared& prepared, const std::string& file,
                                          const analysis::RunMany& options);

}  // namespace portflow::calibration
