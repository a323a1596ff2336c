/// \file small_runs.hpp
/// Short runs of the scenarios that ship with portflow, folded into their KPIs.
#pragma once

#include <string>
#include <vector>

#include "kpi/figure.hpp"

namespace portflow::scenario_test {

/// Where the scenarios lie, with a slash at the end.
[[nodiscard]] std::string scenarios();

/// The KPIs of one replication on one thread. \throws std::runtime_error with every input error
/// \param scenario  file below `scenarios()`
/// \param horizon   YAML of a `horizon` that replaces the scenario's
/// \param settings  `path=value`, as after `--set`
[[nodiscard]] std::vector<kpi::Figure> figures(const std::string& scenario,
                                               const std::string& horizon,
                                               const std::vector<std::string>& measures = {},
                                               const std::vector<std::string>& settings = {});

/// The figure called `name`. \throws std::runtime_error where there is none
[[nodiscard]] const kpi::Figure& figure(const std::vector<kpi::Figure>& figures,
                                        const std::string& name);

}  // namespace portflow::scenario_test
