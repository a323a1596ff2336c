#include "analysis/paired_values.hpp"

#include "analysis/judge.hpp"

namespace portflow::analysis {
Estimate estimate_of(const std::vector<std::optional<double>>& values, const kpi::Figure& like) {
  std::vector<std::vector<kpi::Figure>> runs;
  for (const auto& value : values) {
    kpi::Figure figure;
    figure.name = like.name;
    figure.kind = "span";
    figure.statistic = "mean";
    figure.unit = like.unit;
    figure.better = like.better;
    figure.title = like.title;
    figure.value = value;
    runs.push_back({std::move(figure)});
  }
  auto estimates = estimate(runs);
  return estimates.empty() ? Estimate{} : std::move(estimates.front());
}

Pair pair_of(const PairedValues& values, const kpi::Figure& like) {
  Pair pair;
  pair.base = estimate_of(values.base, like);
  pair.policy = estimate_of(values.policy, like);
  // What judge() takes as "the same" is that no entity differs; of those nothing is known here.
  pair.entities_different = values.base == values.policy ? 0 : 1;
  judge(pair);
  return pair;
}

}  // namespace portflow::analysis
