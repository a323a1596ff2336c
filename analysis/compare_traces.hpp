/// \file compare_traces.hpp
/// Two arms compared from the traces that they left, whoever made these runs.
#pragma once

#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace portflow::analysis {

/// Folds traces as compare() folds runs: arms are told apart by their measures, the one with fewer
/// is the base, and replications are paired by number.
///
/// A trace of level full gives where the time went as well; where any is coarser, `anatomies` is
/// empty. What traces do not hold stays empty: evidence, promises of measures, the command.
/// \param paths  files, or folders whose `.h5` files are meant
/// \returns an input fault where they are not two arms of one scenario and seed with a replication
/// in
///          common, naming what was found; and what trace::Reader returns.
[[nodiscard]] Result<Comparison> compare_traces(const std::vector<std::string>& paths);

}  // namespace portflow::analysis
