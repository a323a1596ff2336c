#include "analysis/store/record.hpp"

#include "analysis/store/figure_json.hpp"

namespace portflow::store {

std::string to_json(const Record& record) {
  nlohmann::json out{{"key", record.key},
                     {"replication", record.replication},
                     {"fingerprint", record.fingerprint},
                     {"events", record.events},
                     {"wall_seconds", record.wall_seconds},
                     {"host", record.host},
                     {"figures", json_of(record.figures)}};
  if (record.failed) {
    out["failed"] = {{"kind", static_cast<int>(record.failed->kind)},
                     {"reason", record.failed->reason}};
  }
  return out.dump();
}

Result<Record> record_from_json(const std::string& text) {
  try {
    const auto in = nlohmann::json::parse(text);
    Record record;
    record.key = in.at("key").get<std::string>();
    record.replication = in.at("replication").get<std::uint32_t>();
    record.fingerprint = in.at("fingerprint").get<std::uint64_t>();
    record.events = in.at("events").get<std::uint64_t>();
    record.wall_seconds = in.at("wall_seconds").get<double>();
    record.host = in.at("host").get<std::string>();
    record.figures = figures_of(in.at("figures"));
    if (const auto failed = in.find("failed"); failed != in.end()) {
      record.failed = Failed{static_cast<Failure>(failed->at("kind").get<int>()),
                             failed->at("reason").get<std::string>()};
    }
    return record;
  } catch (const nlohmann::json::exception& problem) {
    return fail(Failure::input, std::string("no record of a run: ") + problem.what());
  }
}

}  // namespace portflow::store
