#include "analysis/apportion.hpp"

#include <algorithm>
#include <numeric>

namespace portflow::analysis {
namespace {

std::int64_t floor_of(std::int64_t value, std::int64_t unit) {
  return value / unit - (value % unit < 0 ? 1 : 0);
}

}  // namespace

std::vector<std::int64_t> apportioned(std::span<const std::int64_t> parts, std::int64_t unit,
                                      std::optional<std::int64_t> total) {
  std::vector<std::int64_t> whole;
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const std::int64_t part : parts) whole.push_back(floor_of(part, unit));
  const std::int64_t sum = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
  auto missing = total.value_or(floor_of(sum + unit / 2, unit)) -
                 std::accumulate(whole.begin(), whole.end(), std::int64_t{0});
  std::ranges::stable_sort(order, std::greater{},
                           [&](std::size_t i) { return parts[i] - whole[i] * unit; });
  // Less than one unit a part is missing, unless `total` asks for another.
  while (missing > 0) {
    for (const std::size_t i : order) {
      if (missing == 0) break;
      ++whole[i], --missing;
    }
  }
  while (missing < 0) {
    for (auto i = order.rbegin(); i != order.rend() && missing < 0; ++i) {
      --whole[*i], ++missing;
    }
  }
  return whole;
}

}  // namespace portflow::analysis
