/// \file figures.hpp
/// KPIs of one arm as text, and the words for levels of a trace.
#pragma once

#include <string>

#include "analysis/experiment.hpp"
#include "run/run.hpp"
#include "trace/writer.hpp"

namespace portflow::cli {

/// What befalls the port by the scenario's own word, in every arm; empty where nothing does.
[[nodiscard]] std::string disturbances_text(const run::Prepared& prepared);

/// A table of the scenario's KPIs (`all`: those of resources, procedures and causes too;
/// `quantiles`: with their intervals) and a line with fingerprint, events and time.
[[nodiscard]] std::string figures_text(const analysis::Experiment& experiment, bool all,
                                       bool quantiles = false);

/// \pre one of kpi, stages, full
[[nodiscard]] trace::Detail detail_of(const std::string& level);

}  // namespace portflow::cli
