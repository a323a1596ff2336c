/// \file estimate.hpp
/// One KPI over all replications.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/interval.hpp"
#include "kpi/figure.hpp"

namespace portflow::analysis {

/// What several replications say of one KPI, in its unit.
struct Estimate {
  kpi::Figure heading;  ///< name, kind, unit, titles; its numbers are those of replication 0
  std::vector<std::optional<double>> values;  ///< the headline of each replication
  std::optional<double> mean;                 ///< of the headline, where any was observed
  std::optional<Interval> ci95;         ///< of the mean; empty for one replication and for maxima
  bool bounded{false};                  ///< `ci95` bounds a share of which nothing was ever seen
  std::optional<Interval> range;        ///< maxima: least and greatest over replications
  std::optional<double> p50, p90, p95;  ///< means over replications
  std::optional<Interval> p50_ci95, p90_ci95, p95_ci95;  ///< of these means, by Student's t
  std::optional<double> max;                             ///< the greatest of all replications
  std::uint64_t count{0}, unfinished{0};                 ///< sums over replications
};

/// Whether the headline of this figure is a maximum, which no t interval covers.
[[nodiscard]] bool is_maximum(const kpi::Figure& figure);

/// \param runs  figures of each replication; all must have the same KPIs in the same order
[[nodiscard]] std::vector<Estimate> estimate(std::span<const std::vector<kpi::Figure>> runs);

}  // namespace portflow::analysis
