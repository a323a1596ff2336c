#include "viz/waits.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::viz {
namespace {

const double growth = std::log(1.03);

/// Lower end of a bin [min].
double edge(std::size_t bin) {
  return bin == 0 ? 0 : std::exp(static_cast<double>(bin - 1) * growth) / 60;
}

}  // namespace

void Waits::add(Duration wait) {
  const double seconds = static_cast<double>(wait.count()) / 1000;
  const double bin = seconds < 1 ? 0 : 1 + std::floor(std::log(seconds) / growth);
  ++counts_[std::min(static_cast<std::size_t>(bin), bins - 1)];
  ++count_;
}

double Waits::quantile(double share) const {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    seen += counts_[i];
    if (seen >= rank && seen > 0) return i == 0 ? 0 : (edge(i) + edge(i + 1)) / 2;
  }
  return 0;
}

double Waits::share_between(double from, double to) const {
  if (count_ == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    if (counts_[i] == 0) continue;
    const double low = edge(i);
    const double high = edge(i + 1);
    // What lies across an end of the range counts by how much of it lies inside.
    const double inside = std::min(high, to) - std::max(low, from);
    if (inside > 0) sum += counts_[i] * std::min(1.0, inside / (high - low));
  }
  return sum / static_cast<double>(count_);
}

}  // namespace portflow::viz
