#include "kpi/definition.hpp"

#include <nlohmann/json.hpp>

namespace portflow::kpi {
namespace {

using Json = nlohmann::ordered_json;

/// Calls `field(key, member)` for every text field, so that writing and reading share one list.
template <class D, class Field>
void texts(D& definition, Field field) {
  field("name", definition.name);
  field("kind", definition.kind);
  field("of", definition.of);
  field("where", definition.where);
  field("from", definition.from);
  field("to", definition.to);
  field("marked", definition.marked);
  field("weight", definition.weight);
  field("book", definition.book);
  field("payer", definition.payer);
  field("payee", definition.payee);
  field("bearer", definition.bearer);
  field("statistic", definition.statistic);
  field("unit", definition.unit);
  field("study_mode", definition.release_study.mode);
  field("study_goods", definition.release_study.goods);
  field("study_trader", definition.release_study.trader);
  field("title_zh", definition.title.zh);
  field("title_en", definition.title.en);
  field("definition_zh", definition.definition.zh);
  field("definition_en", definition.definition.en);
}

Better better_of(const std::string& word) {
  if (word == "higher") return Better::higher;
  if (word == "neither") return Better::neither;
  return Better::lower;
}

Definition read_one(const Json& json) {
  Definition result;
  texts(result, [&](const char* key, std::string& member) { member = json.value(key, member); });
  result.over = Duration{json.value("over_ms", std::int64_t{0})};
  result.better = better_of(json.value("better", std::string{"lower"}));
  if (const auto target = json.find("target"); target != json.end()) {
    result.target = target->get<double>();
  }
  result.by = json.value("by", std::vector<std::string>{});
  result.items = json.value("items", std::vector<std::string>{});
  result.release_study.channel = json.value("study_channel", std::vector<std::string>{});
  return result;
}

}  // namespace

std::string_view name_of(Better better) noexcept {
  switch (better) {
    case Better::lower:
      return "lower";
    case Better::higher:
      return "higher";
    default:
      return "neither";
  }
}

std::string to_json(std::span<const Definition> definitions) {
  Json array = Json::array();
  for (const Definition& definition : definitions) {
    Json one = Json::object();
    const Definition plain;
    one["name"] = definition.name;
    texts(definition, [&](const char* key, const std::string& member) {
      if (!member.empty()) one[key] = member;
    });
    if (definition.over != plain.over) one["over_ms"] = definition.over.count();
    one["better"] = std::string(name_of(definition.better));
    if (definition.target) one["target"] = *definition.target;
    if (!definition.by.empty()) one["by"] = definition.by;
    if (!definition.items.empty()) one["items"] = definition.items;
    const auto& channel = definition.release_study.channel;
    if (!channel.empty()) one["study_channel"] = channel;
    array.push_back(std::move(one));
  }
  return array.dump();
}

Result<std::vector<Definition>> from_json(std::string_view text) {
  std::vector<Definition> result;
  if (text.empty()) return result;
  try {
    const Json array = Json::parse(text);
    if (!array.is_array()) return fail(Failure::input, "KPI definitions: expected a JSON array");
    for (const Json& one : array) result.push_back(read_one(one));
  } catch (const Json::exception& problem) {
    return fail(Failure::input, std::string("KPI definitions: ") + problem.what());
  }
  return result;
}

}  // namespace portflow::kpi
