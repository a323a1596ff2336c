/// \file impl.hpp
/// What a Prepared holds. Private to this folder.
#pragma once

#include <memory>

#include "policy/compile.hpp"
#include "procedure/graph.hpp"
#include "run/run.hpp"

namespace portflow::run {

struct Prepared::Impl {
  policy::Compiled compiled;  ///< outlives the model, which points into it
  std::unique_ptr<procedure::Model> model;
  std::vector<policy::Measure> measures;  ///< that are on, and the disturbances, by id
  std::vector<std::string> disturbances;  ///< ids of those of the scenario
  spec::Evidence evidence;
  Errors warnings;
  std::uint64_t seed{1};
  std::vector<spec::Leaf> fields;
};

}  // namespace portflow::run
