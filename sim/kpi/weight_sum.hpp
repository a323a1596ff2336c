/// \file weight_sum.hpp
/// The sum of what entities weigh, the same in any order and over any split of the entities: money
/// in whole fen, volume in quarters of a TEU, anything else in 2^-32 of its unit.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "core/quantity.hpp"

namespace portflow::kpi {

class WeightSum {
 public:
  /// \param dimension  of the weights, which are in its base unit
  explicit WeightSum(Dimension dimension) noexcept : dimension_{dimension} {}

  void add(double weight) noexcept {
    if (!(std::abs(weight) < most)) {  // only a damaged record holds such
      lost_ = true;
    } else if (dimension_ == Dimension::money) {
      money_ += whole_fen(weight);
    } else if (dimension_ == Dimension::volume) {
      volume_ += whole_quarters(weight);
    } else {
      const double whole = std::floor(weight);
      whole_ += static_cast<std::int64_t>(whole);
      parts_ += nearest_whole((weight - whole) * parts_of_one);
    }
  }

  /// In the base unit; not a number where a weight was none.
  [[nodiscard]] double value() const noexcept {
    if (lost_) return std::numeric_limits<double>::quiet_NaN();
    if (dimension_ == Dimension::money) return static_cast<double>(money_.count);
    if (dimension_ == Dimension::volume) return in_teu(volume_);
    return static_cast<double>(whole_) + static_cast<double>(parts_) / parts_of_one;
  }

 private:
  static constexpr double most = 1e16;
  static constexpr double parts_of_one = 4294967296.0;

  Dimension dimension_;
  bool lost_{false};
  Fen money_;
  QuarterTeu volume_;
  std::int64_t whole_{0};
  std::int64_t parts_{0};  ///< holds those of two milliard entities
};

}  // namespace portflow::kpi
