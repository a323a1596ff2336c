#include "analysis/experiment.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace portflow::analysis {
namespace {

Result<Step> judge_precision(const Precision& goal, const Experiment& experiment) {
  std::vector<kpi::Figure> headings;
  headings.reserve(experiment.kpis.size());
  for (const Estimate& one : experiment.kpis) headings.push_back(one.heading);
  const auto found = find_goal(goal, headings);
  if (!found) return tl::unexpected(found.error());
  const Estimate& one = experiment.kpis[*found];
  std::vector<double> values;
  for (const auto& value : one.values) {
    if (value) values.push_back(*value);
  }
  return next_step(goal, values, one.mean.value_or(0), experiment.replications);
}

Experiment described(const run::Prepared& prepared, unsigned threads) {
  const trace::Schema schema = prepared.schema(0);
  Experiment result;
  result.scenario = schema.scenario_name;
  result.title = schema.scenario_title;
  result.measures = schema.measures;
  result.engine = schema.engine;
  result.seed = schema.seed;
  result.threads = threads;
  return result;
}

}  // namespace

void sum_up(std::vector<Replication> runs, Experiment& result) {
  for (const Replication& run : runs) {
    result.events += run.outcome.events;
    result.stopped = result.stopped || run.outcome.stopped;
  }
  if (result.stopped) {
    // Runs that were cut at different instants have no mean; one alone still says how far it came.
    const auto cut = std::ranges::stable_partition(
        runs, [](const Replication& run) { return !run.outcome.stopped; });
    result.cut = cut.begin() == runs.begin();
    runs.erase(cut.begin() + (result.cut ? 1 : 0), runs.end());
  }
  result.replications = static_cast<std::uint32_t>(runs.size());
  std::vector<std::vector<kpi::Figure>> figures;
  for (Replication& run : runs) {
    result.fingerprints.push_back(run.outcome.fingerprint);
    figures.push_back(std::move(run.results.figures));
    if (run.insight) result.insights.push_back(std::move(*run.insight));
  }
  result.fingerprint = fingerprint_of(result.fingerprints);
  result.kpis = estimate(figures);
}

Result<Experiment> run_experiment(const run::Prepared& prepared, const RunMany& options,
                                  const std::optional<Precision>& precision) {
  const auto begin = std::chrono::steady_clock::now();
  Experiment result;
  std::vector<Replication> runs;
  std::uint32_t wanted = options.replications;
  while (wanted > runs.size()) {
    RunMany batch = options;
    batch.first = static_cast<std::uint32_t>(runs.size());
    batch.replications = wanted - batch.first;
    auto more = replicate(prepared, batch);
    if (!more) return tl::unexpected(more.error());
    std::ranges::move(*more, std::back_inserter(runs));
    result = described(prepared, options.threads);
    result.engine_run = static_cast<const kernel::RunSummary&>(runs.front().outcome);
    result.trace = runs.front().trace;
    sum_up(runs, result);
    if (!precision || result.stopped) break;
    const auto step = judge_precision(*precision, result);
    if (!step) return tl::unexpected(step.error());
    result.reached = step->reached;
    wanted = step->next;
  }
  result.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

}  // namespace portflow::analysis
