// Members that a step of their group creates: which they are, where they begin, and who hears of it
// when they never come.
#include <algorithm>

#include "procedure/builder.hpp"

namespace portflow::procedure {

std::uint16_t Builder::member(RoleCode group, const std::string& name) const {
  for (const RoleCode code : model_->roles[group].member_roles) {
    if (model_->roles[code].short_name == name) return code;
  }
  return none;
}

void Builder::created() {
  for (const Role& group : model_->roles) {
    // In how many versions of the group's procedure a step creates a member.
    std::map<RoleCode, std::size_t> versions_by_member;
    std::size_t versions = 0;
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      for (const auto* procedure : dated_[epoch].of(role_specs_[group.code][epoch]->procedure)) {
        ++versions;
        for (const spec::Step& step : procedure->steps) {
          for (const std::string& name : step.creates) {
            const RoleCode code = member(group.code, name);
            if (code != none) ++versions_by_member[code];  // else refused where it is read
          }
        }
      }
    }
    for (const auto& [code, count] : versions_by_member) {
      model_->roles[code].later = true;
      if (count == versions) continue;
      const spec::Role& spec = *role_specs_[code].front();
      complain(spec.place, model_->roles[code].name,
               "created by a step in some versions of `" +
                   role_specs_[group.code].front()->procedure +
                   "` and with the group in others; a measure can only change what a step "
                   "creates, not whether one does");
    }
  }
}

void Builder::origins(const Step& step, RoleCode group, std::uint16_t layout) {
  for (const RoleCode code : step.creates) {
    for (std::uint16_t own = 0; own < model_->roles[code].layouts; ++own) {
      if (layout_of_group(code, own, group) != layout) continue;
      std::set<std::uint16_t>& places = origins_[{code, own}];
      places.insert(step.end_place());
      // A move that takes no time ends in the process where it began.
      if (step.move) places.insert(step.place);
    }
  }
}

void Builder::unborn() {
  for (Role& role : model_->roles) {
    for (auto& variants : role.graphs) {
      for (auto& graph : variants) {
        for (Step& step : graph->steps) {
          origins(step, role.code, graph->layout);
          for (const RoleCode code : step.creates) add_unborn(step, code, role.code, graph->layout);
        }
      }
    }
  }
}

void Builder::add_unborn(Step& step, RoleCode member, RoleCode group, std::uint16_t layout) const {
  const Role& role = model_->roles[member];
  for (const MarkInfo& mark : role.marks) {
    for (std::uint16_t own = 0; own < role.layouts; ++own) {
      if (layout_of_group(member, own, group) != layout) continue;
      for (const Telling& telling : mark.tellings[own]) {
        const bool known = std::ranges::any_of(step.unborn, [&](const Telling& one) {
          return one.site == telling.site && one.known == telling.known;
        });
        if (telling.levels == 1 && !known) step.unborn.push_back(telling);
      }
    }
  }
}

}  // namespace portflow::procedure
