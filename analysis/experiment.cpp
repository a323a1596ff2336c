#include "analysis/experiment.hpp"

#include <algorithm>
#include <chrono>

namespace portflow::analysis {

Result<Experiment> run_experiment(const run::Prepared& prepared, const RunMany& options) {
  const auto begin = std::chrono::steady_clock::now();
  auto runs = replicate(prepared, options);
  if (!runs) return tl::unexpected(runs.error());
  const trace::Schema schema = prepared.schema(0);
  Experiment result;
  result.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  result.scenario = schema.scenario_name;
  result.title = schema.scenario_title;
  result.measures = schema.measures;
  result.engine = schema.engine;
  result.seed = schema.seed;
  result.threads = options.threads;
  // Where it was interrupted, replications that are whole count; else what the first one has.
  const bool some_whole =
      std::ranges::any_of(*runs, [](const Replication& run) { return !run.outcome.stopped; });
  std::vector<std::uint64_t> fingerprints;
  std::vector<std::vector<kpi::Figure>> figures;
  for (Replication& run : *runs) {
    result.events += run.outcome.events;
    result.stopped = result.stopped || run.outcome.stopped;
    if (some_whole ? run.outcome.stopped : !figures.empty()) continue;
    fingerprints.push_back(run.outcome.fingerprint);
    figures.push_back(std::move(run.results.figures));
  }
  result.replications = static_cast<std::uint32_t>(figures.size());
  result.fingerprint = fingerprint_of(fingerprints);
  result.kpis = estimate(figures);
  return result;
}

}  // namespace portflow::analysis
