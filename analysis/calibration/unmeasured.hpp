/// \file unmeasured.hpp
/// The numbers of a scenario that rest on little, for a report where nobody has measured what
/// matters.
#pragma once

#include <string>
#include <vector>

#include "analysis/weakest.hpp"
#include "core/error.hpp"

namespace portflow::calibration {

/// All that weak_numbers() finds in the file, without KPI and effect. \returns what io::load()
/// does.
[[nodiscard]] Result<std::vector<analysis::WeakNumber>> unmeasured(const std::string& scenario);

}  // namespace portflow::calibration
