#include "kpi/summary.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace portflow::kpi {
namespace {

std::int64_t quantile(std::vector<std::int64_t>& values, double p) {
  const auto rank = static_cast<std::ptrdiff_t>(std::ceil(p * static_cast<double>(values.size())));
  const auto place = values.begin() + std::max<std::ptrdiff_t>(rank, 1) - 1;
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

}  // namespace

void summarise(std::vector<std::int64_t>& values, double per_unit, Figure& figure) {
  figure.count = values.size();
  if (values.empty()) return;
  const auto in_unit = [per_unit](std::int64_t ms) { return static_cast<double>(ms) / per_unit; };
  const std::int64_t sum = std::accumulate(values.begin(), values.end(), std::int64_t{0});
  figure.mean = static_cast<double>(sum) / static_cast<double>(values.size()) / per_unit;
  figure.p50 = in_unit(quantile(values, 0.50));
  figure.p90 = in_unit(quantile(values, 0.90));
  figure.p95 = in_unit(quantile(values, 0.95));
  figure.max = in_unit(*std::max_element(values.begin(), values.end()));
  figure.value = figure.statistic == "p50"   ? figure.p50
                 : figure.statistic == "p90" ? figure.p90
                 : figure.statistic == "p95" ? figure.p95
                 : figure.statistic == "max" ? figure.max
                                             : figure.mean;
}

void DailyMeans::add(SimTime created, double value, double weight) {
  Sum& sum = days_[std::chrono::floor<Days>(created.time_since_epoch()).count()];
  sum.value += value * weight;
  sum.weight += weight;
}

std::vector<CurvePoint> DailyMeans::points(double scale) const {
  std::vector<CurvePoint> result;
  result.reserve(days_.size());
  for (const auto& [day, sum] : days_) {
    if (sum.weight <= 0) continue;
    result.push_back({SimTime{Duration{Days{day}}}, sum.value / sum.weight * scale});
  }
  return result;
}

}  // namespace portflow::kpi
