/// \file inspect.hpp
/// What an input file is, and every error in it, without running anything.
#pragma once

#include <string>

#include "core/error.hpp"
#include "spec/scenario.hpp"

namespace portflow::run {

/// A file without errors.
struct Inspected {
  enum class Kind : std::uint8_t { scenario, measure, package } kind{Kind::scenario};
  std::string name;         ///< of the scenario or package, id of the measure
  std::size_t size{0};      ///< effects of a measure, measures of a package,
                            ///< disturbances of a scenario
  spec::Evidence evidence;  ///< scenarios: how many numbers rest on what
  Errors warnings;
};

/// Reads a scenario, a measure or a package; which of them is told by the keys that only
/// such files have (`effects` or `parts`; `measures`). A measure is compiled on the scenarios that
/// its `shown` names, and they must have the KPIs that it speaks of.
[[nodiscard]] Result<Inspected> inspect(const std::string& path);

}  // namespace portflow::run
