#include "analysis/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json number(std::optional<double> value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json range(const std::optional<Interval>& interval) {
  return interval ? Json{interval->low, interval->high} : Json(nullptr);
}

Json label(const trace::Label& text) {
  return {{"zh", text.zh}, {"en", text.en}};
}

Json kpi_of(const Estimate& estimate) {
  const kpi::Figure& heading = estimate.heading;
  Json json{{"name", heading.name},
            {"unit", heading.unit},
            {"better", std::string(kpi::name_of(heading.better))},
            {"kind", heading.kind},
            {"statistic", heading.statistic},
            {"mean", number(estimate.mean)},
            {"ci95", range(estimate.ci95)},
            {"p50", number(estimate.p50)},
            {"p90", number(estimate.p90)},
            {"p95", number(estimate.p95)},
            {"p50_ci95", range(estimate.p50_ci95)},
            {"p90_ci95", range(estimate.p90_ci95)},
            {"p95_ci95", range(estimate.p95_ci95)},
            {"max", number(estimate.max)},
            {"count", estimate.count},
            {"unfinished", estimate.unfinished}};
  if (estimate.range) json["range"] = range(estimate.range);
  if (estimate.bounded) json["ci95_is_bound"] = true;
  if (heading.target) json["target"] = *heading.target;
  if (!heading.title.zh.empty() || !heading.title.en.empty()) json["title"] = label(heading.title);
  return json;
}

Json pair_of(const Pair& pair) {
  Json json = kpi_of(pair.policy);
  json["base"] = number(pair.base.mean);
  json["base_ci95"] = range(pair.base.ci95);
  json["base_unfinished"] = pair.base.unfinished;
  json["policy"] = number(pair.policy.mean);
  json["difference"] = number(pair.difference);
  json["difference_ci95"] = range(pair.difference_ci95);
  if (pair.difference_range) json["difference_range"] = range(pair.difference_range);
  json["correlation"] = number(pair.correlation);
  json["more_replications_needed"] =
      pair.more_replications ? Json(*pair.more_replications) : Json(nullptr);
  if (pair.restricted) json["restricted"] = true;
  json["p_value"] = number(pair.p);
  json["p_holm"] = number(pair.p_holm);
  if (pair.signs) json["signs"] = {{"below", pair.signs->below}, {"above", pair.signs->above}};
  json["verdict"] = std::string(name_of(pair.verdict));
  json["entities_compared"] = pair.entities_compared;
  json["entities_different"] = pair.entities_different;
  return json;
}

Json mover_of(const Mover& mover) {
  const auto hours = [](Duration span) { return static_cast<double>(span.count()) / 3'600'000.0; };
  return {{"entity", mover.name},
          {"role", mover.role},
          {"replication", mover.replication},
          {"base_h", hours(mover.base)},
          {"policy_h", hours(mover.policy)},
          {"difference_h", hours(mover.difference())}};
}

Json census_of(const Census& census) {
  Json json{{"compared", census.compared},
            {"different", census.different},
            {"only_in_base", census.only_base},
            {"only_in_policy", census.only_policy},
            {"unfinished_base", census.unfinished_base},
            {"unfinished_policy", census.unfinished_policy},
            {"biggest_movers", Json::array()}};
  for (const Mover& mover : census.movers) json["biggest_movers"].push_back(mover_of(mover));
  return json;
}

}  // namespace

std::string to_json(const Experiment& experiment) {
  Json json{{"portflow", experiment.engine},
            {"scenario", experiment.scenario},
            {"measures", experiment.measures},
            {"seed", experiment.seed},
            {"replications", experiment.replications},
            {"threads", experiment.threads},
            {"events", experiment.events},
            {"wall_seconds", experiment.wall_seconds},
            {"fingerprint", to_hex(experiment.fingerprint)},
            {"kpis", Json::array()}};
  for (const Estimate& estimate : experiment.kpis) json["kpis"].push_back(kpi_of(estimate));
  return json.dump(1) + "\n";
}

std::string to_json(const Comparison& comparison) {
  const spec::Evidence& evidence = comparison.evidence;
  Json json{{"portflow", comparison.engine},
            {"scenario", comparison.scenario},
            {"title", label(comparison.title)},
            {"measures", comparison.policy_measures},
            {"against", comparison.base_measures},
            {"seed", comparison.seed},
            {"replications", comparison.replications},
            {"threads", comparison.threads},
            {"events", comparison.events},
            {"wall_seconds", comparison.wall_seconds},
            {"fingerprint", to_hex(comparison.policy_fingerprint)},
            {"base_fingerprint", to_hex(comparison.base_fingerprint)},
            {"evidence",
             {{"sourced", evidence.sourced},
              {"derived", evidence.derived},
              {"proxy", evidence.proxy},
              {"assumption", evidence.assumption},
              {"unsupported", evidence.unsupported}}},
            {"entities", census_of(comparison.census)},
            {"kpis", Json::array()}};
  for (const Pair& pair : comparison.kpis) json["kpis"].push_back(pair_of(pair));
  return json.dump(1) + "\n";
}

}  // namespace portflow::analysis
