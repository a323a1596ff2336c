#include "analysis/estimate.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "kpi/units.hpp"

namespace portflow::analysis {
namespace {

using Runs = std::span<const std::vector<kpi::Figure>>;

/// The mean over replications of one quantile, and its interval: a quantile of a replication is
/// one observation, however many entities it rests on.
void add_quantile(Runs runs, std::size_t kpi, std::optional<double> kpi::Figure::* member,
                  std::optional<double>& mean, std::optional<Interval>& interval) {
  std::vector<double> values;
  for (const auto& run : runs) {
    if (run[kpi].*member) values.push_back(*(run[kpi].*member));
  }
  if (values.empty()) return;
  mean = mean_of(values);
  interval = mean_interval(values);
}

void add_interval(Estimate& result, const std::vector<double>& known) {
  const auto [least, greatest] = std::ranges::minmax(known);
  if (is_maximum(result.heading)) {
    result.range = Interval{least, greatest};
    return;
  }
  result.ci95 = mean_interval(known);
  if (result.heading.kind != "share" || result.count == 0) return;
  const double scale = kpi::share_in(result.heading.unit);
  if (least != greatest || (least != 0 && least != scale)) return;
  const Interval bound = share_bound(least / scale, result.count);
  result.ci95 = Interval{bound.low * scale, bound.high * scale};
  result.bounded = true;
}

Estimate one(Runs runs, std::size_t kpi) {
  Estimate result;
  result.heading = runs.front()[kpi];
  result.heading.entities.clear();
  std::vector<double> known;
  for (const auto& run : runs) {
    const kpi::Figure& figure = run[kpi];
    PORTFLOW_ASSERT(figure.name == result.heading.name, "replications differ in their KPIs");
    result.values.push_back(figure.value);
    if (figure.value) known.push_back(*figure.value);
    result.count += figure.count;
    result.unfinished += figure.unfinished;
    if (figure.max) result.max = std::max(result.max.value_or(*figure.max), *figure.max);
  }
  add_quantile(runs, kpi, &kpi::Figure::p50, result.p50, result.p50_ci95);
  add_quantile(runs, kpi, &kpi::Figure::p90, result.p90, result.p90_ci95);
  add_quantile(runs, kpi, &kpi::Figure::p95, result.p95, result.p95_ci95);
  if (known.empty()) return result;
  result.mean = mean_of(known);
  add_interval(result, known);
  return result;
}

}  // namespace

bool is_maximum(const kpi::Figure& figure) {
  return figure.statistic == "max";
}

std::vector<Estimate> estimate(Runs runs) {
  std::vector<Estimate> result;
  if (runs.empty()) return result;
  for (std::size_t kpi = 0; kpi < runs.front().size(); ++kpi) result.push_back(one(runs, kpi));
  return result;
}

}  // namespace portflow::analysis
