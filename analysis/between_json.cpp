// The comparison of two policies as JSON; the rest of `why` stands in why_json.cpp.
#include <nlohmann/json.hpp>

#include "analysis/json_values.hpp"
#include "analysis/why_json.hpp"
#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json ms_or_null(const std::optional<Duration>& lasts) {
  return lasts ? Json(lasts->count()) : Json(nullptr);
}

Json amount_or_null(const std::string& unit, const std::optional<LedgerParts>& amount) {
  return amount ? Json(amount_in(unit, *amount)) : Json(nullptr);
}

std::string spell(const Arms& arms, trace::EntityId entity) {
  const bool in_a = arms.a.directory().find(entity) != nullptr;
  return (in_a ? arms.a : arms.b).directory().spell(entity);
}

Json fare_of(const Fare& fare) {
  Json causes = nullptr;
  if (fare.total) {
    for (std::size_t i = 0; i < cause_count; ++i) {
      causes[std::string(cause_names[i])] = fare.sums[i];
    }
  }
  return {{"created", fare.born}, {"total_ms", ms_or_null(fare.total)}, {"causes_ms", causes}};
}

Json origin(const Record& record) {
  return {{"scenario", record.schema().scenario_name},
          {"measures", record.schema().measures},
          {"seed", record.schema().seed},
          {"fingerprint", record.schema().fingerprint}};
}

Json heading(const Arms& arms, const std::string& kpi) {
  return {{"a", origin(arms.a)}, {"b", origin(arms.b)}, {"kpi", text_or_null(kpi)}};
}

}  // namespace

std::string to_json(const Arms& arms, const Versus& versus) {
  Json json = heading(arms, versus.kpi);
  json["entity"] = spell(arms, versus.entity);
  json["id"] = to_hex(versus.entity);
  json["in_a"] = fare_of(versus.a);
  json["in_b"] = fare_of(versus.b);
  json["places"] = Json::array();
  for (const PathShift& shift : versus.shifts) {
    json["places"].push_back({{"cause", std::string(name_of(shift.cause))},
                              {"whose", spell(arms, shift.owner)},
                              {"step", text_or_null(shift.step)},
                              {"resource", text_or_null(shift.resource)},
                              {"a_ms", shift.a.count()},
                              {"b_ms", shift.b.count()}});
  }
  json["steps"] = Json::array();
  for (const StepShift& shift : versus.steps) {
    json["steps"].push_back({{"step", shift.step},
                             {"occurrence", shift.occurrence},
                             {"wait_a_ms", ms_or_null(shift.wait_a)},
                             {"wait_b_ms", ms_or_null(shift.wait_b)},
                             {"service_a_ms", ms_or_null(shift.service_a)},
                             {"service_b_ms", ms_or_null(shift.service_b)}});
  }
  json["same_steps"] = versus.same_steps;
  json["booked"] = Json::array();
  for (const BookedShift& shift : versus.booked) {
    json["booked"].push_back({{"ledger", shift.ledger},
                              {"item", shift.item},
                              {"unit", shift.unit},
                              {"a", amount_or_null(shift.unit, shift.a)},
                              {"b", amount_or_null(shift.unit, shift.b)}});
  }
  return json.dump(1) + "\n";
}

std::string to_json(const Arms& arms, const Movers& movers) {
  Json json = heading(arms, movers.kpi);
  json["compared"] = movers.compared;
  json["different"] = movers.different;
  json["one_sided"] = movers.one_sided;
  json["most"] = Json::array();
  for (const Differing& one : movers.most) {
    json["most"].push_back({{"entity", spell(arms, one.entity)},
                            {"id", to_hex(one.entity)},
                            {"in_a", fare_of(one.a)},
                            {"in_b", fare_of(one.b)},
                            {"difference_ms", one.difference().count()}});
  }
  return json.dump(1) + "\n";
}

}  // namespace portflow::analysis
