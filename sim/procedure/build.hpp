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

/// A scenario that holds from an instant on, with the procedures of every set of adopters.
struct Dated {
  SimTime from{};
  const spec::Scenario* scenario{nullptr};
  std::vector<const std::map<std::string, spec::Procedure>*> variants;  ///< index: adoption bits
};

/// A measure that only a share adopts; index: its bit.
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
