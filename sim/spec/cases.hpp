/// \file cases.hpp
/// `{by: attribute, case: value, ...}`, shared by numbers, distributions and choices.
#pragma once

#include <string>
#include <vector>

#include "spec/node.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// One case; `yes` and `no` of a chance are called `true` and `false`.
struct Case {
  std::string name;
  Node& node;
  Spot spot;
};

/// The cases of a map that has the key `by`; complains where no attribute may be read.
[[nodiscard]] std::vector<Case> read_cases(Node& node, const Spot& spot, std::string& by);

}  // namespace portflow::spec
