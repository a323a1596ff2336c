#include "kpi/roles.hpp"

#include <algorithm>

namespace portflow::kpi {
namespace {

std::int32_t index_of(const std::vector<std::string>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? -1 : static_cast<std::int32_t>(found - words.begin());
}

/// `boxes` of `liners/lots/boxes`: what a scenario calls the role.
std::string short_name(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

}  // namespace

Roles::Roles(const trace::Schema& schema) : schema_(schema) {
  for (const trace::RoleInfo& role : schema.roles) {
    if (index_of(flows_, role.flow) < 0) flows_.push_back(role.flow);
    const std::string word = short_name(role.name);
    if (index_of(words_, word) < 0) words_.push_back(word);
    const std::size_t slash = role.name.rfind('/');
    const auto parent =
        std::ranges::find(schema.roles, role.name.substr(0, slash == std::string::npos ? 0 : slash),
                          &trace::RoleInfo::name);
    parents_.push_back(parent == schema.roles.end()
                           ? -1
                           : static_cast<std::int32_t>(parent - schema.roles.begin()));
  }
}

std::optional<Reading> Roles::find(std::uint16_t role, std::string_view name) const {
  const auto constant = [](std::int32_t code, const std::vector<std::string>& categories) {
    Reading reading;
    reading.constant = code;
    reading.categories = categories;
    return reading;
  };
  if (name == "flow") return constant(index_of(flows_, schema_.roles[role].flow), flows_);
  if (name == "role") {
    return constant(index_of(words_, short_name(schema_.roles[role].name)), words_);
  }

  std::string_view type = schema_.roles[role].type;
  std::string_view attribute = name;
  if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
    type = name.substr(0, dot);
    attribute = name.substr(dot + 1);
  }
  std::uint32_t levels = 0;
  for (std::int32_t at = role; at >= 0; at = parents_[static_cast<std::size_t>(at)], ++levels) {
    const trace::RoleInfo& info = schema_.roles[static_cast<std::size_t>(at)];
    if (info.type != type) continue;
    const auto found = std::ranges::find(info.attributes, attribute, &trace::AttributeInfo::name);
    if (found == info.attributes.end()) continue;
    Reading reading;
    reading.levels = levels;
    reading.attribute = static_cast<std::int32_t>(found - info.attributes.begin());
    reading.categories = found->categories;
    reading.unit = found->unit;
    return reading;
  }
  return std::nullopt;
}

}  // namespace portflow::kpi
