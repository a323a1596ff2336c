#include "analysis/compare.hpp"

#include <algorithm>
#include <chrono>

namespace portflow::analysis {
namespace {

// Least number of pairs whose signs, all equal, are unlikely by chance: 2 (1/2)^6 < 5 %.
constexpr std::size_t pairs_for_sign_test = 6;

struct Differences {
  std::vector<double> base, policy, difference;
};

Differences differences_of(const Pair& pair) {
  Differences result;
  for (std::size_t run = 0; run < pair.base.values.size(); ++run) {
    if (!pair.base.values[run] || !pair.policy.values[run]) continue;
    result.base.push_back(*pair.base.values[run]);
    result.policy.push_back(*pair.policy.values[run]);
    result.difference.push_back(*pair.policy.values[run] - *pair.base.values[run]);
  }
  return result;
}

/// \param direction  < 0, 0 (undecided) or > 0
Verdict verdict_of(kpi::Better better, double direction) {
  if (direction == 0) return Verdict::cannot_tell;
  if (better == kpi::Better::neither) return direction < 0 ? Verdict::down : Verdict::up;
  return (direction < 0) == (better == kpi::Better::lower) ? Verdict::better : Verdict::worse;
}

/// Decides by the signs of the differences alone.
void judge_signs(Pair& pair, const std::vector<double>& difference) {
  const auto [least, greatest] = std::ranges::minmax(difference);
  const double sign = least > 0 ? 1 : greatest < 0 ? -1 : 0;
  if (sign == 0) return;
  if (difference.size() >= pairs_for_sign_test) {
    pair.verdict = verdict_of(pair.base.heading.better, sign);
    pair.more_replications = 0;
  } else if (difference.size() > 1) {
    pair.more_replications = pairs_for_sign_test - difference.size();
  }
}

void judge_mean(Pair& pair, const std::vector<double>& difference) {
  // Equal differences leave a t interval no width, which would be sure of anything after two
  // replications; their signs are all the evidence there is.
  const auto [least, greatest] = std::ranges::minmax(difference);
  if (least == greatest && least != 0) {
    judge_signs(pair, difference);
    return;
  }
  pair.difference_ci95 = mean_interval(difference);
  pair.more_replications = more_replications(difference);
  if (!pair.difference_ci95) return;
  const double direction = pair.difference_ci95->low > 0    ? 1
                           : pair.difference_ci95->high < 0 ? -1
                                                            : 0;
  pair.verdict = verdict_of(pair.base.heading.better, direction);
  if (direction == 0 && pair.more_replications == 0u) pair.more_replications.reset();
}

/// A maximum has no t interval: only the signs of its differences may decide.
void judge_maximum(Pair& pair, const std::vector<double>& difference) {
  const auto [least, greatest] = std::ranges::minmax(difference);
  pair.difference_range = Interval{least, greatest};
  judge_signs(pair, difference);
}

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

void judge(Pair& pair) {
  const Differences known = differences_of(pair);
  pair.pairs = static_cast<std::uint32_t>(known.difference.size());
  if (known.difference.empty()) return;
  pair.difference = mean_of(known.difference);
  pair.correlation = correlation(known.base, known.policy);
  if (is_maximum(pair.base.heading)) {
    judge_maximum(pair, known.difference);
  } else {
    judge_mean(pair, known.difference);
  }
  const bool all_zero = std::ranges::all_of(known.difference, [](double d) { return d == 0; });
  const bool alike = pair.entities_different == 0 && pair.base.unfinished == pair.policy.unfinished;
  if (all_zero && alike) {
    pair.verdict = Verdict::same;
    pair.more_replications = 0;
  }
}

/// Measures of both arms, by id; what they promise is read from the policy arm's files.
std::vector<MeasureNote> notes_on(const run::Prepared& base, const run::Prepared& policy) {
  std::map<std::string, MeasureNote> notes;
  for (const run::Prepared* arm : {&base, &policy}) {
    for (const policy::Measure& measure : arm->measures()) {
      MeasureNote& note = notes[measure.id];
      note.id = measure.id;
      note.title = {measure.title.zh, measure.title.en};
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
  into.replications = options.replications;
  into.threads = options.threads;
  into.evidence = policy.evidence();
}

}  // namespace

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::same:
      return "same";
    case Verdict::better:
      return "better";
    case Verdict::worse:
      return "worse";
    case Verdict::up:
      return "up";
    case Verdict::down:
      return "down";
    default:
      return "cannot tell";
  }
}

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

void combine(const std::vector<PairedRun>& runs, Comparison& into) {
  std::vector<std::vector<kpi::Figure>> base, policy;
  for (const PairedRun& run : runs) {
    base.push_back(run.base);
    policy.push_back(run.policy);
    add(into.census, run.census);
  }
  if (!runs.empty()) into.unpaired = runs.front().unpaired;
  const std::size_t kpis = base.empty() ? 0 : base.front().size();
  std::vector<bool> restricted(kpis);
  for (std::size_t kpi = 0; kpi < kpis; ++kpi) restricted[kpi] = restrict(base, policy, kpi);
  std::vector<Estimate> of_base = estimate(base), of_policy = estimate(policy);
  for (std::size_t kpi = 0; kpi < of_base.size(); ++kpi) {
    Pair pair;
    pair.base = std::move(of_base[kpi]);
    pair.policy = std::move(of_policy[kpi]);
    pair.restricted = restricted[kpi];
    for (const PairedRun& run : runs) {
      pair.restricted_unknown +=
          run.base[kpi].restricted_unknown + run.policy[kpi].restricted_unknown;
      pair.entities_compared += run.entities[kpi].compared;
      pair.entities_different += run.entities[kpi].different;
    }
    judge(pair);
    into.kpis.push_back(std::move(pair));
  }
}

Result<Comparison> compare(const run::Prepared& base, const run::Prepared& policy,
                           const CompareOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  Comparison result;
  describe(base, policy, options, result);
  std::vector<PairedRun> runs(options.replications);
  std::vector<run::Outcome> base_outcomes(options.replications);
  for (run::Outcome& outcome : base_outcomes) outcome.stopped = true;  // until it is done
  std::vector<run::Outcome> policy_outcomes = base_outcomes;
  auto done =
      side_by_side(options.replications, options.threads, options.progress,
                   [&](std::uint32_t index, unsigned threads,
                       const std::function<bool(double)>& progress) -> Result<void> {
                     RunOne one{.replication = index,
                                .threads = threads,
                                .keep = kpi::Keep::entities_and_curves,
                                .trace = {},
                                .progress = [&](double share) { return progress(share / 2); }};
                     if (index == 0) one.trace = options.base_trace;
                     auto first = run_one(base, one);
                     if (!first) return tl::unexpected(first.error());
                     base_outcomes[index] = first->outcome;
                     if (first->outcome.stopped) return {};
                     one.progress = [&](double share) { return progress(0.5 + share / 2); };
                     one.trace = index == 0 ? options.policy_trace : std::nullopt;
                     auto second = run_one(policy, one);
                     if (!second) return tl::unexpected(second.error());
                     policy_outcomes[index] = second->outcome;
                     runs[index] = pair_up(base.schema(index), std::move(first->results),
                                           std::move(second->results), index);
                     return {};
                   });
  if (!done) return tl::unexpected(done.error());

  std::vector<std::uint64_t> of_base, of_policy;
  std::vector<PairedRun> whole;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    result.events += base_outcomes[i].events + policy_outcomes[i].events;
    // Arms that were cut at different instants differ by that alone.
    if (base_outcomes[i].stopped || policy_outcomes[i].stopped) {
      result.stopped = true;
      continue;
    }
    of_base.push_back(base_outcomes[i].fingerprint);
    of_policy.push_back(policy_outcomes[i].fingerprint);
    whole.push_back(std::move(runs[i]));
  }
  result.replications = static_cast<std::uint32_t>(whole.size());
  result.base_fingerprint = fingerprint_of(of_base);
  result.policy_fingerprint = fingerprint_of(of_policy);
  combine(whole, result);
  result.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

}  // namespace portflow::analysis
