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
  result.replications = options.replications;
  result.threads = options.threads;
  std::vector<std::uint64_t> fingerprints;
  std::vector<std::vector<kpi::Figure>> figures;
  result.engine_run = static_cast<const kernel::RunSummary&>(runs->front().outcome);
  for (const Replication& run : *runs) {
    result.events += run.outcome.events;
    result.stopped = result.stopped || run.outcome.stopped;
  }
  if (result.stopped) {
    // Runs that were cut at different instants have no mean; one alone still says how far it came.
    const auto cut = std::ranges::stable_partition(
        *runs, [](const Replication& run) { return !run.outcome.stopped; });
    result.cut = cut.begin() == runs->begin();
    runs->erase(cut.begin() + (result.cut ? 1 : 0), runs->end());
    result.replications = static_cast<std::uint32_t>(runs->size());
  }
  for (Replication& run : *runs) {
    fingerprints.push_back(run.outcome.fingerprint);
    figures.push_back(std::move(run.results.figures));
  }
  result.fingerprint = fingerprint_of(fingerprints);
  result.kpis = estimate(figures);
  return result;
}

}  // namespace portflow::analysis
