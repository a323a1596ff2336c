/// \file plan.hpp
/// Definitions turned into what each role must keep: readings, marks, and the folds they feed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/condition.hpp"
#include "core/unit.hpp"
#include "kpi/definition.hpp"
#include "kpi/roles.hpp"

namespace portflow::kpi {

/// Which instant of an entity a definition means; values >= 0 are marks kept for the role.
enum class MarkRef : std::int32_t { absent = -4, never = -3, done = -2, created = -1 };

/// One definition as it applies to one role.
struct Use {
  std::size_t fold{0};      ///< index into Plan::folds
  Condition where;          ///< bound; slots are indexes into RolePlan::readings
  std::int32_t weight{-1};  ///< index into RolePlan::readings
  std::int32_t ledger{-1};  ///< index into RolePlan::ledgers
  struct Group {
    std::size_t reading{0};
    std::vector<std::size_t> folds;  ///< by category code
  };
  std::vector<Group> groups;
  MarkRef from{MarkRef::absent}, to{MarkRef::absent}, marked{MarkRef::absent};
};

/// What is kept of entities of one role.
struct RolePlan {
  std::vector<Reading> readings;
  std::vector<Use> uses;
  std::vector<std::int32_t> mark_slot;  ///< by mark code: index of the kept mark, or -1
  std::size_t marks{0};                 ///< how many are kept
  /// What is added up: by item code, whether it belongs to the sum.
  std::vector<std::vector<bool>> ledgers;
  bool borne_by_kin{false};  ///< descendants read through it: it is remembered when it is gone,
  std::vector<std::int32_t> read_by_kin;  ///< and by attribute: place of what they read, or -1
  std::size_t kin_readings{0};            ///< how many they read
};

/// One figure to come: a definition, or one group of it.
struct PlannedFold {
  std::size_t definition{0};
  std::string name;
  std::string category;                ///< empty for the whole
  Dimension weighs{Dimension::plain};  ///< what the weight measures
  double weight_factor{1};
};

struct Plan {
  std::vector<Definition> definitions;
  std::vector<PlannedFold> folds;  ///< each definition followed by its groups
  std::vector<RolePlan> roles;     ///< by role code
};

/// A role that lacks a name which `where` reads is not measured by that KPI; a category that
/// only other roles of the type know is one that nobody of the role has. A mark that no
/// step of this run sets never comes. \returns an input fault for a kind that is not in the
/// catalogue, a condition that does not parse, or one that no role of the KPI's type can answer.
[[nodiscard]] Result<Plan> make_plan(const trace::Schema& schema);

}  // namespace portflow::kpi
