#include "analysis/compare.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "analysis/judge.hpp"

namespace portflow::analysis {
namespace {

/// Replaces spans by restricted ones in both arms where any replication has unfinished ones.
/// \returns whether it did.
bool restrict(std::vector<std::vector<kpi::Figure>>& base,
              std::vector<std::vector<kpi::Figure>>& policy, std::size_t kpi) {
  bool unfinished = false;
  for (auto* arm : {&base, &policy}) {
    for (const auto& run : *arm) {
      if (run[kpi].kind != "span" || (run[kpi].value && !run[kpi].restricted)) return false;
      unfinished = unfinished || run[kpi].unfinished > 0;
    }
  }
  if (!unfinished) return false;
  for (auto* arm : {&base, &policy}) {
    for (auto& run : *arm) run[kpi].value = run[kpi].restricted;
  }
  return true;
}

/// Measures of both arms, by id; what they promise is read from the policy arm's files.
std::vector<MeasureNote> notes_on(const run::Prepared& base, const run::Prepared& policy) {
  std::map<std::string, MeasureNote> notes;
  for (const run::Prepared* arm : {&base, &policy}) {
    for (const policy::Measure& measure : arm->measures()) {
      MeasureNote& note = notes[measure.id];
      note.id = measure.id;
      note.title = {measure.title.zh, measure.title.en};
      note.institutional = measure.institutional;
      note.expect = measure.expect;
      note.unchanged = measure.unchanged;
      (arm == &base ? note.in_base : note.in_policy) = true;
    }
  }
  std::vector<MeasureNote> result;
  result.reserve(notes.size());
  for (auto& [id, note] : notes) result.push_back(std::move(note));
  return result;
}

void describe(const run::Prepared& base, const run::Prepared& policy, const CompareOptions& options,
              Comparison& into) {
  const trace::Schema schema = policy.schema(0);
  into.scenario = schema.scenario_name;
  into.title = schema.scenario_title;
  into.base_measures = base.schema(0).measures;
  into.policy_measures = schema.measures;
  into.measures = notes_on(base, policy);
  into.engine = schema.engine;
  into.seed = schema.seed;
  into.from = schema.from;
  into.cohort_from = schema.cohort_from;
  into.to = schema.to;
  into.until = schema.until;
  into.follow = schema.follow;
  into.threads = options.threads;
  into.evidence = policy.evidence();
}

}  // namespace

PairedRun pair_up(const trace::Schema& schema, kpi::Results base, kpi::Results policy,
                  std::uint32_t replication) {
  PairedRun run;
  run.census = take_census(schema, base.members, policy.members, replication);
  for (kpi::Figure& figure : base.figures) {
    const auto other = std::ranges::find(policy.figures, figure.name, &kpi::Figure::name);
    if (other == policy.figures.end()) {
      run.unpaired.push_back(figure.name);
      continue;
    }
    run.entities.push_back(agreement_of(figure, *other));
    for (kpi::Figure* one : {&figure, &*other}) {
      one->entities = {};
      if (replication != 0) one->curve = {};
    }
    run.base.push_back(std::move(figure));
    run.policy.push_back(std::move(*other));
    other->name.clear();  // paired
  }
  for (const kpi::Figure& figure : policy.figures) {
    if (!figure.name.empty()) run.unpaired.push_back(figure.name);
  }
  return run;
}

void combine(const std::vector<PairedRun>& all, Comparison& into) {
  std::vector<const PairedRun*> runs;
  std::vector<std::vector<kpi::Figure>> base, policy;
  std::vector<std::uint64_t> of_base_runs, of_policy_runs;
  for (const PairedRun& run : all) {
    into.events += run.events;
    // Arms that were cut at different instants differ by that alone.
    if (run.stopped) {
      into.stopped = true;
      continue;
    }
    runs.push_back(&run);
    base.push_back(run.base);
    policy.push_back(run.policy);
    of_base_runs.push_back(run.base_fingerprint);
    of_policy_runs.push_back(run.policy_fingerprint);
    add(into.census, run.census);
    into.fingerprints.emplace_back(run.base_fingerprint, run.policy_fingerprint);
    if (run.anatomy) into.anatomies.push_back(*run.anatomy);
  }
  into.replications = static_cast<std::uint32_t>(runs.size());
  into.base_fingerprint = fingerprint_of(of_base_runs);
  into.policy_fingerprint = fingerprint_of(of_policy_runs);
  if (!runs.empty()) into.unpaired = runs.front()->unpaired;
  const std::size_t kpis = base.empty() ? 0 : base.front().size();
  std::vector<bool> restricted(kpis);
  for (std::size_t kpi = 0; kpi < kpis; ++kpi) restricted[kpi] = restrict(base, policy, kpi);
  std::vector<Estimate> of_base = estimate(base), of_policy = estimate(policy);
  for (std::size_t kpi = 0; kpi < of_base.size(); ++kpi) {
    Pair pair;
    pair.base = std::move(of_base[kpi]);
    pair.policy = std::move(of_policy[kpi]);
    pair.restricted = restricted[kpi];
    for (const PairedRun* run : runs) {
      pair.restricted_unknown +=
          run->base[kpi].restricted_unknown + run->policy[kpi].restricted_unknown;
      pair.entities_compared += run->entities[kpi].compared;
      pair.entities_different += run->entities[kpi].different;
    }
    judge(pair);
    into.kpis.push_back(std::move(pair));
  }
  correct_for_many(into.kpis);
}

namespace {

Result<Replication> base_run(const run::Prepared& base, const CompareOptions& options,
                             const RunOne& one) {
  if (options.base_runs == nullptr || one.trace) return run_one(base, one);
  if (auto kept = options.base_runs->find(one.replication)) return std::move(*kept);
  auto run = run_one(base, one);
  if (run && !run->outcome.stopped) options.base_runs->keep(one.replication, *run);
  return run;
}

/// One replication of both arms, one after the other, so that each takes what threads there are.
Result<PairedRun> run_pair(const run::Prepared& base, const run::Prepared& policy,
                           const CompareOptions& options, std::uint32_t replication,
                           unsigned threads, const std::function<bool(double)>& progress) {
  RunOne one{.replication = replication,
             .threads = threads,
             .keep = kpi::Keep::entities_and_curves,
             .trace = {},
             .paths_to = nullptr,
             .progress = [&](double share) { return progress(share / 2); }};
  const trace::Schema base_schema = base.schema(replication);
  const trace::Schema policy_schema = policy.schema(replication);
  std::unique_ptr<Anatomist> of_base, of_policy;
  if (options.anatomy) {
    for (auto& [schema, anatomist] :
         {std::pair{&base_schema, &of_base}, std::pair{&policy_schema, &of_policy}}) {
      auto made = Anatomist::make(*schema);
      if (!made) return tl::unexpected(made.error());
      *anatomist = std::move(*made);
    }
  }
  one.paths_to = of_base.get();
  if (replication == 0) one.trace = options.base_trace;
  auto first = base_run(base, options, one);
  if (!first) return tl::unexpected(first.error());
  PairedRun pair;
  pair.stopped = true;
  pair.events = first->outcome.events;
  if (first->outcome.stopped) return pair;
  one.progress = [&](double share) { return progress(0.5 + share / 2); };
  one.trace = replication == 0 ? options.policy_trace : std::nullopt;
  one.paths_to = of_policy.get();
  auto second = run_one(policy, one);
  if (!second) return tl::unexpected(second.error());
  const std::uint64_t events = first->outcome.events + second->outcome.events;
  if (!second->outcome.stopped) {
    pair = pair_up(base_schema, std::move(first->results), std::move(second->results), replication);
    if (of_base) {
      pair.anatomy = PairedAnatomy{of_base->finish(), of_policy->finish()};
      explain(pair.census.movers, base_schema, of_base->accounts(), policy_schema,
              of_policy->accounts());
    }
    pair.base_fingerprint = first->outcome.fingerprint;
    pair.policy_fingerprint = second->outcome.fingerprint;
    pair.stopped = false;
  }
  pair.events = events;
  return pair;
}

/// Adds replications up to `wanted` to `runs`.
Result<void> run_pairs(const run::Prepared& base, const run::Prepared& policy,
                       const CompareOptions& options, std::uint32_t wanted,
                       std::vector<PairedRun>& runs) {
  const auto have = static_cast<std::uint32_t>(runs.size());
  runs.resize(wanted);
  for (std::uint32_t i = have; i < wanted; ++i) runs[i].stopped = true;  // until it is done
  const Job job = [&](std::uint32_t index, unsigned threads,
                      const std::function<bool(double)>& progress) -> Result<void> {
    const std::uint32_t replication = have + index;
    PairedRun& own = runs[replication];
    const bool traced = replication == 0 && (options.base_trace || options.policy_trace);
    if (options.keeper != nullptr && !traced) {
      if (auto kept = options.keeper->find(replication);
          kept && (kept->anatomy || !options.anatomy)) {
        own = std::move(*kept);
        return {};
      }
    }
    auto pair = run_pair(base, policy, options, replication, threads, progress);
    if (!pair) return tl::unexpected(pair.error());
    own = std::move(*pair);
    if (options.keeper == nullptr || own.stopped) return {};
    return options.keeper->keep(replication, own);
  };
  return side_by_side(wanted - have, options.threads, options.progress, job);
}

/// What a precision is judged by: the paired differences, as a share of the base.
Result<Step> judge_precision(const Precision& goal, const Comparison& comparison) {
  std::vector<kpi::Figure> headings;
  headings.reserve(comparison.kpis.size());
  for (const Pair& pair : comparison.kpis) headings.push_back(pair.base.heading);
  const auto found = find_goal(goal, headings);
  if (!found) return tl::unexpected(found.error());
  const Pair& pair = comparison.kpis[*found];
  std::vector<double> differences;
  for (std::size_t i = 0; i < pair.base.values.size(); ++i) {
    if (!pair.base.values[i] || !pair.policy.values[i]) continue;
    differences.push_back(*pair.policy.values[i] - *pair.base.values[i]);
  }
  return next_step(goal, differences, pair.base.mean.value_or(0), comparison.replications);
}

}  // namespace

Result<Comparison> compare(const run::Prepared& base, const run::Prepared& policy,
                           const CompareOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  Comparison result;
  std::vector<PairedRun> runs;
  std::uint32_t wanted = options.replications;
  while (wanted > runs.size()) {
    auto done = run_pairs(base, policy, options, wanted, runs);
    if (!done) return tl::unexpected(done.error());
    result = {};
    describe(base, policy, options, result);
    combine(runs, result);
    if (!options.precision || result.stopped) break;
    const auto step = judge_precision(*options.precision, result);
    if (!step) return tl::unexpected(step.error());
    result.reached = step->reached;
    wanted = step->next;
  }
  result.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

}  // namespace portflow::analysis
