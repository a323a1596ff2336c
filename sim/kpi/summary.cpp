#include "kpi/summary.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace portflow::kpi {
namespace {

/// Quantiles of many values, each higher than the one before: what lies below that is not looked
/// at again.
class Rising {
 public:
  explicit Rising(std::vector<std::int64_t>& values) : values_(values), from_(values.begin()) {}

  /// \pre p is not below that of the last call
  std::int64_t quantile(double p) {
    const auto count = static_cast<double>(values_.size());
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(p * count));
    const auto place = values_.begin() + std::max<std::ptrdiff_t>(rank, 1) - 1;
    std::nth_element(from_, place, values_.end());
    from_ = place;
    return *place;
  }
  [[nodiscard]] std::int64_t most() const { return *std::max_element(from_, values_.end()); }

 private:
  std::vector<std::int64_t>& values_;
  std::vector<std::int64_t>::iterator from_;  ///< all before it are at most as large
};

}  // namespace

void summarise(std::vector<std::int64_t>& values, double per_unit, Figure& figure) {
  figure.count = values.size();
  if (values.empty()) return;
  const auto in_unit = [per_unit](std::int64_t ms) { return static_cast<double>(ms) / per_unit; };
  const std::int64_t sum = std::accumulate(values.begin(), values.end(), std::int64_t{0});
  figure.mean = static_cast<double>(sum) / static_cast<double>(values.size()) / per_unit;
  Rising rising(values);
  figure.p50 = in_unit(rising.quantile(0.50));
  figure.p90 = in_unit(rising.quantile(0.90));
  figure.p95 = in_unit(rising.quantile(0.95));
  figure.max = in_unit(rising.most());
  figure.value = figure.statistic == "p50"   ? figure.p50
                 : figure.statistic == "p90" ? figure.p90
                 : figure.statistic == "p95" ? figure.p95
                 : figure.statistic == "max" ? figure.max
                                             : figure.mean;
}

void DailyMeans::add(SimTime created, double value, double weight) {
  const std::int64_t day = std::chrono::floor<Days>(created.time_since_epoch()).count();
  if (last_ == nullptr || day != last_day_) {
    last_day_ = day;
    last_ = &days_[day];
  }
  last_->value += value * weight;
  last_->weight += weight;
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
