#include "analysis/compare_traces.hpp"

#include <algorithm>

namespace portflow::analysis {
namespace {

void describe(const trace::Schema& base, const trace::Schema& policy, Comparison& into) {
  into.scenario = policy.scenario_name;
  into.title = policy.scenario_title;
  into.base_measures = base.measures;
  into.policy_measures = policy.measures;
  for (const std::string& id : policy.measures) {
    const bool in_base = std::ranges::find(base.measures, id) != base.measures.end();
    into.measures.push_back({.id = id,
                             .title = {},
                             .in_base = in_base,
                             .in_policy = true,
                             .expect = {},
                             .unchanged = {}});
  }
  for (const std::string& id : base.measures) {
    if (std::ranges::find(policy.measures, id) != policy.measures.end()) continue;
    into.measures.push_back({.id = id,
                             .title = {},
                             .in_base = true,
                             .in_policy = false,
                             .expect = {},
                             .unchanged = {}});
  }
  into.engine = policy.engine;
  into.seed = policy.seed;
  into.from = policy.from;
  into.cohort_from = policy.cohort_from;
  into.to = policy.to;
  into.until = policy.until;
  into.follow = policy.follow;
}

}  // namespace

Result<Comparison> compare_traces(const TraceArm& base_arm, const TraceArm& policy_arm) {
  const auto& of_base = base_arm.traces;
  const auto& of_policy = policy_arm.traces;
  std::vector<PairedRun> runs;
  Comparison result;
  for (const auto& [replication, opened] : of_base) {
    const auto partner = of_policy.find(replication);
    if (partner == of_policy.end()) continue;
    auto base = fold(opened);
    if (!base) return tl::unexpected(base.error());
    auto policy = fold(partner->second);
    if (!policy) return tl::unexpected(policy.error());
    const trace::Schema &base_schema = opened.reader->schema(),
                        &policy_schema = partner->second.reader->schema();
    if (runs.empty()) describe(base_schema, policy_schema, result);
    PairedRun& run = runs.emplace_back(
        pair_up(base_schema, std::move(base->results), std::move(policy->results), replication));
    run.base_fingerprint = fingerprint_in(base_schema);
    run.policy_fingerprint = fingerprint_in(policy_schema);
    run.events = base_schema.events + policy_schema.events;
    if (!base->anatomist || !policy->anatomist) continue;
    run.anatomy = PairedAnatomy{base->anatomist->finish(), policy->anatomist->finish()};
    explain(run.census.movers, base_schema, base->anatomist->accounts(), policy_schema,
            policy->anatomist->accounts());
  }
  if (runs.empty()) {
    return fail(Failure::input, "no replication is there for both arms");
  }
  // A part that some replications lack would not pair.
  if (!std::ranges::all_of(runs, [](const PairedRun& run) { return run.anatomy.has_value(); })) {
    for (PairedRun& run : runs) run.anatomy.reset();
  }
  combine(runs, result);
  return result;
}

}  // namespace portflow::analysis
