// Facilities that are several: read, checked, and links and hand-overs spread over their members.
#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/binders.hpp"
#include "spec/check_attributes.hpp"
#include "spec/validate.hpp"

namespace portflow::spec {
namespace {

/// Which case of a split a category is; `yes` and `no` of a chance are `true` and `false`.
bool has_case(const SplitFacility& split, const std::string& category) {
  return std::ranges::any_of(split.cases, [&](const auto& one) { return one.first == category; });
}

/// Every role that comes to the split must have its attribute, and every category a facility.
void check_comers(const World& world, Notes& notes, const SplitFacility& split,
                  const std::string& user, const Procedure& procedure) {
  for (const RoleAt* role : world.following(procedure.name)) {
    const auto complain = [&](std::string message) {
      notes.errors.push_back({split.place, "facilities." + split.name, std::move(message)});
    };
    const auto known = world.attribute(*role, split.by);
    if (!known || known->is.kind == Meaning::Kind::number) {
      complain(fmt::format("`{}` of `{}` comes here, and {}", user, role->path,
                           known ? fmt::format("its `{}` {}; expected a category, or yes or no",
                                               split.by, described(known->is))
                                 : unknown(fmt::format("has no attribute `{}`", split.by), split.by,
                                           world.attribute_names(*role))));
      continue;
    }
    for (const auto& category : known->needed) {
      if (has_case(split, category)) continue;
      complain(fmt::format("no facility for {} `{}`, which `{}` may be", split.by, category,
                           role->path));
    }
    for (const auto& [word, facility] : split.cases) {
      const auto& words = known->is.categories;
      if (std::ranges::find(words, word) != words.end()) continue;
      complain(unknown(fmt::format("`{}` of `{}` is never `{}`", split.by, role->path, word), word,
                       words));
    }
  }
}

/// Both ends of a link or hand-over: all members, those of one attribute pairwise.
template <class Item>
std::vector<Item> spread(const Scenario& scenario, const std::vector<Item>& items) {
  std::vector<Item> result;
  for (const Item& item : items) {
    const auto from = scenario.splits.find(item.from);
    const auto to = scenario.splits.find(item.to);
    const bool pairs = from != scenario.splits.end() && to != scenario.splits.end() &&
                       from->second.by == to->second.by;
    const auto member = [&](const auto& split, std::size_t i) {
      return split->second.cases[i].second;
    };
    if (pairs) {
      for (const auto& [word, facility] : from->second.cases) {
        for (std::size_t i = 0; i < to->second.cases.size(); ++i) {
          if (to->second.cases[i].first != word) continue;
          Item& copy = result.emplace_back(item);
          copy.from = facility;
          copy.to = member(to, i);
        }
      }
      continue;
    }
    for (const auto& start : scenario.facilities_of(item.from)) {
      for (const auto& end : scenario.facilities_of(item.to)) {
        Item& copy = result.emplace_back(item);
        copy.from = start;
        copy.to = end;
      }
    }
  }
  return result;
}

/// What leaves for a facility that is several leaves for each of them.
void spread_goals(const Scenario& scenario, std::vector<Link>& links) {
  for (Link& link : links) {
    std::vector<Departures> departures;
    for (const Departures& one : link.departures) {
      for (const auto& goal : scenario.facilities_of(one.goal)) {
        departures.push_back({goal, one.source});
      }
    }
    link.departures = std::move(departures);
  }
}

}  // namespace

void bind_split(Node& node, const Spot& spot, SplitFacility& split) {
  split.place = node.place;
  for (auto& entry : node.entries) {
    if (entry.key != "by") {
      read::mention(Mention::What::facility)(entry.value, spot / entry.key,
                                             split.cases.emplace_back(entry.key, "").second);
      continue;
    }
    if (!check_kind(entry.value, Node::Kind::scalar, spot / "by")) continue;
    split.by = entry.value.text;
    if (is_dotted_name(split.by) && split.by.find('.') != std::string::npos) continue;
    (spot / "by")
        .complain(entry.value.place,
                  fmt::format("`{}`: write `type.attribute`, since entities of several "
                              "types may come here",
                              split.by));
  }
  if (split.cases.empty()) spot.complain(node.place, "no facilities for any case");
  const bool flag = std::ranges::all_of(
      split.cases, [](const auto& one) { return one.first == "yes" || one.first == "no"; });
  for (auto& [word, facility] : split.cases) {
    if (flag) word = word == "yes" ? "true" : "false";
  }
}

void check_splits(const World& world, Notes& notes) {
  const Scenario& scenario = world.scenario;
  for (const auto& [name, split] : scenario.splits) {
    for (const auto& [word, facility] : split.cases) {
      if (!scenario.splits.contains(facility)) continue;
      notes.errors.push_back({split.place, fmt::format("facilities.{}.{}", name, word),
                              fmt::format("`{}` is split itself", facility)});
    }
  }
  for (const auto& [name, procedure] : scenario.procedures) {
    std::vector<std::string> seen;
    for (const Step& step : procedure.steps) {
      std::vector<std::string> places{step.at};
      if (step.moves) places.insert(places.end(), {step.moves->from, step.moves->to});
      for (const auto& place : places) {
        const auto split = scenario.splits.find(place);
        if (split == scenario.splits.end()) continue;
        if (std::ranges::find(seen, place) != seen.end()) continue;
        seen.push_back(place);
        check_comers(world, notes, split->second, fmt::format("{}.{}", name, step.name), procedure);
      }
    }
  }
}

std::vector<std::string> Scenario::facilities_of(const std::string& place) const {
  const auto split = splits.find(place);
  if (split == splits.end()) return {place};
  std::vector<std::string> members;
  for (const auto& [word, facility] : split->second.cases) members.push_back(facility);
  return members;
}

void complete(Scenario& scenario) {
  for (auto& [name, source] : scenario.demand) {
    if (source.at.empty()) {
      for (const Step& step : scenario.procedures.at(source.role.procedure).steps) {
        if (source.at.empty()) source.at = step.at;
      }
    }
    source.at = scenario.facilities_of(source.at).front();
  }
  scenario.network.links = spread(scenario, scenario.network.links);
  spread_goals(scenario, scenario.network.links);
  scenario.network.hand_overs = spread(scenario, scenario.network.hand_overs);
}

}  // namespace portflow::spec
