/// \file problem.hpp
/// A calibration as it is written: what may be turned, within which bounds, and what should come
/// out.
///
///     portflow: 1
///     name: queue-calibrated
///     scenario: one_berth.yaml
///     replications: 4
///     evaluations: 40
///     parameters:
///       service: {set: procedures.call.steps.moor.takes.exponential, bounds: [4 h, 9 h], start: 5
///       h}
///     targets:
///       wait: {of: berth_wait, unit: h, wanted: 12 h, tolerance: 0.1 h}
///     overlay: {file: found.yaml, extends: one_berth.yaml}
///
/// A target without `of` is the row of that name among the scenario's published figures; rows that
/// are held out are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/optimiser.hpp"
#include "core/error.hpp"
#include "policy/selector.hpp"
#include "run/run.hpp"
#include "spec/published.hpp"

namespace portflow::calibration {

/// What may be turned: fields that are set to one number, or numbers that are multiplied.
struct Parameter {
  std::string name, path_text;
  std::vector<policy::Path> paths;
  bool scales{false};  ///< its number is a factor
  bool whole{false};   ///< only whole numbers are tried
  double least{0}, most{0}, start{0};
  std::string unit;  ///< as written in the bounds
  std::string note;

  /// `value` as it is tried and written: six significant digits and the unit.
  [[nodiscard]] std::string text_of(double value) const;
};

/// What should come out. `row.value` is what is wanted.
struct Target {
  spec::Published row;
  double tolerance{0};
};

struct Problem {
  std::string file, name;
  run::Request request;  ///< of the scenario, with its horizon replaced where the file says so
  std::uint32_t replications{1}, evaluations{60};
  Method method{Method::bobyqa};
  std::vector<Parameter> parameters;
  std::vector<Target> targets;
  std::string overlay,
      extends;          ///< file to write and what it extends; paths from the working folder
  spec::Node scenario;  ///< tree of the scenario
};

/// Reads and looks everything up in the scenario. \returns every error at once
[[nodiscard]] Result<Problem> read_problem(const std::string& file);

}  // namespace portflow::calibration
