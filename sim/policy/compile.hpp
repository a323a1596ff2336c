/// \file compile.hpp
/// Baseline and a set of measures to dated scenarios. Pure: the result depends on the set of
/// measures alone, never on their order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "policy/measure.hpp"
#include "spec/scenario.hpp"

namespace portflow::policy {

/// A scenario that holds from an instant on.
struct Epoch {
  SimTime from{};           ///< the first epoch starts before everything
  spec::Scenario scenario;  ///< with all effects that need no adoption
  /// procedures[mask]: all procedures as an adopter of exactly the measures in `mask` meets
  /// them (bit i: Compiled::adoptions[i]); index 0 equals scenario.procedures.
  std::vector<std::map<std::string, spec::Procedure>> variants;
};

/// One adoption decision: bit i of an entity's variant.
struct AdoptionRule {
  std::string part;  ///< `m04` or `m07.b`: names the draw
  Adoption adoption;
  SimTime from{}, to{never};  ///< decided for entities created in this period
};

/// What a field was and became, for listings.
struct Change {
  std::string part, path, before, after;
  SimTime from{};
};

struct Compiled {
  std::vector<Epoch> epochs;            ///< ascending, at least one
  std::vector<AdoptionRule> adoptions;  ///< at most 8
  std::vector<Change> changes;
  Errors warnings;  ///< a measure that never acts within the horizon, ...
};

/// \param baseline  bound once, so that defaults are filled in (spec::bind)
/// \returns dated scenarios, or every error at once: a selector without a match, a `was` that
///          no longer holds, two different sets of one field (naming both files and lines), a
///          missing requirement, an exclusion, more than 8 adoptions, and whatever binding
///          the edited tree refuses.
[[nodiscard]] Result<Compiled> compile(const spec::Node& baseline,
                                       const std::vector<Measure>& measures);

/// Types one measure file.
[[nodiscard]] Result<Measure> bind_measure(spec::Node root, const std::string& file);

}  // namespace portflow::policy
