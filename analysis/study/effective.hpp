/// \file effective.hpp
/// Which measures of a set can act: one without its requirement is inert.
#pragma once

#include <string>
#include <vector>

#include "policy/measure.hpp"

namespace portflow::study {

/// `on` without those whose `requires` names a measure that is not on, again and again until none
/// is left. A part (`m07.a`) needs what its measure needs.
[[nodiscard]] std::vector<std::string> effective(std::vector<std::string> on,
                                                 const std::vector<policy::Measure>& known);

/// Groups of measures that exclude each other, directly or in a chain; all others alone. In the
/// order of `ids`.
[[nodiscard]] std::vector<std::vector<std::string>> exclusive_groups(
    const std::vector<std::string>& ids, const std::vector<policy::Measure>& known);

}  // namespace portflow::study
