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

/// A procedure as those meet it who adopt measures that edit it.
struct Alternatives {
  /// Of Compiled::adoptions: those that edit it and have begun, the earliest first. So the bits
  /// of an epoch mean the same in every later one.
  std::vector<std::size_t> rules;
  /// Bit i of the index: adopts `rules[i]`; [0] is the procedure of those who adopt none.
  std::vector<spec::Procedure> by_adopters;
  friend bool operator==(const Alternatives&, const Alternatives&) = default;
};

/// A scenario that holds from an instant on.
struct Epoch {
  SimTime from{};           ///< the first epoch starts before everything
  spec::Scenario scenario;  ///< with all effects that need no adoption
  /// By procedure; those that no adopter meets otherwise are left out.
  std::map<std::string, Alternatives> alternatives;
};

/// One adoption decision, which an entity makes at its birth.
struct AdoptionRule {
  std::string part;  ///< `m04` or `m07.b`: names the draw
  Adoption adoption;
  SimTime from{}, to{never};  ///< decided for entities created in this period
};

/// What a field was and became, for listings.
struct Change {
  std::string part, path, before, after;
  std::string where;  ///< for whom; empty: for all
  SimTime from{};
};

struct Compiled {
  std::vector<Epoch> epochs;            ///< ascending, at least one
  std::vector<AdoptionRule> adoptions;  ///< at most 64, and 8 that edit one procedure
  std::vector<Change> changes;
};

/// \param baseline  bound once, so that defaults are filled in (spec::bind)
/// \returns dated scenarios, or every error at once: a selector without a match, a `was` that
///          no longer holds, two different sets of one field (naming both files and lines), a
///          missing requirement, an exclusion, too many adoptions, and whatever binding the
///          edited tree refuses.
[[nodiscard]] Result<Compiled> compile(const spec::Node& baseline,
                                       const std::vector<Measure>& measures);

/// Types one measure file, or one that stands under `path` of another file.
[[nodiscard]] Result<Measure> bind_measure(spec::Node root, const std::string& file,
                                           std::string path = {});

}  // namespace portflow::policy
