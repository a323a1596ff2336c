// Layouts: which member of each split facility is meant, by the attributes of whoever comes.
//
// All roles of a source share the axes that any of its procedures needs, as far as they can see
// them. So whoever awaits a mark of its group, or of its members, knows where they are.
#include <algorithm>
#include <set>

#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

/// Graphs are compiled for each layout; more than this is a mistake of the scenario.
constexpr std::size_t most_layouts = 256;

}  // namespace

void Builder::layouts() {
  for (std::size_t first = 0; first < model_->roles.size();) {
    std::size_t last = first + 1;
    while (last < model_->roles.size() && model_->roles[last].parent != none) ++last;
    axes_of_tree(static_cast<RoleCode>(first), static_cast<RoleCode>(last));
    first = last;
  }
}

void Builder::axes_of_tree(RoleCode first, RoleCode last) {
  std::set<std::pair<RoleCode, std::uint16_t>> axes;  // owner, index of its attribute
  const auto needs = [&](RoleCode role, const std::string& name, const Place& place) {
    const auto split = splits_.find(name);
    if (split == splits_.end()) return;
    const trace::AttributeInfo* info = nullptr;
    const AttributeSlot slot = need_attribute(role, split->second->by, place, &info);
    if (info == nullptr) return;
    for (std::size_t code = 0; code < info->categories.size(); ++code) {
      const auto& cases = split->second->cases;
      const bool told = std::any_of(cases.begin(), cases.end(), [&](const auto& one) {
        return case_of(*info, one.first) == code;
      });
      if (told) continue;
      complain(split->second->place, "facilities." + name,
               "no facility for " + split->second->by + " '" + info->categories[code] + "'");
    }
    RoleCode owner = role;
    for (std::uint16_t up = 0; up < slot.levels; ++up) owner = model_->roles[owner].parent;
    axes.emplace(owner, slot.index);
  };
  for (RoleCode role = first; role < last; ++role) {
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      for (const auto* procedure : dated_[epoch].of(role_specs_[role][epoch]->procedure)) {
        for (const spec::Step& step : procedure->steps) {
          needs(role, step.at, step.place);
          if (!step.moves) continue;
          needs(role, step.moves->from, step.place);
          needs(role, step.moves->to, step.place);
        }
      }
    }
  }
  for (RoleCode code = first; code < last; ++code) {
    Role& role = model_->roles[code];
    std::size_t layouts = 1;
    for (const auto& [owner, index] : axes) {
      Axis axis;
      axis.owner = owner;
      RoleCode at = code;
      for (; at != none && at != owner; at = model_->roles[at].parent) ++axis.slot.levels;
      if (at == none) continue;
      axis.slot.index = index;
      axis.categories = static_cast<std::uint16_t>(
          model_->schema.roles[owner].attributes[index].categories.size());
      layouts *= axis.categories;
      role.axes.push_back(axis);
    }
    if (layouts > most_layouts) {
      complain(role_specs_[code].front()->place, role.name,
               "facilities are split by so many attributes that " + std::to_string(layouts) +
                   " combinations would have to be told apart; at most " +
                   std::to_string(most_layouts));
      layouts = 1;
      role.axes.clear();
    }
    role.layouts = static_cast<std::uint16_t>(layouts);
    role.initial_known.resize(layouts);
  }
}

std::uint16_t Builder::layout_of_group(RoleCode role, std::uint16_t layout, RoleCode group) const {
  // Axes stand in the order of their owners, and groups come before their members.
  const auto& axes = model_->roles[role].axes;
  for (std::size_t i = axes.size(); i > model_->roles[group].axes.size(); --i) {
    layout = static_cast<std::uint16_t>(layout / axes[i - 1].categories);
  }
  return layout;
}

std::uint16_t Builder::place(RoleCode role, std::uint16_t layout, const std::string& name) const {
  const auto split = splits_.find(name);
  if (split == splits_.end()) {
    const auto found = facility_codes_.find(name);
    return found == facility_codes_.end() ? std::uint16_t{none} : found->second;
  }
  const trace::AttributeInfo* info = nullptr;
  const AttributeSlot slot = attribute(role, split->second->by, &info);
  const auto& axes = model_->roles[role].axes;
  for (std::size_t i = axes.size(); i-- > 0;) {
    const auto category = static_cast<std::uint16_t>(layout % axes[i].categories);
    layout = static_cast<std::uint16_t>(layout / axes[i].categories);
    if (axes[i].slot.levels != slot.levels || axes[i].slot.index != slot.index) continue;
    for (const auto& [word, facility] : split->second->cases) {
      if (case_of(*info, word) == category) return facility_codes_.at(facility);
    }
  }
  return none;
}

}  // namespace portflow::procedure
