/// \file from_trace.hpp
/// The KPIs of a run, read back from the trace that it left.
///
/// A trace carries its own definitions, so nothing but the file is needed. The record is folded
/// by the very folds of the run, in the order of the run; so every figure comes out equal to
/// the last bit, whatever the level of detail of the trace (no KPI reads steps, moves or paths).
#pragma once

#include <string>

#include "analysis/experiment.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// Folds the trace at `path` as an experiment of one replication: the one it records
/// (replication 0, where `run` wrote it).
///
/// `threads` and `wall_seconds` are 0: a trace does not know how it was made. A trace that was
/// cut short (killed, or still being written) gives what it holds, with `stopped` set and
/// `fingerprint` 0. \returns an input fault for what is no trace or is damaged, a disk fault
/// for what cannot be read.
[[nodiscard]] Result<Experiment> from_trace(const std::string& path);

}  // namespace portflow::analysis
