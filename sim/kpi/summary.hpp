/// \file summary.hpp
/// Mean and exact quantiles of many times, and daily means of them.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "kpi/figure.hpp"

namespace portflow::kpi {

/// Fills mean, p50, p90, p95, max, count and the headline that `figure.statistic` names.
/// Quantile p is the value of rank ceil(p n): an observed value, never one in between. The
/// sum is of integers, so the mean does not depend on the order of `values`.
/// \param values  milliseconds; reordered
/// \param per_unit  milliseconds in the figure's unit
void summarise(std::vector<std::int64_t>& values, double per_unit, Figure& figure);

/// Means by the day on which entities were created.
class DailyMeans {
 public:
  DailyMeans() = default;
  DailyMeans(const DailyMeans&) = delete;  // which would go on adding to the other's days
  DailyMeans& operator=(const DailyMeans&) = delete;
  DailyMeans(DailyMeans&&) = default;
  DailyMeans& operator=(DailyMeans&&) = default;
  ~DailyMeans() = default;

  void add(SimTime created, double value, double weight = 1);
  /// One point a day with observations, at its midnight, times `scale`.
  [[nodiscard]] std::vector<CurvePoint> points(double scale) const;

 private:
  struct Sum {
    double value{0}, weight{0};
  };
  std::map<std::int64_t, Sum> days_;
  std::int64_t last_day_{0};
  Sum* last_{nullptr};  ///< of that day, which most often is the next one's, too
};

}  // namespace portflow::kpi
