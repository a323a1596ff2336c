/// \file roles.hpp
/// Where the names that a KPI reads are found, role by role.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/schema.hpp"

namespace portflow::kpi {

/// A value that an entity has from birth: an attribute of its own or of an ancestor, or one
/// that its role fixes (`flow`, `role`).
struct Reading {
  std::uint32_t levels{0};     ///< generations up; 0: the entity itself
  std::int32_t attribute{-1};  ///< index in that role; -1: the constant
  double constant{0};
  std::vector<std::string> categories;  ///< empty for numbers
  std::string unit;
};

/// The family tree of roles, as their names spell it (`liners/lots/boxes`).
class Roles {
 public:
  explicit Roles(const trace::Schema& schema);

  /// The role that bears `role`, or -1.
  [[nodiscard]] std::int32_t parent(std::uint16_t role) const { return parents_[role]; }

  /// Resolves `credit`, `lot.credit`, `flow` or `role` for entities of `role`; a leading word
  /// is the type of the entity itself or of an ancestor. Empty where the role has no such name.
  [[nodiscard]] std::optional<Reading> find(std::uint16_t role, std::string_view name) const;

 private:
  const trace::Schema& schema_;
  std::vector<std::int32_t> parents_;
  std::vector<std::string> flows_, words_;  ///< each once
};

}  // namespace portflow::kpi
