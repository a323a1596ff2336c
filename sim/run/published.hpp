/// \file published.hpp
/// Published figures against the KPIs that a run will have.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "spec/published.hpp"
#include "spec/scenario.hpp"
#include "trace/schema.hpp"

namespace portflow::run {

/// What a formula may read in a run: its KPIs (those of the scenario with their groups, and those
/// of every resource, procedure and cause), and the marks that entities of a type may set.
struct Readable {
  struct Kpi {
    std::string name, unit;
  };
  std::vector<Kpi> kpis;
  std::vector<std::string> types, marks;
};
[[nodiscard]] Result<Readable> readable_in(const trace::Schema& schema);

/// Complains where `formula` reads what is not there, or is one KPI's headline in another unit than
/// `unit`.
void check_formula(const spec::Formula& formula, const std::string& unit, const Readable& readable,
                   const Place& place, const std::string& path, Errors& errors);

/// Every row of the scenario's `published`.
[[nodiscard]] Result<void> check_published(const spec::Scenario& scenario,
                                           const trace::Schema& schema);

}  // namespace portflow::run
