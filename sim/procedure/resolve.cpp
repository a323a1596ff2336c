// Names to slots: attributes, numbers by attribute, conditions.
#include <algorithm>

#include "core/meaning.hpp"
#include "core/words.hpp"
#include "procedure/builder.hpp"

namespace portflow::procedure {

void Builder::complain(Place place, const std::string& path, std::string message) {
  for (const Error& error : errors_) {
    if (error.place == place && error.message == message) return;
  }
  errors_.push_back({std::move(place), path, std::move(message)});
}

AttributeSlot Builder::attribute(RoleCode role, const std::string& name,
                                 const trace::AttributeInfo** info) const {
  const std::size_t dot = name.find('.');
  const std::string type = dot == std::string::npos ? "" : name.substr(0, dot);
  const std::string word = dot == std::string::npos ? name : name.substr(dot + 1);
  std::uint16_t levels = 0;
  for (RoleCode at = role; at != none; at = model_->roles[at].parent, ++levels) {
    if (!type.empty() && model_->roles[at].type != type) continue;
    const auto& attributes = model_->schema.roles[at].attributes;
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      if (attributes[i].name != word) continue;
      if (info != nullptr) *info = &attributes[i];
      return {levels, static_cast<std::uint16_t>(i)};
    }
  }
  return {};
}

AttributeSlot Builder::need_attribute(RoleCode role, const std::string& name, const Place& place,
                                      const trace::AttributeInfo** info) {
  const AttributeSlot slot = attribute(role, name, info);
  if (slot.valid()) return slot;
  std::vector<std::string> known;
  for (RoleCode at = role; at != none; at = model_->roles[at].parent) {
    for (const auto& one : model_->schema.roles[at].attributes) {
      known.push_back(at == role ? one.name : model_->roles[at].type + "." + one.name);
    }
  }
  const std::string close = nearest(name, known);
  complain(
      place, model_->roles[role].name,
      "no attribute '" + name + "'" +
          (close.empty() ? "; there are: " + listed(known) : "; did you mean '" + close + "'?"));
  return slot;
}

void Builder::check_read(RoleCode role, const Reads& reads, const Place& place,
                         const std::string& path) {
  const AttributeSlot slot = attribute(role, reads.attribute);
  if (!slot.valid()) return;
  for (std::uint16_t level = 0; level < slot.levels; ++level) role = model_->roles[role].parent;
  const spec::Attribute& found = role_specs_[role].front()->attributes[slot.index];
  const bool number = found.kind == spec::Attribute::Kind::number;
  if (reads.dimension ? number && fits(*reads.dimension, found.dimension)
                      : found.kind == spec::Attribute::Kind::choice) {
    return;
  }
  complain(place, path,
           "'" + reads.verb + "' reads '" + reads.attribute + "', which " +
               described(spec::meaning_of(found)) + " for " + model_->roles[role].name +
               "; expected " + (reads.dimension ? wanted(*reads.dimension) : "a category"));
}

std::uint16_t Builder::case_of(const trace::AttributeInfo& info, const std::string& word) const {
  for (std::size_t i = 0; i < info.categories.size(); ++i) {
    if (info.categories[i] == word) return static_cast<std::uint16_t>(i);
  }
  if (info.categories == std::vector<std::string>{"no", "yes"}) {
    if (word == "false") return 0;
    if (word == "true") return 1;
  }
  return none;
}

Number Builder::number(RoleCode role, const spec::Amount& amount, const Place& place) {
  Number out;
  out.value = amount.value;
  out.ramp = amount.ramp;
  if (!amount.learns.empty()) {
    out.learns = learned_of(amount.learns);
    readers_[out.learns].insert(role);
  }
  if (!amount.attribute.empty()) out.attribute = need_attribute(role, amount.attribute, place);
  if (!amount.sides.empty()) out.when = condition(role, amount.when, place);
  for (const spec::Amount& side : amount.sides) out.sides.push_back(number(role, side, place));
  if (amount.by.empty()) return out;
  const trace::AttributeInfo* info = nullptr;
  out.by = need_attribute(role, amount.by, place, &info);
  if (info == nullptr) return out;
  out.cases.resize(info->categories.size());
  std::vector<bool> given(info->categories.size(), false);
  for (const auto& [word, value] : amount.cases) {
    const std::uint16_t code = case_of(*info, word);
    if (code == none) {
      complain(place, model_->roles[role].name,
               "'" + word + "' is no value of '" + amount.by +
                   "'; there are: " + listed(info->categories));
      continue;
    }
    out.cases[code] = number(role, value, place);
    given[code] = true;
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i]) {
      complain(place, model_->roles[role].name,
               "no value for " + amount.by + " '" + info->categories[i] + "'");
    }
  }
  return out;
}

Draw Builder::draw(RoleCode role, const spec::Takes& takes, const Place& place) {
  Draw out;
  out.distribution = takes.distribution;
  if (!takes.sides.empty()) out.when = condition(role, takes.when, place);
  for (const spec::Takes& side : takes.sides) out.sides.push_back(draw(role, side, place));
  if (takes.by.empty()) return out;
  const trace::AttributeInfo* info = nullptr;
  out.by = need_attribute(role, takes.by, place, &info);
  if (info == nullptr) return out;
  out.cases.resize(info->categories.size());
  std::vector<bool> given(info->categories.size(), false);
  for (const auto& [word, value] : takes.cases) {
    const std::uint16_t code = case_of(*info, word);
    if (code == none) {
      complain(place, model_->roles[role].name,
               "'" + word + "' is no value of '" + takes.by +
                   "'; there are: " + listed(info->categories));
      continue;
    }
    out.cases[code] = draw(role, value, place);
    given[code] = true;
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i]) {
      complain(place, model_->roles[role].name,
               "no value for " + takes.by + " '" + info->categories[i] + "'");
    }
  }
  return out;
}

std::uint16_t Builder::mark_of(RoleCode role, const std::string& mark) const {
  const auto code = mark_codes_.find(mark);
  if (code == mark_codes_.end()) return none;
  const auto& marks = model_->roles[role].marks;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].code == code->second) return static_cast<std::uint16_t>(i);
  }
  return none;
}

Condition Builder::condition(RoleCode role, const Condition& in, const Place& place) {
  if (in.always()) return in;
  const auto lookup = [&](std::string_view view) -> std::optional<Condition::Binding> {
    const std::string name(view);
    if (const std::uint16_t mark = mark_of(role, name); mark != none) {
      return Condition::Binding{mark_slots + mark, {}};
    }
    const trace::AttributeInfo* info = nullptr;
    if (const AttributeSlot slot = attribute(role, name, &info); slot.valid()) {
      // A flag is true or false by its bare name; its words are for tables (`by: dg, yes: ..`).
      const bool flag = info->categories == std::vector<std::string>{"no", "yes"};
      if (flag) return Condition::Binding{slot.levels * level_stride + slot.index, {}};
      return Condition::Binding{slot.levels * level_stride + slot.index, info->categories};
    }
    if (name == "flow" || name == "role") {
      // A constant of the role: its own word is code 0, which no other word equals.
      const std::string& word =
          name == "flow" ? model_->schema.roles[role].flow : model_->roles[role].short_name;
      std::vector<std::string> words{word};
      for (const Role& other : model_->roles) {
        words.push_back(name == "flow" ? model_->schema.roles[other.code].flow : other.short_name);
      }
      return Condition::Binding{constant_slot, words};
    }
    return std::nullopt;
  };
  auto bound = in.bound(lookup);
  if (!bound) {
    complain(place, model_->roles[role].name, bound.error());
    return in;
  }
  return *bound;
}

Chance Builder::chance(RoleCode role, const spec::When& when, const std::string& point,
                       const Place& place) {
  Chance out;
  out.impossible = when.impossible;
  out.condition = condition(role, when.condition, place);
  if (when.chance) {
    out.has_chance = true;
    out.chance = number(role, *when.chance, place);
    out.point = Point{hash_of(when.draw.empty() ? point : when.draw)};
  }
  return out;
}

}  // namespace portflow::procedure
