/// \file expectation.hpp
/// What measures promise (`expect:`, `unchanged:`), held against what a comparison found.
#pragma once

#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace portflow::analysis {

/// `kept`: the interval (for `unchanged`, every entity) bears it out. `broken`: it speaks
/// against it. `open`: it allows both. `mixed`: another measure that is switched on means to
/// move the same KPI, so this comparison cannot tell whose doing it is. `unmeasured`: the
/// scenario has no such KPI, or it was never observed.
enum class Outcome : std::uint8_t { kept, broken, open, mixed, unmeasured };

/// One line of a measure's promises.
struct Expectation {
  std::string measure, kpi;
  std::string promise;  ///< down, up, not_down, not_up or unchanged
  Outcome outcome{Outcome::open};
  std::string mixed_with;     ///< for `mixed`: the other measure
  const Pair* pair{nullptr};  ///< in the comparison; null where the KPI is not measured
};

/// The promises of every measure that only the policy arm has, by measure and KPI.
/// \returns pointers into `comparison`, which must outlive them.
[[nodiscard]] std::vector<Expectation> expectations_of(const Comparison& comparison);

}  // namespace portflow::analysis
