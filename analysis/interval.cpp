#include "analysis/interval.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "core/assert.hpp"

namespace portflow::analysis {

double student_t(double p, double freedom) {
  return boost::math::quantile(boost::math::students_t(freedom), p);
}

double mean_of(std::span<const double> values) {
  PORTFLOW_ASSERT(!values.empty(), "mean of nothing");
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::optional<Interval> mean_interval(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  const double half = student_t(0.975, n - 1) * deviation_of(values) / std::sqrt(n);
  return Interval{mean - half, mean + half};
}

std::optional<double> half_width(const Interval& interval, double reference) {
  if (reference == 0) return std::nullopt;
  return (interval.high - interval.low) / 2 / std::abs(reference);
}

std::uint64_t replications_for(double deviation, double half, std::uint64_t most) {
  PORTFLOW_ASSERT(half > 0, "an interval of no width");
  const auto enough = [&](std::uint64_t n) {
    const auto count = static_cast<double>(n);
    return student_t(0.975, count - 1) * deviation / std::sqrt(count) <= half;
  };
  std::uint64_t low = 1, high = 2;
  while (high < most && !enough(high)) {
    low = high;
    high *= 2;
  }
  high = std::min(high, most);
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

Interval share_bound(double share, std::uint64_t count) {
  PORTFLOW_ASSERT(count > 0 && (share == 0 || share == 1), "only for shares never seen to vary");
  const double bound =
      boost::math::binomial::find_upper_bound_on_p(static_cast<double>(count), 0, 0.05);
  return share == 0 ? Interval{0, bound} : Interval{1 - bound, 1};
}

std::optional<double> correlation(std::span<const double> a, std::span<const double> b) {
  PORTFLOW_ASSERT(a.size() == b.size(), "pairs need two sides");
  const double spread = deviation_of(a) * deviation_of(b);
  if (a.size() < 2 || spread <= 0) return std::nullopt;
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double products = 0;
  for (std::size_t i = 0; i < a.size(); ++i) products += (a[i] - mean_a) * (b[i] - mean_b);
  const double r = products / static_cast<double>(a.size() - 1) / spread;
  return std::min(1.0, std::max(-1.0, r));
}

std::optional<std::uint64_t> more_replications(std::span<const double> differences) {
  if (differences.size() < 2) return std::nullopt;
  const double mean = std::abs(mean_of(differences));
  const double deviation = deviation_of(differences);
  if (deviation <= 0) return 0;
  const auto decided = [&](std::uint64_t n) {
    const auto count = static_cast<double>(n);
    return student_t(0.975, count - 1) * deviation / std::sqrt(count) < mean;
  };
  const std::uint64_t have = differences.size();
  if (decided(have)) return 0;
  constexpr std::uint64_t limit = 10'000'000;
  std::uint64_t low = have, high = have * 2;
  while (!decided(high)) {
    low = high;
    high *= 2;
    if (high > limit) return std::nullopt;
  }
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (decided(middle) ? high : low) = middle;
  }
  return high - have;
}

}  // namespace portflow::analysis
