#include "trace/schema.hpp"

#include "core/assert.hpp"

namespace portflow::trace {

std::string entity_name(const Schema& schema, std::uint16_t role, std::uint32_t ordinal,
                        const std::string& parent) {
  PORTFLOW_ASSERT(role < schema.roles.size(), "role " + std::to_string(role));
  const std::string& full = schema.roles[role].name;
  // The role of a member repeats its group's role; the name spells only what is new.
  std::string name = full.substr(full.rfind('/') + 1) + "-" + std::to_string(ordinal);
  return parent.empty() ? name : parent + "/" + name;
}

}  // namespace portflow::trace
