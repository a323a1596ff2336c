// Results of demonstrations as a file that is committed: numbers, their command, their
// fingerprints.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "analysis/demonstration.hpp"
#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view outcomes[] = {"kept", "broken", "open", "mixed", "unmeasured"};

/// Six significant digits: enough to be read, and a page that does not change with the last bit.
Json number(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return std::stod(fmt::format("{:.6g}", *value));
}

std::optional<double> number_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

Json interval(const std::optional<Interval>& value) {
  return value ? Json{number(value->low), number(value->high)} : Json(nullptr);
}

std::optional<Interval> interval_of(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return Interval{json.at(0).get<double>(), json.at(1).get<double>()};
}

Json effect_json(const Effect& one) {
  return {{"kpi", one.kpi},
          {"unit", one.unit},
          {"title", {{"zh", one.title.zh}, {"en", one.title.en}}},
          {"promise", one.promise},
          {"outcome", outcomes[static_cast<std::size_t>(one.outcome)]},
          {"scenario", one.scenario},
          {"replications", one.replications},
          {"base", number(one.base)},
          {"policy", number(one.policy)},
          {"difference", number(one.difference)},
          {"ci95", interval(one.ci95)},
          {"range", interval(one.range)}};
}

Effect effect_of(const Json& json) {
  Effect one;
  one.kpi = json.at("kpi");
  one.unit = json.at("unit");
  one.title = {json.at("title").at("zh"), json.at("title").at("en")};
  one.promise = json.at("promise");
  const auto word = std::ranges::find(outcomes, json.at("outcome").get<std::string>());
  if (word == std::end(outcomes)) throw std::runtime_error("unknown outcome");
  one.outcome = static_cast<Outcome>(word - std::begin(outcomes));
  one.scenario = json.at("scenario");
  one.replications = json.at("replications");
  one.base = number_of(json.at("base"));
  one.policy = number_of(json.at("policy"));
  one.difference = number_of(json.at("difference"));
  one.ci95 = interval_of(json.at("ci95"));
  one.range = interval_of(json.at("range"));
  return one;
}

Json stage_json(const Stage& one) {
  return {{"scenario", one.scenario},
          {"parts", one.parts},
          {"replications", one.replications},
          {"seed", one.seed},
          {"base_fingerprint", to_hex(one.base_fingerprint)},
          {"policy_fingerprint", to_hex(one.policy_fingerprint)}};
}

Stage stage_of(const Json& json) {
  const auto bits = [&](const char* key) {
    return std::stoull(json.at(key).get<std::string>(), nullptr, 16);
  };
  return {json.at("scenario"),      json.at("parts").get<std::vector<std::string>>(),
          json.at("replications"),  json.at("seed"),
          bits("base_fingerprint"), bits("policy_fingerprint")};
}

Demonstration demonstration_of(const Json& json) {
  Demonstration one;
  one.measure = json.at("measure");
  one.engine = json.at("engine");
  one.edits = json.at("edits").get<std::vector<std::string>>();
  for (const Json& stage : json.at("stages")) one.stages.push_back(stage_of(stage));
  for (const Json& effect : json.at("effects")) one.effects.push_back(effect_of(effect));
  for (const Json& kpi : json.at("untouched")) {
    one.untouched.push_back(
        {kpi.at("kpi"), kpi.at("entities"), kpi.at("different"), kpi.at("measured")});
  }
  return one;
}

}  // namespace

std::string to_json(const std::vector<Demonstration>& all) {
  Json json = Json::array();
  for (const Demonstration& one : all) {
    Json stages = Json::array(), effects = Json::array(), untouched = Json::array();
    for (const Stage& stage : one.stages) stages.push_back(stage_json(stage));
    for (const Effect& effect : one.effects) effects.push_back(effect_json(effect));
    for (const Untouched& kpi : one.untouched) {
      untouched.push_back({{"kpi", kpi.kpi},
                           {"entities", kpi.entities},
                           {"different", kpi.different},
                           {"measured", kpi.measured}});
    }
    json.push_back({{"measure", one.measure},
                    {"command", "portflow measures effects " + one.measure},
                    {"engine", one.engine},
                    {"edits", one.edits},
                    {"stages", std::move(stages)},
                    {"effects", std::move(effects)},
                    {"untouched", std::move(untouched)}});
  }
  return json.dump(1) + "\n";
}

Result<std::vector<Demonstration>> read_demonstrations(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) return fail(Failure::disk, "cannot be read", {path, 0, 0});
  try {
    std::vector<Demonstration> all;
    for (const Json& one : Json::parse(stream)) all.push_back(demonstration_of(one));
    return all;
  } catch (const std::exception& error) {
    return fail(Failure::input, fmt::format("no results of measures: {}", error.what()),
                {path, 0, 0});
  }
}

}  // namespace portflow::analysis
