#include "core/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/assert.hpp"
#include "core/math.hpp"

namespace portflow {
namespace {

/// Weights as cumulative shares that end in exactly 1; no weights at all means equal ones.
std::vector<double> cumulative(std::vector<double> weights, std::size_t count) {
  if (weights.empty()) weights.assign(count, 1.0);
  PORTFLOW_ASSERT(count > 0 && weights.size() == count,
                  fmt::format("{} values with {} weights", count, weights.size()));
  for (const double weight : weights) {
    PORTFLOW_ASSERT(weight >= 0 && std::isfinite(weight), fmt::format("weight {}", weight));
  }
  std::partial_sum(weights.begin(), weights.end(), weights.begin());
  const double total = weights.back();
  PORTFLOW_ASSERT(total > 0, "weights that sum to 0");
  for (double& share : weights) share = share == total ? 1.0 : share / total;
  return weights;
}

/// Index of the choice that quantile u falls into.
std::size_t choice(const std::vector<double>& shares, double u) noexcept {
  const auto found = std::ranges::upper_bound(shares, u);
  return std::min(static_cast<std::size_t>(found - shares.begin()), shares.size() - 1);
}

/// Share before choice `i`.
double share_before(const std::vector<double>& shares, std::size_t i) noexcept {
  return i == 0 ? 0.0 : shares[i - 1];
}

double triangular_at(double from, double mode, double to, double u) noexcept {
  const double width = to - from;
  if (width == 0) return from;
  if (u * width < mode - from) return from + std::sqrt(u * width * (mode - from));
  return to - std::sqrt((1 - u) * width * (to - mode));
}

}  // namespace

Distribution Distribution::constant(double value) {
  PORTFLOW_ASSERT(std::isfinite(value), fmt::format("constant {}", value));
  Distribution result;
  result.a_ = value;
  return result;
}

Distribution Distribution::uniform(double from, double to) {
  PORTFLOW_ASSERT(from <= to, fmt::format("uniform from {} to {}", from, to));
  Distribution result;
  result.family_ = Family::uniform;
  result.a_ = from;
  result.b_ = to;
  return result;
}

Distribution Distribution::triangular(double from, double mode, double to) {
  PORTFLOW_ASSERT(from <= mode && mode <= to,
                  fmt::format("triangular from {} over {} to {}", from, mode, to));
  Distribution result;
  result.family_ = Family::triangular;
  result.a_ = from;
  result.b_ = mode;
  result.c_ = to;
  return result;
}

Distribution Distribution::exponential(double mean) {
  PORTFLOW_ASSERT(mean >= 0 && std::isfinite(mean), fmt::format("exponential of mean {}", mean));
  Distribution result;
  result.family_ = Family::exponential;
  result.a_ = mean;
  return result;
}

Distribution Distribution::lognormal(double mean, double cv) {
  PORTFLOW_ASSERT(mean >= 0 && cv >= 0, fmt::format("lognormal of mean {} and cv {}", mean, cv));
  Distribution result;
  result.family_ = Family::lognormal;
  result.a_ = mean;
  result.b_ = cv;
  result.c_ = std::sqrt(log_of(1 + cv * cv));  // standard deviation of the logarithm
  return result;
}

Distribution Distribution::gamma(double mean, double shape) {
  PORTFLOW_ASSERT(mean >= 0 && shape > 0,
                  fmt::format("gamma of mean {} and shape {}", mean, shape));
  Distribution result;
  result.family_ = Family::gamma;
  result.a_ = mean;
  result.b_ = shape;
  return result;
}

Distribution Distribution::geometric(double mean) {
  PORTFLOW_ASSERT(mean >= 1, fmt::format("geometric of mean {}", mean));
  Distribution result;
  result.family_ = Family::geometric;
  result.a_ = mean;
  if (mean > 1) result.c_ = log_of((mean - 1) / mean);  // of the chance to go on
  return result;
}

Distribution Distribution::empirical(std::vector<double> values, std::vector<double> weights) {
  if (weights.empty()) weights.assign(values.size(), 1.0);
  PORTFLOW_ASSERT(weights.size() == values.size(),
                  fmt::format("{} values with {} weights", values.size(), weights.size()));
  // In ascending order, so that a greater quantile never gives a lesser value.
  std::vector<std::pair<double, double>> points;
  points.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) points.emplace_back(values[i], weights[i]);
  std::ranges::sort(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    values[i] = points[i].first;
    weights[i] = points[i].second;
  }
  Distribution result;
  result.family_ = Family::empirical;
  result.weights_ = cumulative(std::move(weights), values.size());
  result.points_ = std::move(values);
  return result;
}

Distribution Distribution::mixture(std::vector<Distribution> parts, std::vector<double> weights) {
  Distribution result;
  result.family_ = Family::mixture;
  result.weights_ = cumulative(std::move(weights), parts.size());
  result.parts_ = std::move(parts);
  return result;
}

double Distribution::at(double u) const noexcept {
  if (family_ == Family::exponential) return -a_ * log_of(1 - u) * times_ + plus_;
  double value = 0;
  switch (family_) {
    case Family::constant:
      value = a_;
      break;
    case Family::uniform:
      value = a_ + (b_ - a_) * u;
      break;
    case Family::triangular:
      value = triangular_at(a_, b_, c_, u);
      break;
    case Family::exponential:
      break;  // the commonest, above
    case Family::lognormal:
      value = a_ / std::sqrt(1 + b_ * b_) * exp_of(c_ * inverse_normal(u));
      break;
    case Family::gamma:
      value = b_ == 1 ? -a_ * log_of(1 - u) : a_ / b_ * inverse_gamma(b_, u);
      break;
    case Family::geometric:
      value = a_ == 1 ? 1 : std::max(1.0, std::ceil(log_of(1 - u) / c_));
      break;
    case Family::empirical:
      value = points_[choice(weights_, u)];
      break;
    case Family::mixture: {
      const auto i = choice(weights_, u);
      const double before = share_before(weights_, i);
      const double within = (u - before) / (weights_[i] - before);
      // Rounding may reach an end of the part, where inversion is not defined.
      value = parts_[i].at(std::clamp(within, 0x1p-53, 1 - 0x1p-53));
      break;
    }
  }
  return value * times_ + plus_;
}

double Distribution::mean() const noexcept {
  double value = a_;
  switch (family_) {
    case Family::uniform:
      value = a_ + (b_ - a_) / 2;
      break;
    case Family::triangular:
      value = (a_ + b_ + c_) / 3;
      break;
    case Family::empirical:
    case Family::mixture:
      value = 0;
      for (std::size_t i = 0; i < weights_.size(); ++i) {
        const double share = weights_[i] - share_before(weights_, i);
        value += share * (family_ == Family::empirical ? points_[i] : parts_[i].mean());
      }
      break;
    case Family::constant:
    case Family::exponential:
    case Family::lognormal:
    case Family::gamma:
    case Family::geometric:
      break;
  }
  return value * times_ + plus_;
}

double Distribution::least() const noexcept {
  double value = 0;
  switch (family_) {
    case Family::constant:
    case Family::uniform:
    case Family::triangular:
      value = a_;
      break;
    case Family::lognormal:
      value = b_ == 0 ? a_ : 0;
      break;
    case Family::geometric:
      value = 1;
      break;
    case Family::empirical:
      value = points_[choice(weights_, 0)];
      break;
    case Family::mixture:
      value = std::numeric_limits<double>::infinity();
      for (std::size_t i = 0; i < weights_.size(); ++i) {
        if (weights_[i] > share_before(weights_, i)) value = std::min(value, parts_[i].least());
      }
      break;
    case Family::exponential:
    case Family::gamma:
      break;
  }
  return value * times_ + plus_;
}

Distribution Distribution::scaled(double factor, double shift) const {
  // A negative factor would turn the greatest value into the least, and luck upside down.
  PORTFLOW_ASSERT(factor >= 0 && std::isfinite(factor), fmt::format("factor {}", factor));
  Distribution result = *this;
  result.times_ *= factor;
  result.plus_ = result.plus_ * factor + shift;
  return result;
}

}  // namespace portflow
