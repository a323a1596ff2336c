#include "trace/schema_file.hpp"

#include <array>
#include <exception>

#include "trace/column.hpp"
#include "trace/hdf5_handle.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t time_room = 40;
constexpr std::array<std::string_view, 3> detail_names{"kpi", "stages", "full"};

void put_time(hid_t where, const std::string& name, SimTime at) {
  put_text(where, name.c_str(), to_text(at), time_room);
  put_number(where, (name + "_ms").c_str(), std::int64_t{at.time_since_epoch().count()});
}

template <class Info>
std::vector<std::string> names_of(const std::vector<Info>& infos) {
  std::vector<std::string> names;
  names.reserve(infos.size());
  for (const Info& info : infos) names.push_back(info.name);
  return names;
}

}  // namespace

void write_schema(hid_t file, const Schema& schema, Detail level) {
  put_text(file, "format", format_name);
  put_number(file, "schema_version", std::int64_t{schema_version});
  put_text(file, "engine", schema.engine);
  put_text(file, "build", schema.build);
  put_text(file, "scenario_name", schema.scenario_name);
  put_text(file, "scenario_title_zh", schema.scenario_title.zh);
  put_text(file, "scenario_title_en", schema.scenario_title.en);
  put_number(file, "seed", schema.seed);
  put_number(file, "replication", std::uint64_t{schema.replication});
  put_text(file, "detail", detail_names[static_cast<std::size_t>(level)]);
  put_text(file, "time_zone", "UTC+08:00");
  put_text(file, "epoch",
           "Instants are whole milliseconds since 1970-01-01 00:00 on a clock that stands at "
           "UTC+08:00 all year; subtract 28800000 for Unix time in milliseconds.");
  put_time(file, "from", schema.from);
  put_time(file, "to", schema.to);
  put_time(file, "cohort_from", schema.cohort_from);
  put_number(file, "follow_ms", std::int64_t{schema.follow.count()});
  put_number(file, "level_span_ms", std::int64_t{schema.level_span.count()});
  stamp(file, schema.fingerprint, schema.events, schema.until);

  write_text(file, "/scenario_text", schema.scenario_text, "the scenario's files as read, joined");
  write_texts(file, "/measures", schema.measures, "ids of the measures that were on");
  write_text(file, "/schema", to_json(schema), "everything about the dictionaries, as JSON");
  const Handle dictionary = make_group(file, "/dictionary", "names in the order of their codes");
  write_texts(file, "/dictionary/marks", schema.marks, "marks");
  write_texts(file, "/dictionary/steps", schema.steps, "steps, procedure.step");
  write_texts(file, "/dictionary/roles", names_of(schema.roles), "roles; / leads to the members");
  write_texts(file, "/dictionary/resources", names_of(schema.resources), "facility.resource");
  write_texts(file, "/dictionary/facilities", names_of(schema.facilities), "facilities");
  write_texts(file, "/dictionary/routes", names_of(schema.routes), "lines that movers follow");
  write_texts(file, "/dictionary/items", names_of(schema.items), "items of the ledger");
  const Handle entities =
      make_group(file, "/entities", "one table a role, / in its name written as .");
}

void stamp(hid_t file, const std::string& fingerprint, std::uint64_t events, SimTime until) {
  put_text(file, "fingerprint", fingerprint, 16);
  put_number(file, "events", events);
  put_time(file, "until", until);
}

Detail read_detail(hid_t file) {
  const auto name = text_attribute(file, "detail");
  for (std::size_t i = 0; i < detail_names.size(); ++i) {
    if (name == detail_names[i]) return static_cast<Detail>(i);
  }
  throw FileError(Failure::input, "the trace does not say its level of detail");
}

Schema read_schema(hid_t file, std::uint64_t bytes) {
  if (text_attribute(file, "format") != format_name) {
    throw FileError(Failure::input, "this is an HDF5 file, but not a trace of portflow");
  }
  const auto version = signed_attribute(file, "schema_version");
  if (!version) throw FileError(Failure::input, "the trace does not say its schema version");
  if (*version != schema_version) {
    throw FileError(Failure::input, "the trace has schema version " + std::to_string(*version) +
                                        ", this portflow reads version " +
                                        std::to_string(schema_version) +
                                        "; run the scenario again to have one of these");
  }
  Schema schema;
  try {
    schema = schema_from_json(read_text(file, "/schema", bytes));
  } catch (const FileError&) {
    throw;
  } catch (const std::exception& problem) {
    throw FileError(Failure::input, std::string("/schema is damaged: ") + problem.what());
  }
  schema.scenario_text = read_text(file, "/scenario_text", bytes);
  schema.fingerprint = text_attribute(file, "fingerprint").value_or("");
  schema.events = unsigned_attribute(file, "events").value_or(0);
  schema.until = SimTime{Duration{signed_attribute(file, "until_ms").value_or(0)}};
  return schema;
}

}  // namespace portflow::trace
