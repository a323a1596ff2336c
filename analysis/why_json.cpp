#include "analysis/why_json.hpp"

#include <nlohmann/json.hpp>

#include "analysis/json_values.hpp"
#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json name_or_null(const std::vector<std::string>& names, std::uint16_t code) {
  return code == trace::no_code ? Json(nullptr) : Json(names[code]);
}

Json resource_or_null(const trace::Schema& schema, std::uint16_t code) {
  return code == trace::no_code ? Json(nullptr) : Json(schema.resources[code].name);
}

Json entity_or_null(const Directory& directory, trace::EntityId entity) {
  return entity == trace::no_entity ? Json(nullptr) : Json(directory.spell(entity));
}

Json causes_json(const CauseSums& sums) {
  Json json = Json::object();
  for (std::size_t i = 0; i < cause_count; ++i) json[std::string(cause_names[i])] = sums[i];
  return json;
}

Json event_of(const Directory& directory, const Event& event) {
  if (event.kind == Event::Kind::none) return nullptr;
  Json json{{"kind", std::string(name_of(event.kind))},
            {"who", entity_or_null(directory, event.who)},
            {"what", text_or_null(event.what)},
            {"at", to_text(event.at)}};
  return json;
}

Json stretch_of(const Record& record, const Stretch& stretch) {
  const trace::PathPart& part = stretch.part;
  const trace::Schema& schema = record.schema();
  return {{"begin", to_text(part.begin)},
          {"end", to_text(part.end)},
          {"ms", (part.end - part.begin).count()},
          {"cause", std::string(name_of(part.cause))},
          {"whose", entity_or_null(record.directory(), part.owner)},
          {"step", name_or_null(schema.steps, part.step)},
          {"resource", resource_or_null(schema, part.resource)},
          {"holder", entity_or_null(record.directory(), part.holder)},
          {"until", event_of(record.directory(), stretch.until)},
          {"word_of", event_of(record.directory(), stretch.word)}};
}

Json step_of(const Record& record, const trace::StepDone& step) {
  return {{"step", name_or_null(record.schema().steps, step.step)},
          {"ready", to_text(step.ready)},
          {"start", to_text(step.start)},
          {"end", to_text(step.at)},
          {"resource", resource_or_null(record.schema(), step.resource)}};
}

Json booking_of(const trace::Schema& schema, const trace::Booked& row) {
  const trace::LedgerItem& item = schema.items[row.item];
  return {{"at", to_text(row.at)},
          {"ledger", item.ledger},
          {"item", item.name},
          {"amount", amount_in(item.unit, row.amount)},
          {"unit", item.unit},
          {"payer", text_or_null(item.payer)},
          {"payee", text_or_null(item.payee)},
          {"bearer", text_or_null(item.bearer)}};
}

Json origin(const Record& record) {
  return {{"scenario", record.schema().scenario_name},
          {"measures", record.schema().measures},
          {"fingerprint", record.schema().fingerprint}};
}

}  // namespace

std::string to_json(const Record& record, const Story& story) {
  const Directory& directory = record.directory();
  Json json = origin(record);
  json["entity"] = directory.spell(story.born.entity);
  json["id"] = to_hex(story.born.entity);
  json["type"] = directory.type(story.born.entity);
  json["created"] = to_text(story.born.at);
  json["kpi"] = text_or_null(story.kpi);
  const auto& span = story.span;
  json["from"] = span ? Json(to_text(span->from)) : Json(nullptr);
  json["to"] = span ? Json(to_text(span->to)) : Json(nullptr);
  json["total_ms"] = span ? Json((span->to - span->from).count()) : Json(nullptr);
  json["causes_ms"] = span ? causes_json(story.sums) : Json(nullptr);
  json["path"] = Json::array();
  for (const Stretch& stretch : story.stretches) {
    json["path"].push_back(stretch_of(record, stretch));
  }
  json["steps"] = Json::array();
  for (const trace::StepDone& step : story.steps) json["steps"].push_back(step_of(record, step));
  json["booked"] = Json::array();
  for (const trace::Booked& row : story.booked) {
    json["booked"].push_back(booking_of(record.schema(), row));
  }
  return json.dump(1) + "\n";
}

std::string to_json(const Record& record, const Worst& worst) {
  const auto instant = [](const kpi::Moment& moment) {
    return moment.is_set() ? Json(to_text(moment.at)) : Json(nullptr);
  };
  Json json = origin(record);
  json["kpi"] = worst.kpi;
  json["counted"] = worst.counted;
  json["unfinished"] = worst.unfinished;
  json["not_begun"] = worst.not_begun;
  json["worst"] = Json::array();
  for (const Slow& slow : worst.slow) {
    Json places = Json::array();
    for (const SlowPlace& place : slow.places) {
      places.push_back({{"cause", std::string(name_of(place.cause))},
                        {"step", name_or_null(record.schema().steps, place.step)},
                        {"ms", place.ms}});
    }
    json["worst"].push_back(
        {{"entity", record.directory().spell(slow.span.entity)},
         {"id", to_hex(slow.span.entity)},
         {"from", instant(slow.span.from)},
         {"to", instant(slow.span.to)},
         {"value_ms", slow.value.count()},
         {"unfinished", slow.unfinished},
         {"causes_ms", slow.sums ? causes_json(*slow.sums) : Json(nullptr)},
         {"places", places},
         {"last_step", slow.last ? step_of(record, *slow.last) : Json(nullptr)}});
  }
  return json.dump(1) + "\n";
}

std::string to_json(const Record& record, const KpiCauses& causes) {
  const trace::Schema& schema = record.schema();
  const auto share = [](const CauseShare& one) {
    return Json{{"count", one.count},
                {"total_ms", one.total},
                {"causes_ms", causes_json(one.sums)},
                {"not_known_ms", one.not_known},
                {"count_not_known", one.count_not_known}};
  };
  Json json = origin(record);
  json["kpi"] = causes.kpi;
  json["unfinished"] = causes.unfinished;
  json["p95_ms"] = causes.p95 ? Json(causes.p95->count()) : Json(nullptr);
  json["all"] = share(causes.all);
  json["slowest_twentieth"] = share(causes.slow);
  json["places"] = Json::array();
  for (const KpiPlace& place : causes.places) {
    json["places"].push_back({{"cause", std::string(name_of(place.cause))},
                              {"step", name_or_null(schema.steps, place.step)},
                              {"resource", resource_or_null(schema, place.resource)},
                              {"all_ms", place.all},
                              {"slowest_ms", place.slow}});
  }
  return json.dump(1) + "\n";
}

}  // namespace portflow::analysis
