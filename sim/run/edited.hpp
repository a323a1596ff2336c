/// \file edited.hpp
/// A scenario without and with measures, as if all of them had begun: what they edit, whatever the
/// date and the horizon.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "policy/compile.hpp"

namespace portflow::run {

struct Edited {
  spec::Scenario before;
  spec::Scenario after;                             ///< for those who adopt nothing
  std::map<std::string, spec::Procedure> adopters;  ///< procedures that adopters meet otherwise
  std::vector<policy::Change> changes;
};

/// \returns an input fault where the scenario lacks what the measures edit
[[nodiscard]] Result<Edited> edited(const std::string& scenario,
                                    std::vector<policy::Measure> measures);

}  // namespace portflow::run
