#include <nlohmann/json.hpp>

#include "trace/schema_file.hpp"

namespace portflow::trace {

using nlohmann::json;

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Label, zh, en)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(AttributeInfo, name, unit, categories)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RoleInfo, name, type, procedure, flow, mode, attributes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ResourceInfo, name, facility, unit, wait_target_ms)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(FacilityInfo, name, kind, title, longitude, latitude, placed,
                                   main_resource)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RouteInfo, name, mode, longitudes, latitudes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PlaceInfo, name, title, longitude, latitude)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LedgerItem, name, unit, payer, payee, ledger, bearer)

namespace {

std::int64_t ms(SimTime at) {
  return at.time_since_epoch().count();
}
SimTime instant(const json& value) {
  return SimTime{Duration{value.get<std::int64_t>()}};
}
std::vector<std::int64_t> midnights(const std::vector<CivilDate>& days) {
  std::vector<std::int64_t> out;
  out.reserve(days.size());
  for (const CivilDate day : days) out.push_back(ms(midnight(day)));
  return out;
}

}  // namespace

std::string to_json(const Schema& schema) {
  const json document{{"scenario_name", schema.scenario_name},
                      {"scenario_title", schema.scenario_title},
                      {"measures", schema.measures},
                      {"engine", schema.engine},
                      {"build", schema.build},
                      {"seed", schema.seed},
                      {"replication", schema.replication},
                      {"from_ms", ms(schema.from)},
                      {"to_ms", ms(schema.to)},
                      {"cohort_from_ms", ms(schema.cohort_from)},
                      {"follow_ms", schema.follow.count()},
                      {"level_span_ms", schema.level_span.count()},
                      {"kpi_definitions", schema.kpi_definitions},
                      {"map_folder", schema.map_folder},
                      {"marks", schema.marks},
                      {"steps", schema.steps},
                      {"roles", schema.roles},
                      {"resources", schema.resources},
                      {"facilities", schema.facilities},
                      {"routes", schema.routes},
                      {"places", schema.places},
                      {"holidays_ms", midnights(schema.holidays)},
                      {"items", schema.items}};
  // A name that is no UTF-8 must not stop a run; its bad bytes become U+FFFD.
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Schema schema_from_json(const std::string& text) {
  const json document = json::parse(text);
  Schema schema;
  document.at("scenario_name").get_to(schema.scenario_name);
  document.at("scenario_title").get_to(schema.scenario_title);
  document.at("measures").get_to(schema.measures);
  document.at("engine").get_to(schema.engine);
  document.at("build").get_to(schema.build);
  document.at("seed").get_to(schema.seed);
  document.at("replication").get_to(schema.replication);
  schema.from = instant(document.at("from_ms"));
  schema.to = instant(document.at("to_ms"));
  schema.cohort_from = instant(document.at("cohort_from_ms"));
  schema.follow = Duration{document.at("follow_ms").get<std::int64_t>()};
  schema.level_span = Duration{document.at("level_span_ms").get<std::int64_t>()};
  document.at("kpi_definitions").get_to(schema.kpi_definitions);
  document.at("map_folder").get_to(schema.map_folder);
  document.at("marks").get_to(schema.marks);
  document.at("steps").get_to(schema.steps);
  document.at("roles").get_to(schema.roles);
  document.at("resources").get_to(schema.resources);
  document.at("facilities").get_to(schema.facilities);
  document.at("routes").get_to(schema.routes);
  document.at("places").get_to(schema.places);
  for (const json& day : document.at("holidays_ms")) {
    schema.holidays.push_back(date_of(instant(day)));
  }
  document.at("items").get_to(schema.items);
  return schema;
}

}  // namespace portflow::trace
