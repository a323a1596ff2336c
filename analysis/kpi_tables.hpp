/// \file kpi_tables.hpp
/// The KPIs of a run as tables of its trace, for whoever reads that without portflow.
#pragma once

#include <vector>

#include "kpi/figure.hpp"
#include "trace/sheet.hpp"

namespace portflow::analysis {

/// `/kpis`, a row a figure in their order; `/kpi_series`, their curves one after the other.
[[nodiscard]] std::vector<trace::SheetTable> kpi_tables(const std::vector<kpi::Figure>& figures);

}  // namespace portflow::analysis
