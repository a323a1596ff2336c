/// \file parameters.hpp
/// Named numbers: `parameters: {crane_time: {value: 2 min}}`, quoted as `$crane_time`.
#pragma once

#include <set>
#include <string>

#include "spec/node.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// A copy of `root` in which every scalar `$name` is replaced by the parameter's value.
/// Complains about unknown names and about parameters that quote parameters. Where a step of
/// `root`, or of `learning`, adjusts a parameter, the copies say whose they are (Node::learns).
/// Notes the names of all parameters.
[[nodiscard]] Node substituted(const Node& root, const Spot& spot,
                               const std::set<std::string>& learning = {});

/// Copies what binding filled in (Node::defaulted) from the substituted tree into `root`, which
/// keeps its quotations.
void copy_defaults(const Node& bound, Node& root);

}  // namespace portflow::spec
