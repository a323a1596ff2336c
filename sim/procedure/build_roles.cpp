// Sources and the kinds of entity they bear.
#include "core/hash.hpp"
#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

const spec::Role* member_of(const spec::Role* group, const std::string& name) {
  if (group == nullptr) return nullptr;
  for (const spec::Role& role : group->contains) {
    if (role.name == name) return &role;
  }
  return nullptr;
}

}  // namespace

void Builder::roles() {
  std::set<std::string> names;
  for (const Dated& dated : dated_) {
    for (const auto& [name, source] : dated.scenario->demand) names.insert(name);
  }
  for (const std::string& name : names) {
    SourceInfo info;
    info.name = name;
    info.name_hash = hash_of(name);
    info.gap_point = Point{hash_of("arrivals")};
    info.late_point = Point{hash_of("late")};
    info.thin_point = Point{hash_of("extra")};
    info.quota_point = Point{hash_of("each_year")};
    const spec::Source* latest = nullptr;
    std::vector<const spec::Role*> specs;
    for (const Dated& dated : dated_) {
      const auto found = dated.scenario->demand.find(name);
      if (found != dated.scenario->demand.end()) latest = &found->second;
      info.by_epoch.push_back(latest);
      info.there.push_back(found != dated.scenario->demand.end());
    }
    for (auto& source : info.by_epoch) {
      if (source == nullptr) source = latest;
      specs.push_back(&source->role);
    }
    const spec::Source& source = *info.by_epoch.front();
    model_->announced_max = std::max(model_->announced_max, source.announced);
    std::string at = source.at;
    const auto& procedures = dated_.front().scenario->procedures;
    if (const auto found = procedures.find(source.role.procedure); found != procedures.end()) {
      for (const spec::Step& step : found->second.steps) {
        if (at.empty()) at = step.at;
      }
    }
    if (at.empty() && !facility_codes_.empty()) at = facility_codes_.begin()->first;
    // Nobody is there yet whose attribute could tell: a source at a split lives at its first.
    at = dated_.front().scenario->facilities_of(at).front();
    const auto place = facility_codes_.find(at);
    if (place == facility_codes_.end()) {
      complain(source.role.place, "demand." + name + ".at", "no facility '" + at + "'");
      continue;
    }
    info.site = facility_site_[place->second];
    info.role = static_cast<RoleCode>(model_->roles.size());
    role_tree(name, none, specs, place->second);
    model_->sources.push_back(info);
    bool grows = false;
    for (const spec::Source* one : info.by_epoch) {
      grows = grows || one->extra.value != 0 || one->extra.ramp;
    }
    if (grows) {
      info.growth = true;
      info.name_hash = hash_of(name + " (growth)");
      model_->sources.push_back(std::move(info));
    }
  }
}

void Builder::role_tree(const std::string& name, RoleCode parent,
                        const std::vector<const spec::Role*>& specs, std::uint16_t home) {
  const auto code = static_cast<RoleCode>(model_->roles.size());
  const spec::Role& spec = *specs.front();
  {
    Role role;
    role.name = parent == none ? name : model_->roles[parent].name + "/" + name;
    role.short_name = name;
    role.type = spec.creates;
    role.code = code;
    role.parent = parent;
    role.depth = parent == none ? std::uint16_t{0}
                                : static_cast<std::uint16_t>(model_->roles[parent].depth + 1);
    role.home = facility_site_[home];
    role.home_place = home;
    role.name_hash = hash_of(name);
    role.count_point = Point{hash_of(name + ".count")};
    trace::RoleInfo row;
    row.name = role.name;
    row.type = spec.creates;
    row.procedure = spec.procedure;
    row.flow = !spec.flow.empty() || parent == none ? spec.flow : model_->schema.roles[parent].flow;
    row.mode = spec.mode;
    for (const spec::Attribute& attribute : spec.attributes) {
      trace::AttributeInfo info;
      info.name = attribute.name;
      // Values are recorded in base units, so they bear those.
      if (attribute.kind == spec::Attribute::Kind::number) {
        info.unit = base_unit(attribute.dimension);
      }
      if (attribute.kind == spec::Attribute::Kind::chance) info.categories = {"no", "yes"};
      for (const auto& [word, weight] : attribute.options) info.categories.push_back(word);
      row.attributes.push_back(std::move(info));
    }
    role.slots.attributes = static_cast<std::uint16_t>(row.attributes.size());
    model_->schema.roles.push_back(std::move(row));
    model_->roles.push_back(std::move(role));
    role_specs_.push_back(specs);
  }
  for (std::size_t epoch = 0; epoch < specs.size(); ++epoch) {
    attributes(code, epoch, *specs[epoch]);
    model_->roles[code].count.push_back(
        parent == none ? Draw{} : draw(parent, specs[epoch]->count, spec.place));
  }
  for (const spec::Role& member : spec.contains) {
    std::vector<const spec::Role*> by_epoch;
    for (const spec::Role* group : specs) {
      const spec::Role* found = member_of(group, member.name);
      by_epoch.push_back(found != nullptr ? found : &member);
    }
    model_->roles[code].member_roles.push_back(static_cast<RoleCode>(model_->roles.size()));
    role_tree(member.name, code, by_epoch, home);
  }
}

void Builder::attributes(RoleCode role, std::size_t epoch, const spec::Role& spec) {
  std::vector<AttributeDraw> draws;
  const auto& declared = role_specs_[role].front()->attributes;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const spec::Attribute* now = &declared[i];
    for (const spec::Attribute& other : spec.attributes) {
      if (other.name == declared[i].name && other.kind == declared[i].kind) now = &other;
    }
    const std::string point = spec.creates + "." + now->name;
    AttributeDraw out;
    out.kind = now->kind;
    out.dimension = now->dimension;
    switch (now->kind) {
      case spec::Attribute::Kind::choice:
        // Codes are those of the first epoch; an option that a measure drops weighs nothing.
        for (const auto& [word, first_weight] : declared[i].options) {
          Number weight;
          for (const auto& [other, share] : now->options) {
            if (other == word) weight = number(role, share, now->place);
          }
          out.weights.push_back(weight);
          out.points.push_back(Point{hash_of(point + "." + word)});
        }
        break;
      case spec::Attribute::Kind::chance:
        out.chance = number(role, now->chance, now->place);
        out.points = {Point{hash_of(point)}};
        break;
      case spec::Attribute::Kind::number:
        out.number = draw(role, now->number, now->place);
        out.points = {Point{hash_of(point)}};
        break;
    }
    draws.push_back(std::move(out));
  }
  (void)epoch;
  model_->roles[role].attributes.push_back(std::move(draws));
}

void Builder::adoptions() {
  for (Role& role : model_->roles) {
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      const auto found = dated_[epoch].alternatives.find(role_specs_[role.code][epoch]->procedure);
      role.rules.push_back(found == dated_[epoch].alternatives.end() ? std::vector<std::size_t>{}
                                                                     : found->second.rules);
    }
  }
  for (const AdoptionInput& input : adoptions_) {
    Adoption adoption;
    adoption.type = input.by;
    adoption.from = input.from;
    adoption.to = input.to;
    bool concerned = false;
    adoption.share.value = input.share.value;
    adoption.share.ramp = input.share.ramp;
    for (Role& role : model_->roles) {
      role.adoption.push_back(Point{hash_of("adopt." + input.part)});
      std::optional<Condition> where;
      // `where: transit` names a flow; anything else is a condition on birth attributes.
      if (role.type == input.by) {
        const std::string& flow = model_->schema.roles[role.code].flow;
        const auto names = input.where.names();
        if (input.where.always()) {
          where = Condition{};
        } else if (names.size() == 1 && names.front() == input.where.text() &&
                   !attribute(role.code, names.front()).valid()) {
          if (names.front() == flow) where = Condition{};
        } else {
          where = condition(role.code, input.where, {});
        }
      }
      concerned = concerned || where.has_value();
      adoption.where.push_back(std::move(where));
    }
    if (!concerned) {
      complain({}, input.part,
               "adoption by '" + input.by + "' where '" + input.where.text() +
                   "' concerns no entity of the scenario");
    }
    model_->adoptions.push_back(std::move(adoption));
  }
}

}  // namespace portflow::procedure
