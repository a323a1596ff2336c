/// \file paired_values.hpp
/// A figure of both arms that is no KPI, judged as KPIs are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace portflow::analysis {

/// One value a replication and arm; empty where it was not observed.
struct PairedValues {
  std::vector<std::optional<double>> base, policy;
};

/// Mean and interval of one arm. \param like  whose unit and direction the values have
[[nodiscard]] Estimate estimate_of(const std::vector<std::optional<double>>& values,
                                   const kpi::Figure& like);

/// Means, paired interval and verdict. \param like  whose unit and direction the values have
/// \pre as many of either arm
[[nodiscard]] Pair pair_of(const PairedValues& values, const kpi::Figure& like);

}  // namespace portflow::analysis
