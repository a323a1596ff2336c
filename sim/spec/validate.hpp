/// \file validate.hpp
/// What can only be checked once everything is typed: names, graphs, attributes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/meaning.hpp"
#include "spec/graph.hpp"
#include "spec/scenario.hpp"
#include "spec/spot.hpp"
#include "spec/token_paths.hpp"

namespace portflow::spec {

/// A role with the groups it is born into.
struct RoleAt {
  const Role* role{nullptr};
  const Source* source{nullptr};
  std::string path;               ///< `demand.liners.contains.lots`
  std::vector<const RoleAt*> up;  ///< its group, the group of that, ...
};

/// What an attribute may be.
struct Known {
  Meaning is;
  std::vector<std::string> needed{};  ///< categories that occur, so that `by` must tell them
};

/// The scenario, indexed by the questions that checks ask.
class World {
 public:
  explicit World(const Scenario& scenario);

  const Scenario& scenario;
  std::vector<std::unique_ptr<RoleAt>> roles;
  std::map<std::string, StepGraph, std::less<>> graphs;
  std::map<std::string, TokenPaths, std::less<>> paths;  ///< of procedures without a circle

  [[nodiscard]] std::vector<const RoleAt*> following(std::string_view procedure) const;
  [[nodiscard]] std::vector<const RoleAt*> of_type(std::string_view type) const;
  /// The roles whose attributes `scope` reads; for members, their group.
  [[nodiscard]] std::vector<const RoleAt*> in(const Scope& scope) const;
  /// Marks that a procedure sets, in the order of its steps; empty for an unknown one.
  [[nodiscard]] std::vector<std::string> marks_of(std::string_view procedure) const;
  /// Whether `name` is a facility or a place of the network.
  [[nodiscard]] bool is_location(const std::string& name) const;
  /// Types of all entities.
  [[nodiscard]] std::vector<std::string> types() const;

  /// What `name` (own, or `type.name` of an ancestor) is for entities of `role`.
  [[nodiscard]] std::optional<Known> attribute(const RoleAt& role, std::string_view name) const;
  /// Every name that attribute() knows for `role`.
  [[nodiscard]] std::vector<std::string> attribute_names(const RoleAt& role) const;

 private:
  void add(const Role& role, const Source& source, std::string path, const RoleAt* group);
};

/// Facility that a step runs at: its own, or that of the first step it comes after; empty where
/// it runs wherever its entity is.
[[nodiscard]] std::string facility_of(const Procedure& procedure, const Step& step);

/// Resolves every mention.
void check_mentions(const World& world, Notes& notes);
/// Steps, marks and choices of each procedure.
void check_procedures(const World& world, Notes& notes);
/// Steps that take working days need a resource with a calendar.
void check_working_days(const World& world, Notes& notes);
/// Types and procedures of roles, and where sources live.
void check_demand(const World& world, Notes& notes);

/// Splits: their members, and whether all who come to one can be told apart.
void check_splits(const World& world, Notes& notes);

/// Fills in what follows from other parts: where a source lives, and which links and hand-overs
/// stand for several because an end is split.
void complete(Scenario& scenario);

}  // namespace portflow::spec
