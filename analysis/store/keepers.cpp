#include "analysis/store/keepers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/store/anatomy_json.hpp"
#include "analysis/store/figure_json.hpp"
#include "core/fingerprint.hpp"

namespace portflow::store {
namespace {

using nlohmann::json;

json census_json(const analysis::Census& census) {
  json out{{"counts",
            {census.compared, census.different, census.only_base, census.only_policy,
             census.unfinished_base, census.unfinished_policy}},
           {"movers", json::array()}};
  for (const analysis::Mover& mover : census.movers) {
    json shifts = json::array();
    for (const analysis::MoverShift& shift : mover.shifts) {
      shifts.push_back({shift.step, static_cast<unsigned>(shift.cause), shift.base.count(),
                        shift.policy.count()});
    }
    out["movers"].push_back({mover.name, mover.role, mover.replication, mover.entity,
                             mover.base.count(), mover.policy.count(), mover.parent, shifts});
  }
  return out;
}

analysis::Census census_of(const json& in) {
  const auto counts = in.at("counts").get<std::vector<std::uint64_t>>();
  analysis::Census census{
      counts.at(0), counts.at(1), counts.at(2), counts.at(3), counts.at(4), counts.at(5), {}};
  for (const json& one : in.at("movers")) {
    census.movers.push_back({one.at(0).get<std::string>(),
                             one.at(1).get<std::string>(),
                             one.at(2).get<std::uint32_t>(),
                             one.at(3).get<trace::EntityId>(),
                             Duration{one.at(4).get<std::int64_t>()},
                             Duration{one.at(5).get<std::int64_t>()},
                             one.at(6).get<trace::EntityId>(),
                             {}});
    for (const json& shift : one.at(7)) {
      census.movers.back().shifts.push_back({shift.at(0).get<std::string>(), cause_of(shift.at(1)),
                                             Duration{shift.at(2).get<std::int64_t>()},
                                             Duration{shift.at(3).get<std::int64_t>()}});
    }
  }
  return census;
}

std::string name_of(const std::string& keys, std::uint32_t replication) {
  return fmt::format("pairs/{}/{:04}.json", keys, replication);
}

std::string to_text(const analysis::PairedRun& pair) {
  json entities = json::array();
  for (const analysis::Agreement& one : pair.entities) {
    entities.push_back({one.compared, one.different});
  }
  json anatomy;  // null where nobody asked
  if (pair.anatomy) anatomy = {json_of(pair.anatomy->base), json_of(pair.anatomy->policy)};
  return json{{"base", json_of(pair.base)},
              {"policy", json_of(pair.policy)},
              {"entities", std::move(entities)},
              {"unpaired", pair.unpaired},
              {"census", census_json(pair.census)},
              {"anatomy", std::move(anatomy)},
              {"events", pair.events},
              {"fingerprints", {pair.base_fingerprint, pair.policy_fingerprint}}}
      .dump();
}

analysis::PairedRun pair_of(const json& in) {
  analysis::PairedRun pair;
  pair.base = figures_of(in.at("base"));
  pair.policy = figures_of(in.at("policy"));
  for (const json& one : in.at("entities")) {
    pair.entities.push_back({one.at(0).get<std::uint64_t>(), one.at(1).get<std::uint64_t>()});
  }
  pair.unpaired = in.at("unpaired").get<std::vector<std::string>>();
  pair.census = census_of(in.at("census"));
  if (const json& anatomy = in.at("anatomy"); !anatomy.is_null()) {
    pair.anatomy = analysis::PairedAnatomy{anatomy_of(anatomy.at(0)), anatomy_of(anatomy.at(1))};
  }
  pair.events = in.at("events").get<std::uint64_t>();
  pair.base_fingerprint = in.at("fingerprints").at(0).get<std::uint64_t>();
  pair.policy_fingerprint = in.at("fingerprints").at(1).get<std::uint64_t>();
  return pair;
}

}  // namespace

std::string arm_of(const run::Request& request) {
  std::vector<std::string> measures = request.measures;
  std::ranges::sort(measures);
  return fmt::format("{}\nwith {}\nset {}\nseed {}\nuntil {}", request.scenario,
                     fmt::join(measures, ","), fmt::join(request.settings, ","),
                     request.seed ? std::to_string(*request.seed) : "", request.until);
}

std::optional<analysis::Replication> StoredRuns::find(std::uint32_t replication) {
  auto record = store_.find(identity_.key, replication);
  if (!record || record->failed) return std::nullopt;
  analysis::Replication run;
  run.outcome.events = record->events;
  run.outcome.fingerprint = record->fingerprint;
  run.outcome.wall_seconds = record->wall_seconds;
  run.results.figures = std::move(record->figures);
  return run;
}

Result<void> StoredRuns::keep(std::uint32_t replication, const analysis::Replication& run) {
  return store_.keep({.key = identity_.key,
                      .replication = replication,
                      .figures = run.results.figures,
                      .fingerprint = run.outcome.fingerprint,
                      .events = run.outcome.events,
                      .failed = {},
                      .wall_seconds = run.outcome.wall_seconds,
                      .host = host_name()});
}

std::optional<analysis::PairedRun> StoredPairs::find(std::uint32_t replication) {
  const auto text = store_.text(name_of(keys(), replication));
  if (!text) return std::nullopt;
  try {
    return pair_of(json::parse(*text));
  } catch (const json::exception&) {
    return std::nullopt;  // of an older shape: made again
  }
}

Result<void> StoredPairs::keep(std::uint32_t replication, const analysis::PairedRun& pair) {
  return store_.keep_text(name_of(keys(), replication), to_text(pair));
}

Result<Found> StoredPairs::look_up(const std::string& arms, std::uint32_t replications) {
  Found found;
  const std::string place = "arms/" + to_hex(hash_of(arms));
  const auto before = store_.text(place);
  const bool changed = before && *before != keys();
  for (std::uint32_t i = 0; i < replications; ++i) {
    if (store_.text(name_of(keys(), i))) {
      ++found.reused;
    } else {
      ++(changed && store_.text(name_of(*before, i)) ? found.stale : found.fresh);
    }
  }
  if (found.stale > 0) {
    const std::size_t dash = before->find('-');
    for (const auto& [key, now] : {std::pair{before->substr(0, dash), &base_},
                                   std::pair{before->substr(dash + 1), &policy_}}) {
      if (const auto fields = store_.fields_of(key)) {
        for (std::string& one : differences(*fields, now->fields)) {
          if (std::ranges::find(found.changed, one) == found.changed.end()) {
            found.changed.push_back(std::move(one));
          }
        }
      }
    }
  }
  for (const Identity* arm : {&base_, &policy_}) {
    if (auto kept = store_.remember_fields(*arm); !kept) return tl::unexpected(kept.error());
  }
  if (auto kept = store_.keep_text(place, keys()); !kept) return tl::unexpected(kept.error());
  return found;
}

}  // namespace portflow::store
