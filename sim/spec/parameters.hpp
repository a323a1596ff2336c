/// \file parameters.hpp
/// Named numbers: `parameters: {crane_time: {value: 2 min}}`, quoted as `$crane_time`.
#pragma once

#include "spec/node.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// A copy of `root` in which every scalar `$name` is replaced by the parameter's value.
/// Complains about unknown names and about parameters that quote parameters.
[[nodiscard]] Node substituted(const Node& root, const Spot& spot);

/// Copies what binding filled in (Node::defaulted) from the substituted tree into `root`, which
/// keeps its quotations.
void copy_defaults(const Node& bound, Node& root);

}  // namespace portflow::spec
