#include "analysis/significance.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "analysis/interval.hpp"

namespace portflow::analysis {

Signs signs_of(std::span<const double> differences) {
  Signs signs;
  for (const double one : differences) {
    if (one < 0) ++signs.below;
    if (one > 0) ++signs.above;
    if (one == 0) ++signs.ties;
  }
  return signs;
}

std::optional<double> t_test(std::span<const double> differences) {
  const double deviation = deviation_of(differences);
  if (differences.size() < 2 || !(deviation > 0)) return std::nullopt;
  const auto n = static_cast<double>(differences.size());
  const double t = std::abs(mean_of(differences)) / (deviation / std::sqrt(n));
  return 2 * cdf(complement(boost::math::students_t(n - 1), t));
}

double sign_test(const Signs& signs) {
  const auto n = static_cast<double>(signs.below + signs.above);
  if (n == 0) return 1;
  const auto fewer = static_cast<double>(std::min(signs.below, signs.above));
  return std::min(1.0, 2 * cdf(boost::math::binomial(n, 0.5), fewer));
}

std::optional<std::uint64_t> more_pairs(const Signs& signs) {
  const std::uint64_t have = signs.below + signs.above;
  if (have == 0 || signs.below == signs.above) return std::nullopt;
  if (sign_test(signs) < tolerated_error) return 0;
  const double share =
      static_cast<double>(std::min(signs.below, signs.above)) / static_cast<double>(have);
  constexpr std::uint64_t limit = 100'000;
  for (std::uint64_t n = have + 1; n <= limit; ++n) {
    const auto fewer = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(n)));
    if (sign_test({fewer, n - fewer, 0}) < tolerated_error) return n - have;
  }
  return std::nullopt;
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double greatest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto left = static_cast<double>(p.size() - rank);
    greatest = std::max(greatest, std::min(1.0, left * p[order[rank]]));
    adjusted[order[rank]] = greatest;
  }
  return adjusted;
}

}  // namespace portflow::analysis
