#include "analysis/demonstration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>

namespace portflow::analysis {
namespace {

/// The baseline runs of one scenario.
class Shared final : public BaseRuns {
 public:
  std::optional<Replication> find(std::uint32_t replication) override {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(replication);
    return found == runs_.end() ? std::nullopt : std::optional(found->second);
  }
  void keep(std::uint32_t replication, const Replication& run) override {
    const std::lock_guard lock(mutex_);
    runs_.emplace(replication, run);
  }

 private:
  std::mutex mutex_;
  std::map<std::uint32_t, Replication> runs_;
};

struct Baseline {
  std::shared_ptr<const run::Prepared> prepared;
  Shared runs;
};

/// A decision either way is worth more than none, one that keeps the promise no more than one that
/// breaks it: what speaks against a promise anywhere is what is shown.
int weight(Outcome outcome) {
  switch (outcome) {
    case Outcome::broken:
      return 3;
    case Outcome::kept:
      return 2;
    case Outcome::open:
    case Outcome::mixed:
      return 1;
    default:
      return 0;
  }
}

Effect effect_of(const Expectation& one, const policy::Showing& showing) {
  Effect effect;
  effect.kpi = one.kpi;
  effect.promise = one.promise;
  effect.outcome = one.outcome;
  effect.scenario = showing.on;
  effect.replications = showing.replications;
  if (one.pair == nullptr) return effect;
  // Where nothing moved, nothing is said of a direction: another scenario may show it.
  if (one.pair->verdict == Verdict::same) effect.outcome = Outcome::open;
  effect.unit = one.pair->base.heading.unit;
  effect.title = one.pair->base.heading.title;
  effect.base = one.pair->base.mean;
  effect.policy = one.pair->policy.mean;
  effect.difference = one.pair->difference;
  effect.ci95 = one.pair->difference_ci95;
  effect.range = one.pair->difference_range;
  return effect;
}

void note_effect(Effect effect, std::vector<Effect>& effects) {
  const auto known = std::ranges::find(effects, effect.kpi, &Effect::kpi);
  if (known == effects.end()) {
    effects.push_back(std::move(effect));
  } else if (weight(effect.outcome) > weight(known->outcome)) {
    *known = std::move(effect);
  }
}

void note_untouched(const Expectation& one, std::vector<Untouched>& all) {
  auto known = std::ranges::find(all, one.kpi, &Untouched::kpi);
  if (known == all.end()) {
    all.push_back({one.kpi, 0, 0, false});
    known = std::prev(all.end());
  }
  if (one.outcome == Outcome::unmeasured) return;
  known->measured = true;
  known->entities += one.pair->entities_compared;
  known->different += one.pair->entities_different;
  // A level has no entities; its value is all there is to differ.
  if (one.outcome == Outcome::broken && one.pair->entities_different == 0) ++known->different;
}

Result<Comparison> run_stage(const policy::Measure& measure, const policy::Showing& showing,
                             Baseline& baseline, unsigned threads,
                             const std::function<bool(double)>& progress,
                             const std::string& scenario) {
  if (!baseline.prepared) {
    run::Request none;
    none.scenario = scenario;
    auto prepared = run::prepare(none);
    if (!prepared) return tl::unexpected(prepared.error());
    baseline.prepared = std::move(*prepared);
  }
  run::Request request;
  request.scenario = scenario;
  request.measures = {measure.file};
  if (!showing.parts.empty()) {
    request.measures.clear();
    for (const std::string& part : showing.parts) {
      request.measures.push_back(fmt::format("{}.{}", measure.id, part));
    }
  }
  const auto policy = run::prepare(request);
  if (!policy) return tl::unexpected(policy.error());
  CompareOptions options;
  options.replications = showing.replications;
  options.threads = threads;
  options.base_runs = &baseline.runs;
  options.progress = progress;
  return compare(*baseline.prepared, **policy, options);
}

}  // namespace

struct Baselines::Impl {
  std::map<std::string, Baseline> by_scenario;
};

Baselines::Baselines() : impl_(std::make_unique<Impl>()) {}
Baselines::~Baselines() = default;

std::vector<std::string> edits_of(const policy::Measure& measure) {
  static constexpr std::string_view words[] = {"set",     "scale",  "add",     "at_least",
                                               "at_most", "insert", "include", "exclude"};
  std::vector<std::string> edits;
  for (const policy::Part& part : measure.parts) {
    const std::string name = part.name.empty() ? measure.id : measure.id + "." + part.name;
    for (const policy::Effect& effect : part.effects) {
      edits.push_back(fmt::format("{}: {} {} {}", name, effect.path_text,
                                  words[static_cast<std::size_t>(effect.operation)],
                                  spec::to_text(effect.value)));
    }
  }
  return edits;
}

Result<Demonstration> demonstrate(const policy::Measure& measure, const Baselines& baselines,
                                  unsigned threads, const std::function<bool(double)>& progress) {
  if (measure.shown.empty()) {
    return fail(Failure::input, "`shown` names no scenario, so nothing can be measured",
                {measure.file, 0, 0});
  }
  Demonstration result;
  result.measure = measure.id;
  result.engine = run::engine();
  result.edits = edits_of(measure);
  double done = 0;
  const double share = 1.0 / static_cast<double>(measure.shown.size());
  for (const policy::Showing& showing : measure.shown) {
    const auto path =
        (std::filesystem::path(measure.file).parent_path() / showing.on).lexically_normal();
    const auto comparison = run_stage(
        measure, showing, baselines.impl().by_scenario[path.string()], threads,
        [&](double part) { return progress && progress(done + share * part); }, path.string());
    if (!comparison) return tl::unexpected(comparison.error());
    if (comparison->stopped) return fail(Failure::limit, "interrupted", {measure.file, 0, 0});
    result.stages.push_back({showing.on, showing.parts, comparison->replications, comparison->seed,
                             comparison->base_fingerprint, comparison->policy_fingerprint});
    for (const Expectation& one : expectations_of(*comparison)) {
      if (one.promise == "unchanged") {
        note_untouched(one, result.untouched);
      } else {
        note_effect(effect_of(one, showing), result.effects);
      }
    }
    done += share;
  }
  return result;
}

}  // namespace portflow::analysis
