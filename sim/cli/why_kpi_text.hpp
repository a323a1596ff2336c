/// \file why_kpi_text.hpp
/// The causes of a KPI's mean and of its slowest twentieth, in words. Figures are rounded so that
/// each column adds up to its total.
#pragma once

#include <string>

#include "analysis/kpi_causes.hpp"

namespace portflow::cli {

[[nodiscard]] std::string kpi_causes_text(const analysis::Record& record,
                                          const analysis::KpiCauses& causes);

}  // namespace portflow::cli
