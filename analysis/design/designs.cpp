#include "analysis/design/designs.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <numeric>

#include "core/assert.hpp"
#include "core/hash.hpp"
#include "core/random.hpp"

namespace portflow::design {
namespace {

/// A permutation of 0..count-1 by keyed draws.
std::vector<std::size_t> shuffled(std::size_t count, const Draws& draws, std::uint64_t who) {
  std::vector<double> keys(count);
  for (std::size_t i = 0; i < count; ++i) {
    keys[i] = draws.quantile(who, Point{hash_of("shuffle")}, static_cast<std::uint32_t>(i));
  }
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return keys[i]; });
  return order;
}

}  // namespace

Matrix full(std::span<const std::size_t> levels) {
  Matrix points{{}};
  for (const std::size_t count : levels) {
    PORTFLOW_ASSERT(count > 0, "a factor without levels");
    Matrix longer;
    for (const auto& point : points) {
      for (std::size_t i = 0; i < count; ++i) {
        longer.push_back(point);
        longer.back().push_back(
            count == 1 ? 0 : static_cast<double>(i) / static_cast<double>(count - 1));
      }
    }
    points = std::move(longer);
  }
  return points;
}

Matrix latin_hypercube(std::size_t factors, std::size_t points, std::uint64_t seed) {
  const Draws draws(seed, 0);
  Matrix result(points, std::vector<double>(factors));
  for (std::size_t k = 0; k < factors; ++k) {
    const auto order = shuffled(points, draws, chain(hash_of("latin"), k));
    for (std::size_t i = 0; i < points; ++i) {
      const double within = draws.quantile(chain(hash_of("within"), k), Point{hash_of("latin")},
                                           static_cast<std::uint32_t>(i));
      result[i][k] = (static_cast<double>(order[i]) + within) / static_cast<double>(points);
    }
  }
  return result;
}

Matrix saltelli(std::size_t factors, std::size_t base, std::uint64_t seed) {
  const Draws draws(seed, 0);
  const std::size_t dimensions = 2 * factors;
  boost::random::sobol engine(dimensions);
  std::vector<double> shift(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    shift[d] = draws.quantile(d, Point{hash_of("saltelli")});
  }
  Matrix both(base, std::vector<double>(dimensions));
  for (auto& row : both) {
    for (std::size_t d = 0; d < dimensions; ++d) {
      const double u = std::ldexp(static_cast<double>(engine()), -64) + shift[d];
      row[d] = u < 1 ? u : u - 1;
    }
  }
  Matrix points;
  const auto half = [&](const std::vector<double>& row, std::size_t from) {
    const auto begin = row.begin() + static_cast<std::ptrdiff_t>(from);
    return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(factors));
  };
  for (const auto& row : both) points.push_back(half(row, 0));
  for (const auto& row : both) points.push_back(half(row, factors));
  for (std::size_t k = 0; k < factors; ++k) {
    for (const auto& row : both) {
      points.push_back(half(row, 0));
      points.back()[k] = row[factors + k];
    }
  }
  return points;
}

Matrix morris(std::size_t factors, std::size_t trajectories, std::size_t levels,
              std::uint64_t seed) {
  PORTFLOW_ASSERT(levels >= 2 && levels % 2 == 0, "Morris asks for an even number of levels");
  const Draws draws(seed, 0);
  const double grid = 1 / static_cast<double>(levels - 1);
  const double step = static_cast<double>(levels / 2) * grid;
  Matrix points;
  for (std::size_t t = 0; t < trajectories; ++t) {
    const std::uint64_t who = chain(hash_of("morris"), t);
    std::vector<double> at(factors);
    for (std::size_t k = 0; k < factors; ++k) {
      const double u = draws.quantile(who, Point{hash_of("start")}, static_cast<std::uint32_t>(k));
      at[k] = std::floor(u * static_cast<double>(levels)) * grid;
    }
    points.push_back(at);
    for (const std::size_t k : shuffled(factors, draws, who)) {
      // From the lower half up, from the upper half down: always inside the range.
      at[k] += at[k] < 0.5 ? step : -step;
      at[k] = std::clamp(at[k], 0.0, 1.0);
      points.push_back(at);
    }
  }
  return points;
}

Matrix one_at_a_time(std::size_t factors) {
  Matrix points(factors + 1, std::vector<double>(factors, 0));
  for (std::size_t k = 0; k < factors; ++k) points[k + 1][k] = 1;
  return points;
}

}  // namespace portflow::design
