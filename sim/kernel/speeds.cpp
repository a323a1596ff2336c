#include "kernel/speeds.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace portflow::kernel {
namespace {

constexpr Pace::Wall enough{0.002};

double speed(const Effort& effort) {
  return static_cast<double>(effort.events) / effort.wall.count();
}

}  // namespace

void Speeds::learn(std::span<const Effort> efforts) {
  const bool tells = std::ranges::all_of(
      efforts, [](const Effort& effort) { return effort.events > 0 && effort.wall >= enough; });
  if (!tells) return;
  const double mean =
      std::transform_reduce(efforts.begin(), efforts.end(), 0.0, std::plus{}, speed) /
      static_cast<double>(efforts.size());
  std::transform(
      efforts.begin(), efforts.end(), speeds_.begin(), speeds_.begin(),
      [&](const Effort& effort, double before) { return (before + speed(effort) / mean) / 2; });
}

}  // namespace portflow::kernel
