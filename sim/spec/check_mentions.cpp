#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/check_attributes.hpp"
#include "spec/check_ledgers.hpp"
#include "spec/validate.hpp"

namespace portflow::spec {
namespace {

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> result;
  result.reserve(map.size());
  for (const auto& [key, value] : map) result.push_back(key);
  return result;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

/// Resolves one mention after the other.
class Check {
 public:
  Check(const World& world, Notes& notes) : world_{world}, notes_{notes} {
    facilities_ = keys(world.scenario.facilities);
    for (const auto& [name, split] : world.scenario.splits) facilities_.push_back(name);
    locations_ = facilities_;
    for (const auto& place : world.scenario.network.places) locations_.push_back(place.name);
  }

  void operator()(const Mention& mention) {
    using What = Mention::What;
    const Scenario& scenario = world_.scenario;
    switch (mention.what) {
      case What::facility:
        return among(mention, "facility", facilities_);
      case What::location:
        return among(mention, "facility or place", locations_);
      case What::timetable:
        return timetable(mention);
      case What::calendar:
        return among(mention, "calendar", keys(scenario.calendars));
      case What::procedure:
        return among(mention, "procedure", keys(scenario.procedures));
      case What::reference:
        return among(mention, "entry in `sources`", keys(scenario.sources));
      case What::type:
        return among(mention, "type of entity", world_.types());
      case What::resource:
        return resource(mention);
      case What::unit:
        return unit(mention);
      case What::adjusted:
        return adjusted(mention);
      case What::step:
      case What::until:
        return step(mention);
      case What::await:
        return await(mention);
      case What::members:
        return members(mention);
      case What::mark:
        return mark(mention);
      case What::item:
      case What::party:
      case What::ledger:
        return check_booked(world_, notes_, mention);
      case What::category:
      case What::place:
      case What::number:
      case What::units:
      case What::condition:
      case What::earlier:
        return check_attributes(world_, notes_, mention);
    }
  }

 private:
  void complain(const Mention& mention, std::string message) {
    notes_.errors.push_back({mention.place, mention.path, std::move(message)});
  }

  void among(const Mention& mention, std::string_view what, const std::vector<std::string>& known) {
    if (contains(known, mention.name)) return;
    complain(mention, unknown(fmt::format("no {} `{}`", what, mention.name), mention.name, known));
  }

  void timetable(const Mention& mention) {
    std::vector<std::string> known;
    for (const auto& [name, source] : world_.scenario.demand) {
      if (source.arrivals.kind == Arrivals::Kind::timetable) known.push_back(name);
    }
    among(mention, "source with a timetable", known);
  }

  [[nodiscard]] const Scope& scope(const Mention& mention) const {
    return notes_.scopes[mention.scope];
  }

  void resource(const Mention& mention) {
    const auto& procedure = world_.scenario.procedures.at(scope(mention).owner);
    const auto name = facility_of(procedure, *procedure.find(scope(mention).step));
    if (name.empty()) {
      return complain(mention,
                      fmt::format("`{}` belongs to a facility, but the step names none: `at` "
                                  "is missing",
                                  mention.name));
    }
    for (const auto& one : world_.scenario.facilities_of(name)) resource(mention, one);
  }

  /// A unit beside a number of units is the one that the resource is counted in.
  void unit(const Mention& mention) {
    const auto& procedure = world_.scenario.procedures.at(scope(mention).owner);
    const auto name = facility_of(procedure, *procedure.find(scope(mention).step));
    for (const auto& member : world_.scenario.facilities_of(name)) {
      const auto facility = world_.scenario.facilities.find(member);
      if (facility == world_.scenario.facilities.end()) continue;  // told where it is named
      for (const Resource& resource : facility->second.resources) {
        if (!contains(mention.cases, resource.name) || resource.unit == mention.name) continue;
        if (resource.unit.empty()) {
          return complain(mention, fmt::format("`{}` is no unit of `{}`, which is counted one by "
                                               "one; write the number alone",
                                               mention.name, resource.name));
        }
        return complain(mention, fmt::format("`{}` is counted in `{}`, not in `{}`", resource.name,
                                             resource.unit, mention.name));
      }
    }
  }

  void adjusted(const Mention& mention) {
    const auto& facilities = world_.scenario.facilities;
    const auto found = facilities.find(mention.name);
    if (found == facilities.end()) return among(mention, "facility", keys(facilities));
    const auto& resources = found->second.resources;
    const auto& wanted = mention.cases.front();
    std::vector<std::string> known;
    known.reserve(resources.size());
    for (const Resource& resource : resources) known.push_back(resource.name);
    if (contains(known, wanted)) return;
    complain(mention, unknown(fmt::format("`{}` has no resource `{}`", mention.name, wanted),
                              wanted, known));
  }

  void resource(const Mention& mention, const std::string& name) {
    const auto facility = world_.scenario.facilities.find(name);
    if (facility == world_.scenario.facilities.end()) return;  // told where it is named
    std::vector<std::string> known;
    known.reserve(facility->second.resources.size());
    for (const Resource& resource : facility->second.resources) known.push_back(resource.name);
    if (contains(known, mention.name)) return;
    const auto path = "facilities." + name + ".resources";
    const bool told =
        std::ranges::any_of(notes_.errors, [&](const Error& error) { return error.path == path; });
    if (told) return;
    complain(mention, unknown(fmt::format("`{}` has no resource `{}`", name, mention.name),
                              mention.name, known));
  }

  void step(const Mention& mention) {
    const auto& [kind, owner, from, type] = scope(mention);
    const auto& procedure = world_.scenario.procedures.at(owner);
    std::vector<std::string> known;
    known.reserve(procedure.steps.size());
    for (const Step& step : procedure.steps) known.push_back(step.name);
    if (!contains(known, mention.name)) {
      return complain(mention, unknown(fmt::format("`{}` has no step `{}`", owner, mention.name),
                                       mention.name, known));
    }
    const auto& graph = world_.graphs.find(owner)->second;
    if (mention.what == Mention::What::until && !graph.before(from, mention.name)) {
      complain(mention,
               fmt::format("held until `{}`, which does not come after `{}`", mention.name, from));
    } else if (const auto paths = world_.paths.find(owner);
               mention.what == Mention::What::until && paths != world_.paths.end()) {
      const auto end = procedure.index(*procedure.find(mention.name));
      if (!paths->second.over_anyhow(procedure.index(*procedure.find(from)), end)) {
        complain(mention, fmt::format("held until `{}`, which may begin before `{}` has ended",
                                      mention.name, from));
      }
    }
  }

  void await(const Mention& mention) {
    const auto& mark = mention.cases[0];
    const auto& kind = mention.cases[1];
    if (mention.name == "self") {
      if (kind == "time") return;
      return complain(mention,
                      fmt::format("awaits its own mark `{}`; name the step that sets it in "
                                  "`after`",
                                  mark));
    }
    for (const RoleAt* role : world_.following(scope(mention).owner)) {
      std::vector<std::string> known;
      const Role* other = nullptr;
      if (kind == "all") {
        for (const Role& member : role->role->contains) {
          known.push_back(member.name);
          if (member.name == mention.name) other = &member;
        }
      } else {
        for (const RoleAt* group : role->up) {
          known.push_back(group->role->creates);
          if (group->role->creates == mention.name) other = group->role;
        }
      }
      if (other == nullptr) {
        return complain(
            mention, unknown(fmt::format("no {} `{}` {} `{}`", kind == "all" ? "members" : "group",
                                         mention.name, kind == "all" ? "in" : "around", role->path),
                             mention.name, known));
      }
      if (kind == "time" || !world_.scenario.procedures.contains(other->procedure)) continue;
      const auto marks = world_.marks_of(other->procedure);
      if (!contains(marks, mark)) {
        return complain(
            mention,
            unknown(fmt::format("`{}` sets no mark `{}`", other->procedure, mark), mark, marks));
      }
    }
  }

  void members(const Mention& mention) {
    for (const RoleAt* role : world_.following(scope(mention).owner)) {
      std::vector<std::string> known;
      known.reserve(role->role->contains.size());
      for (const Role& member : role->role->contains) known.push_back(member.name);
      if (contains(known, mention.name)) continue;
      return complain(mention, unknown(fmt::format("no members `{}` in `contains` of `{}`",
                                                   mention.name, role->path),
                                       mention.name, known));
    }
  }

  void mark(const Mention& mention) {
    auto known = mention.cases;
    const auto roles = world_.of_type(scope(mention).type);
    if (roles.empty()) return;  // told where the type is named
    for (const RoleAt* role : roles) {
      if (!world_.scenario.procedures.contains(role->role->procedure)) return;  // told there
      for (auto& name : world_.marks_of(role->role->procedure)) known.push_back(std::move(name));
    }
    if (contains(known, mention.name)) return;
    complain(mention, unknown(fmt::format("no step of a `{}` sets the mark `{}`",
                                          scope(mention).type, mention.name),
                              mention.name, known));
  }

  const World& world_;
  Notes& notes_;
  std::vector<std::string> facilities_, locations_;
};

}  // namespace

std::string unknown(std::string_view sentence, std::string_view name,
                    std::vector<std::string> known) {
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
  auto meant = did_you_mean(name, known);
  constexpr std::size_t few = 12;
  if (!known.empty() && known.size() <= few) {
    meant += fmt::format(" (known: {})", listed(known));
  } else if (known.empty()) {
    meant += " (there are none)";
  }
  return fmt::format("{}{}", sentence, meant);
}

void check_mentions(const World& world, Notes& notes) {
  Check check{world, notes};
  for (const Mention& mention : notes.mentions) check(mention);
}

}  // namespace portflow::spec
