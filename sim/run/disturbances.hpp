/// \file disturbances.hpp
/// What befalls the port in a scenario by its own word:
/// `disturbances: [../disturbances/fog.yaml, {id: strike, starts: .., ends: .., effects: [..]}]`.
///
/// Each is a file of dated edits, as `--with` takes it, or the same written in place. They are
/// compiled with the measures that are on, under the same laws, and so hold in every arm alike.
#pragma once

#include <vector>

#include "core/error.hpp"
#include "policy/measure.hpp"
#include "spec/node.hpp"

namespace portflow::run {

/// One of them, and where the scenario says so.
struct Disturbance {
  policy::Measure measure;
  Place listed;
};

/// Those of a scenario, in the order of its list; a file is looked for from the file that names it.
/// \returns every fault of every one: a file that is not there, a measure in place of a
/// disturbance, two of one id, and whatever policy::bind_measure refuses.
[[nodiscard]] Result<std::vector<Disturbance>> disturbances_of(const spec::Node& scenario);

/// The measures that are on and the disturbances together. \returns a fault for an id that both
/// have
[[nodiscard]] Result<std::vector<policy::Measure>> together(std::vector<policy::Measure> measures,
                                                            std::vector<Disturbance> disturbances);

}  // namespace portflow::run
