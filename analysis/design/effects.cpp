#include "analysis/design/effects.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"

namespace portflow::design {
namespace {

using Column = std::vector<int>;

Column column_of(const Matrix& points, const std::vector<std::size_t>& factors) {
  Column column;
  for (const auto& point : points) {
    int sign = 1;
    for (const std::size_t k : factors) sign *= point[k] >= 0.5 ? 1 : -1;
    column.push_back(sign);
  }
  return column;
}

bool one_sided(const Column& column) {
  return std::ranges::all_of(column, [&](int sign) { return sign == column.front(); });
}

/// The same contrast, perhaps with its sign turned.
bool same(const Column& a, const Column& b) {
  const int turn = a.front() * b.front();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != turn * b[i]) return false;
  }
  return true;
}

/// What is left over when large sums cancel is no effect.
constexpr double rounding = 1e-12;

double contrast(const Column& column, const std::vector<double>& response) {
  double high = 0, low = 0, highs = 0, lows = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    (column[i] > 0 ? high : low) += response[i];
    (column[i] > 0 ? highs : lows) += 1;
  }
  const double difference = high / highs - low / lows;
  const double size = std::abs(high / highs) + std::abs(low / lows);
  return std::abs(difference) <= rounding * size ? 0 : difference;
}

void fill(Effect& effect, std::vector<double> values) {
  effect.mean = analysis::mean_of(values);
  effect.ci95 = analysis::mean_interval(values);
  effect.values = std::move(values);
}

}  // namespace

std::vector<Effect> effects(const Matrix& points, const Responses& responses, bool interactions) {
  std::vector<Effect> all;
  std::vector<Column> columns;
  if (points.empty() || responses.empty()) return all;
  const auto add = [&](std::vector<std::size_t> factors) {
    Column column = column_of(points, factors);
    if (one_sided(column)) return;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!same(columns[i], column)) continue;
      all[i].mixed_up.push_back(std::move(factors));
      return;
    }
    Effect effect;
    effect.factors = std::move(factors);
    std::vector<double> values;
    values.reserve(responses.size());
    for (const auto& response : responses) values.push_back(contrast(column, response));
    fill(effect, std::move(values));
    all.push_back(std::move(effect));
    columns.push_back(std::move(column));
  };
  const std::size_t factors = points.front().size();
  for (std::size_t k = 0; k < factors; ++k) add({k});
  for (std::size_t k = 0; interactions && k < factors; ++k) {
    for (std::size_t other = k + 1; other < factors; ++other) add({k, other});
  }
  return all;
}

std::vector<Effect> differences_to_first(const Matrix& points, const Responses& responses) {
  std::vector<Effect> all;
  for (std::size_t i = 1; i < points.size(); ++i) {
    Effect effect;
    effect.factors = {i - 1};
    std::vector<double> values;
    values.reserve(responses.size());
    for (const auto& response : responses) values.push_back(response[i] - response[0]);
    if (values.empty()) return {};
    fill(effect, std::move(values));
    all.push_back(std::move(effect));
  }
  return all;
}

std::vector<Elementary> elementary_effects(const Matrix& points,
                                           const std::vector<double>& response) {
  const std::size_t factors = points.empty() ? 0 : points.front().size();
  std::vector<std::vector<double>> found(factors);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    if ((i + 1) % (factors + 1) == 0) continue;  // from one trajectory to the next
    for (std::size_t k = 0; k < factors; ++k) {
      const double moved = points[i + 1][k] - points[i][k];
      if (moved != 0) found[k].push_back((response[i + 1] - response[i]) / moved);
    }
  }
  std::vector<Elementary> result;
  for (const auto& values : found) {
    PORTFLOW_ASSERT(!values.empty(), "a factor that no trajectory moved");
    std::vector<double> sizes;
    sizes.reserve(values.size());
    for (const double value : values) sizes.push_back(std::abs(value));
    result.push_back({analysis::mean_of(values), analysis::mean_of(sizes),
                      analysis::deviation_of(values), analysis::mean_interval(sizes)});
  }
  return result;
}

}  // namespace portflow::design
