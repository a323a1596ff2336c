/// \file json.hpp
/// Results as JSON: the stable form that scripts read (docs/reference/kpi-json.md).
///
/// Numbers that were not observed or have no meaning are null, never 0. Counts are sums over
/// replications, quantiles means over them, `max` the greatest of all.
#pragma once

#include <string>

#include "analysis/compare.hpp"
#include "analysis/experiment.hpp"

namespace portflow::analysis {

/// What `run --kpi` and `trace kpi --json` write.
[[nodiscard]] std::string to_json(const Experiment& experiment);

/// What `compare --json` writes: the same object for the policy arm (`mean`, `ci95`, ...), and
/// per KPI `base`, `policy`, `difference`, `difference_ci95`, `correlation`,
/// `more_replications_needed`, `verdict`.
[[nodiscard]] std::string to_json(const Comparison& comparison);

}  // namespace portflow::analysis
