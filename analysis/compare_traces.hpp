/// \file compare_traces.hpp
/// Two arms compared from the traces that they left, whoever made these runs.
#pragma once

#include "analysis/compare.hpp"
#include "analysis/trace_arms.hpp"

namespace portflow::analysis {

/// Folds traces as compare() folds runs; replications are paired by number.
///
/// Traces of level full give where the time went as well; where any is coarser, `anatomies` is
/// empty. What traces do not hold stays empty: evidence, promises of measures, the command.
/// \returns an input fault where the arms have no replication in common; and what trace::Reader
///          returns.
[[nodiscard]] Result<Comparison> compare_traces(const TraceArm& base_arm,
                                                const TraceArm& policy_arm);

}  // namespace portflow::analysis
