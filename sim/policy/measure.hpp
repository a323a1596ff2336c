/// \file measure.hpp
/// A measure as data: dated, typed edits of a scenario, perhaps adopted by a share.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/condition.hpp"
#include "core/error.hpp"
#include "spec/node.hpp"
#include "spec/value.hpp"

namespace portflow::policy {

/// The ways to edit a field. Per field: set, then the product of scale, the sum of add, then
/// the bounds; insert adds entries to a map, include and exclude change lists.
enum class Operation : std::uint8_t {
  set,
  scale,
  add,
  at_least,
  at_most,
  insert,
  include,
  exclude
};

/// `{edit: procedures.import_lot.steps.select.when.chance.aeo, was: 0.57 %, set: 0.46 %}`.
struct Effect {
  std::vector<std::string> path;  ///< the selector, split at dots; `{a,b}` and `*` select several
  std::string path_text;
  Operation operation{Operation::set};
  spec::Node value;
  std::optional<spec::Node> was;
  Condition where;  ///< only entities for which it holds
  Place where_place;
  Place place;
};

/// `adoption: {by: lot, where: transit, share: {ramp: {...}}}`: entities of this type (and
/// their members) follow the measure with this chance, drawn when they are created.
struct Adoption {
  std::string by;
  Condition where;
  Place where_place;
  spec::Amount share;
};

/// A lever that can be switched by itself; a measure without `parts` has one, unnamed.
struct Part {
  std::string name;  ///< empty, or `a`: the part is then `m07.a`
  std::optional<SimTime> starts, ends;
  std::optional<Adoption> adoption;
  std::vector<Effect> effects;
  spec::Label title;
};

/// `{on: ../shown/offices.yaml, replications: 4}`: a scenario on which the measure shows what it
/// does.
struct Showing {
  std::string on;                  ///< a scenario file, as written: from the measure's folder
  std::vector<std::string> parts;  ///< that are on; empty: all
  std::uint32_t replications{4};
  Place place;
};

struct Measure {
  std::string id;  ///< m04
  int number{0};   ///< 1..35, the clause
  spec::Label title, clause;
  std::string concerns;
  std::vector<Part> parts;
  std::vector<std::string> needs, excludes, overlaps;  ///< `requires`, ... : ids of measures
  std::map<std::string, std::string> expect;           ///< KPI -> down, up, not_down, not_up
  std::vector<std::string> unchanged;                  ///< KPIs that must stay exactly as they are
  std::vector<Showing> shown;  ///< where `expect` and `unchanged` are put to the test
  bool institutional{false};
  std::string settled;  ///< what was doubtful and how it was settled
  spec::Node node;      ///< the whole file
  std::string file;
};

}  // namespace portflow::policy
