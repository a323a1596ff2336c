/// \file weakest.hpp
/// The least supported numbers that matter most: as `portflow sensitivity --json` found them, or,
/// where nobody has looked, those of the steps that take most of a KPI's time.
#pragma once

#include <string>
#include <vector>

#include "analysis/anatomy.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// A number that rests on little, and the KPI that it moves most.
struct WeakNumber {
  std::string field, value, confidence, kpi;
  double elasticity{0};     ///< relative change of the KPI over that of the number
  double share_of_time{0};  ///< of the KPI's mean, at the number's step; 0 where it was measured
};

/// The first `count` of the file, worst first. \returns an input fault where it is no such file
[[nodiscard]] Result<std::vector<WeakNumber>> read_weakest(const std::string& path,
                                                           std::size_t count = 5);

/// Those of `numbers` that stand in a step on which the mean of a span KPI spends time, by the
/// share of it, greatest first; one a step. `field` must be spelt `procedures.P.steps.S...`; what
/// is not, is left out.
/// \param anatomies  of one arm, one a replication; none: none is found
[[nodiscard]] std::vector<WeakNumber> weakest_by_time(const std::vector<WeakNumber>& numbers,
                                                      const std::vector<const Anatomy*>& anatomies,
                                                      std::size_t count = 5);

}  // namespace portflow::analysis
