#include "analysis/diff_json.hpp"

#include <nlohmann/json.hpp>

namespace portflow::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

Json parting_of(const Arms& arms, const std::optional<Parting>& parting) {
  if (!parting) return nullptr;
  const bool in_a = arms.a.directory().find(parting->who) != nullptr;
  const Directory& directory = (in_a ? arms.a : arms.b).directory();
  const bool nobody = parting->who == trace::no_entity;
  return {{"at", to_text(parting->at)},
          {"table", std::string(name_of(parting->table))},
          {"entity", nobody ? Json(nullptr) : Json(directory.spell(parting->who))},
          {"a", text_or_null(parting->in_a)},
          {"b", text_or_null(parting->in_b)}};
}

}  // namespace

std::string to_json(const Arms& arms, const TraceDiff& diff) {
  Json json{{"a", arms.a.schema().fingerprint},
            {"b", arms.b.schema().fingerprint},
            {"same_run", diff.same_fingerprint},
            {"first", parting_of(arms, diff.first)},
            {"first_entity", parting_of(arms, diff.first_entity)},
            {"tables", Json::array()}};
  for (const TableDiff& table : diff.tables) {
    if (diff.same_fingerprint || !table.in_both) continue;
    json["tables"].push_back({{"table", std::string(name_of(table.table))},
                              {"same", table.same},
                              {"moved", table.moved},
                              {"changed", table.changed},
                              {"only_in_a", table.missing},
                              {"only_in_b", table.extra}});
  }
  return json.dump(1) + "\n";
}

}  // namespace portflow::analysis
