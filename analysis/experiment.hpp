/// \file experiment.hpp
/// One arm: all replications of a scenario, and what they say of its KPIs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/precision.hpp"
#include "analysis/replicate.hpp"

namespace portflow::analysis {

struct Experiment {
  std::string scenario;
  trace::Label title;
  std::vector<std::string> measures;
  std::string engine;  ///< version of portflow
  std::uint64_t seed{0};
  std::uint32_t replications{0};
  unsigned threads{0};
  std::uint64_t events{0};
  double wall_seconds{0};            ///< from the first run's start to the last one's end
  std::uint64_t fingerprint{0};      ///< of all replications
  kernel::RunSummary engine_run;     ///< how replication 0 went inside; events of it alone
  bool stopped{false};               ///< interrupted: only replications that were done count
  bool cut{false};                   ///< none was done: what there is of replication 0 is shown
  std::optional<double> reached;     ///< Precision: half of the interval as a share of the mean
  std::optional<trace::Cost> trace;  ///< of replication 0, where one was written
  std::vector<Estimate> kpis;
  std::vector<std::uint64_t> fingerprints;  ///< of each replication
  std::vector<Insight> insights;            ///< likewise; empty where nobody asked
};

/// Fills counts, fingerprints, KPIs and insights from the replications at hand, none of which is
/// missing; those that were stopped count only where there is no other.
void sum_up(std::vector<Replication> runs, Experiment& result);

/// An interrupted experiment holds the replications that were whole by then; where none was, what
/// the first one had come to.
/// \param precision  goes on until reached; `options.replications` come first
[[nodiscard]] Result<Experiment> run_experiment(const run::Prepared& prepared,
                                                const RunMany& options,
                                                const std::optional<Precision>& precision = {});

}  // namespace portflow::analysis
