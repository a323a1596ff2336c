/// \file weakest.hpp
/// The least supported numbers that matter most, as `portflow sensitivity --json` wrote them.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"

namespace portflow::analysis {

/// A number that rests on little, and the KPI that it moves most.
struct WeakNumber {
  std::string field, value, confidence, kpi;
  double elasticity{0};  ///< relative change of the KPI over that of the number
};

/// The first `count` of the file, worst first. \returns an input fault where it is no such file
[[nodiscard]] Result<std::vector<WeakNumber>> read_weakest(const std::string& path,
                                                           std::size_t count = 5);

}  // namespace portflow::analysis
