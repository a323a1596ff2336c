#include "analysis/portrait.hpp"

#include <algorithm>

namespace portflow::analysis {
namespace {

/// What is known of where the figure lies: its interval, its range, or its value alone.
Interval extent_of(const Estimate& one) {
  // A bound of what was seen in every case says how far that can be trusted, not that it failed.
  if (one.bounded) return {*one.mean, *one.mean};
  if (one.ci95) return *one.ci95;
  if (one.range) return *one.range;
  return {*one.mean, *one.mean};
}

}  // namespace

Aim aim_of(const Estimate& one) {
  const auto& target = one.heading.target;
  if (!target || !one.mean || one.heading.better == kpi::Better::neither) return Aim::none;
  const Interval extent = extent_of(one);
  const bool lower = one.heading.better == kpi::Better::lower;
  // A target of a maximum holds in every replication or not at all.
  if (is_maximum(one.heading)) {
    const double worst = lower ? extent.high : extent.low;
    return (lower ? worst <= *target : worst >= *target) ? Aim::met : Aim::missed;
  }
  const bool all_good = lower ? extent.high <= *target : extent.low >= *target;
  const bool all_bad = lower ? extent.low > *target : extent.high < *target;
  // Who is unfinished is not in the mean of a time, and may take longer than those who are.
  const bool told = one.heading.kind != "span" || one.unfinished * 100 <= one.count;
  if (all_good) return told ? Aim::met : Aim::open;
  return all_bad ? Aim::missed : Aim::open;
}

Portrait portrait_of(const run::Prepared& prepared, Experiment experiment) {
  Portrait portrait;
  portrait.arm = std::move(experiment);
  portrait.evidence = prepared.evidence();
  for (const policy::Measure& measure : prepared.measures()) {
    portrait.measures.push_back({.id = measure.id,
                                 .title = {measure.title.zh, measure.title.en},
                                 .in_base = false,
                                 .in_policy = true,
                                 .institutional = measure.institutional,
                                 .expect = measure.expect,
                                 .unchanged = measure.unchanged});
  }
  return portrait;
}

Result<Portrait> portrait_of(const TraceArm& arm) {
  Portrait portrait;
  std::vector<Replication> runs;
  for (const auto& [replication, opened] : arm.traces) {
    auto folded = fold(opened);
    if (!folded) return tl::unexpected(folded.error());
    const trace::Schema& schema = opened.reader->schema();
    Replication& run = runs.emplace_back();
    run.insight = insight_of(schema, folded->results.members, folded->anatomist.get());
    run.outcome.fingerprint = fingerprint_in(schema);
    run.outcome.events = schema.events;
    run.results = std::move(folded->results);
    run.results.members = {};
    for (kpi::Figure& figure : run.results.figures) {
      figure.entities = {};
      if (runs.size() > 1) figure.curve = {};
    }
  }
  const trace::Schema& schema = arm.traces.begin()->second.reader->schema();
  portrait.arm.scenario = schema.scenario_name;
  portrait.arm.title = schema.scenario_title;
  portrait.arm.measures = schema.measures;
  portrait.arm.engine = schema.engine;
  portrait.arm.seed = schema.seed;
  sum_up(std::move(runs), portrait.arm);
  for (const std::string& id : schema.measures) {
    portrait.measures.push_back({.id = id,
                                 .title = {},
                                 .in_base = false,
                                 .in_policy = true,
                                 .expect = {},
                                 .unchanged = {}});
  }
  return portrait;
}

std::vector<LongLife> longest_of(const Portrait& portrait) {
  std::vector<LongLife> longest;
  for (const Insight& insight : portrait.arm.insights) {
    longest.insert(longest.end(), insight.longest.begin(), insight.longest.end());
  }
  keep_longest(longest);
  return longest;
}

bool has_anatomies(const Portrait& portrait) {
  const auto& insights = portrait.arm.insights;
  return !insights.empty() && std::ranges::all_of(insights, [](const Insight& insight) {
    return insight.anatomy.has_value();
  });
}

}  // namespace portflow::analysis
