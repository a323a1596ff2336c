/// \file build.hpp
/// From dated scenarios to a Model: every name resolved, every channel's lookahead known.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "procedure/graph.hpp"
#include "procedure/kind.hpp"

namespace portflow::procedure {

/// A procedure as those meet it who adopt measures that edit it.
struct Alternatives {
  std::vector<std::size_t> rules;  ///< adoptions that edit it; a later date only adds to the end
  std::vector<const spec::Procedure*> by_adopters;  ///< bit i of the index: adopts rules[i]
};

/// A scenario that holds from an instant on, with what adopters meet.
struct Dated {
  SimTime from{};
  const spec::Scenario* scenario{nullptr};
  std::map<std::string, Alternatives> alternatives;  ///< of procedures that adopters meet otherwise

  /// A procedure in all its alternatives; nobody adopts anything in the first. Empty if unknown.
  [[nodiscard]] std::vector<const spec::Procedure*> of(const std::string& procedure) const;
  /// Every procedure in all its alternatives.
  [[nodiscard]] std::vector<const spec::Procedure*> all() const;
};

/// A measure that only a share adopts, at most 64.
struct AdoptionInput {
  std::string part, by;
  Condition where;
  spec::Amount share;
  SimTime from{}, to{never};
};

/// The line on the map that a journey follows.
struct RouteLine {
  std::uint16_t code{0};
  std::string from, to;
  std::vector<network::Hop> hops;
};

struct Built {
  std::unique_ptr<Model> model;
  std::vector<RouteLine> lines;  ///< geometry of Schema::routes, to be drawn from the map files
};

/// \pre `dated` is not empty and outlives the model.
/// \returns the model, or every error at once: an unknown kind, verb or attribute, a case that
///          is missing, no way between two places, no hand-over between two processes.
[[nodiscard]] Result<Built> build(const std::vector<Dated>& dated,
                                  const std::vector<AdoptionInput>& adoptions, Kinds kinds);

}  // namespace portflow::procedure
