#include "procedure/row.hpp"

#include <algorithm>

namespace portflow::procedure {
namespace {

/// Metres that are sums of others may be off by as much.
constexpr double hardly = 1e-9;

}  // namespace

Row::Place Row::place_of(double units) const noexcept {
  double free_from = 0;
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    if (std::min(taken_[i].begin, end_) - free_from + hardly >= units) return {true, i, free_from};
    free_from = taken_[i].begin + taken_[i].units;
  }
  return {end_ - free_from + hardly >= units, taken_.size(), free_from};
}

double Row::take(double units, flow::EntityId who) {
  const Place place = place_of(units);
  taken_.insert(taken_.begin() + static_cast<std::ptrdiff_t>(place.before),
                {place.begin, units, who});
  return place.begin;
}

void Row::give(double units, flow::EntityId who) noexcept {
  for (std::size_t i = taken_.size(); i > 0 && units > hardly; --i) {
    Stretch& stretch = taken_[i - 1];
    if (stretch.who != who) continue;
    const double given = std::min(units, stretch.units);
    units -= given;
    stretch.units -= given;
    if (stretch.units <= hardly) taken_.erase(taken_.begin() + static_cast<std::ptrdiff_t>(i - 1));
  }
}

}  // namespace portflow::procedure
