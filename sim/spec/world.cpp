#include <algorithm>
#include <set>

#include "spec/validate.hpp"

namespace portflow::spec {
namespace {

const std::vector<std::string> flows{"import",   "export",     "transit",
                                     "domestic", "passengers", "bulk"};

}  // namespace

Meaning meaning_of(const Attribute& attribute) {
  Meaning is;
  switch (attribute.kind) {
    case Attribute::Kind::number:
      is = {Meaning::Kind::number, attribute.dimension, attribute.unit};
      break;
    case Attribute::Kind::chance:
      is.kind = Meaning::Kind::flag;
      is.categories = {"false", "true"};
      break;
    case Attribute::Kind::choice:
      is.kind = Meaning::Kind::category;
      for (const auto& [category, share] : attribute.options) is.categories.push_back(category);
      break;
  }
  return is;
}

World::World(const Scenario& all) : scenario{all} {
  for (const auto& [name, source] : all.demand) add(source.role, source, "demand." + name, nullptr);
  for (const auto& [name, procedure] : all.procedures) {
    const auto graph = graphs.emplace(name, procedure).first;
    if (graph->second.circle().empty()) paths.emplace(name, procedure);
  }
}

void World::add(const Role& role, const Source& source, std::string path, const RoleAt* group) {
  auto& at = *roles.emplace_back(std::make_unique<RoleAt>());
  at.role = &role;
  at.source = &source;
  at.path = std::move(path);
  if (group != nullptr) {
    at.up = group->up;
    at.up.insert(at.up.begin(), group);
  }
  for (const Role& member : role.contains) {
    add(member, source, at.path + ".contains." + member.name, &at);
  }
}

std::vector<const RoleAt*> World::following(std::string_view procedure) const {
  std::vector<const RoleAt*> result;
  for (const auto& at : roles) {
    if (at->role->procedure == procedure) result.push_back(at.get());
  }
  return result;
}

std::vector<const RoleAt*> World::of_type(std::string_view type) const {
  std::vector<const RoleAt*> result;
  for (const auto& at : roles) {
    if (at->role->creates == type) result.push_back(at.get());
  }
  return result;
}

std::vector<const RoleAt*> World::in(const Scope& scope) const {
  switch (scope.kind) {
    case Scope::Kind::none:
      return {};
    case Scope::Kind::step:
      return following(scope.owner);
    case Scope::Kind::kpi:
      return of_type(scope.type);
    case Scope::Kind::role:
    case Scope::Kind::members:
      break;
  }
  for (const auto& at : roles) {
    if (at->path != scope.owner) continue;
    return {scope.kind == Scope::Kind::role ? at.get() : at->up.front()};
  }
  return {};
}

std::vector<std::string> World::marks_of(std::string_view procedure) const {
  std::vector<std::string> result;
  const auto found = scenario.procedures.find(std::string{procedure});
  if (found == scenario.procedures.end()) return result;
  for (const Step& step : found->second.steps) {
    for (const auto& mark : {step.marks_start, step.marks}) {
      if (!mark.empty()) result.push_back(mark);
    }
  }
  return result;
}

std::vector<std::string> World::types() const {
  std::set<std::string> names;
  for (const auto& at : roles) names.insert(at->role->creates);
  return {names.begin(), names.end()};
}

bool World::is_location(const std::string& name) const {
  const auto& places = scenario.network.places;
  return scenario.facilities.contains(name) ||
         std::ranges::find(places, name, &NetworkPlace::name) != places.end();
}

std::optional<Known> World::attribute(const RoleAt& role, std::string_view name) const {
  const auto dot = name.find('.');
  if (dot != std::string_view::npos) {
    if (role.role->creates == name.substr(0, dot)) return attribute(role, name.substr(dot + 1));
    for (const RoleAt* group : role.up) {
      if (group->role->creates == name.substr(0, dot))
        return attribute(*group, name.substr(dot + 1));
    }
    return std::nullopt;
  }
  if (name == "flow") {
    if (role.role->flow.empty()) return std::nullopt;
    return Known{{.kind = Meaning::Kind::category, .categories = flows}, {role.role->flow}};
  }
  if (name == "role") {
    Known result{{.kind = Meaning::Kind::category}, {role.role->name}};
    for (const auto& at : roles) result.is.categories.push_back(at->role->name);
    return result;
  }
  const auto& own = role.role->attributes;
  const auto found = std::ranges::find(own, name, &Attribute::name);
  if (found == own.end()) return std::nullopt;
  auto is = meaning_of(*found);
  return Known{is, is.categories};
}

std::vector<std::string> World::attribute_names(const RoleAt& role) const {
  std::vector<std::string> result;
  result.reserve(role.role->attributes.size());
  for (const Attribute& attribute : role.role->attributes) result.push_back(attribute.name);
  for (const RoleAt* group : role.up) {
    for (const Attribute& attribute : group->role->attributes) {
      result.push_back(group->role->creates + "." + attribute.name);
    }
  }
  if (!role.role->flow.empty()) result.emplace_back("flow");
  result.emplace_back("role");
  return result;
}

std::string facility_of(const Procedure& procedure, const Step& step) {
  const Step* at = &step;
  for (std::size_t i = 0; at != nullptr && i <= procedure.steps.size(); ++i) {
    if (!at->at.empty()) return at->at;
    at = at->after.empty() ? nullptr : procedure.find(at->after.front());
  }
  return {};
}

}  // namespace portflow::spec
