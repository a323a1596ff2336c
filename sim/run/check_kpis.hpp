/// \file check_kpis.hpp
/// Whether the KPIs of a scenario can be asked of what it will record.
#pragma once

#include <vector>

#include "core/error.hpp"
#include "kpi/definition.hpp"
#include "spec/scenario.hpp"
#include "trace/schema.hpp"

namespace portflow::run {

/// Every KPI that no entity of its type can answer, each with its place in the file.
/// \param definitions  of `scenario.kpis`, in their order
[[nodiscard]] Errors check_kpis(const spec::Scenario& scenario,
                                const std::vector<kpi::Definition>& definitions,
                                trace::Schema schema);

}  // namespace portflow::run
