#include "analysis/design/sobol_indices.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"
#include "core/hash.hpp"
#include "core/random.hpp"

namespace portflow::design {
namespace {

constexpr std::size_t resamples = 1000;

/// Responses at A, B and A with one column of B; those at A and B centred together, so that
/// products do not drown in the mean.
class Table {
 public:
  Table(std::size_t factors, std::size_t base, const std::vector<double>& response)
      : base_(base), values_(response) {
    PORTFLOW_ASSERT(response.size() == base * (factors + 2), "not the points of a Saltelli design");
    double mean = 0;
    for (std::size_t i = 0; i < 2 * base; ++i) mean += response[i];
    mean /= static_cast<double>(2 * base);
    for (double& value : values_) value -= mean;
  }

  /// First and total index of factor `k` over the rows given.
  [[nodiscard]] std::pair<double, double> indices(std::size_t k,
                                                  const std::vector<std::size_t>& rows) const {
    const double variance = this->variance(rows);
    if (!(variance > 0)) return {0, 0};
    double first = 0, total = 0;
    for (const std::size_t i : rows) {
      const double a = values_[i], b = values_[base_ + i], mixed = values_[(2 + k) * base_ + i];
      first += b * (mixed - a);
      total += (a - mixed) * (a - mixed) / 2;
    }
    const auto n = static_cast<double>(rows.size());
    return {first / n / variance, total / n / variance};
  }

  [[nodiscard]] double variance(const std::vector<std::size_t>& rows) const {
    double sum = 0, squares = 0;
    for (const std::size_t i : rows) {
      for (const double value : {values_[i], values_[base_ + i]}) {
        sum += value;
        squares += value * value;
      }
    }
    const auto n = static_cast<double>(2 * rows.size());
    return std::max(0.0, squares / n - sum / n * (sum / n));
  }

 private:
  std::size_t base_;
  std::vector<double> values_;
};

analysis::Interval percentiles(std::vector<double>& values) {
  std::ranges::sort(values);
  const auto at = [&](double p) {
    return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return {at(0.025), at(0.975)};
}

}  // namespace

SobolIndices sobol_indices(std::size_t factors, std::size_t base,
                           const std::vector<double>& response, std::uint64_t seed) {
  const Table table(factors, base, response);
  std::vector<std::size_t> rows(base);
  for (std::size_t i = 0; i < base; ++i) rows[i] = i;
  SobolIndices result;
  result.variance = table.variance(rows);
  std::vector<std::vector<double>> firsts(factors), totals(factors);
  const Draws draws(seed, 0);
  std::vector<std::size_t> drawn(base);
  for (std::size_t sample = 0; sample < resamples; ++sample) {
    for (std::size_t i = 0; i < base; ++i) {
      const double u =
          draws.quantile(sample, Point{hash_of("bootstrap")}, static_cast<std::uint32_t>(i));
      drawn[i] = std::min(base - 1, static_cast<std::size_t>(u * static_cast<double>(base)));
    }
    for (std::size_t k = 0; k < factors; ++k) {
      const auto [first, total] = table.indices(k, drawn);
      firsts[k].push_back(first);
      totals[k].push_back(total);
    }
  }
  for (std::size_t k = 0; k < factors; ++k) {
    const auto [first, total] = table.indices(k, rows);
    result.factors.push_back({first, total, percentiles(firsts[k]), percentiles(totals[k])});
    for (const analysis::Interval& one :
         {result.factors[k].first_ci95, result.factors[k].total_ci95}) {
      result.widest = std::max(result.widest, (one.high - one.low) / 2);
    }
  }
  result.enough = result.widest <= wide_enough;
  return result;
}

}  // namespace portflow::design
