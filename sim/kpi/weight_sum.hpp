/// \file weight_sum.hpp
/// The sum of what entities weigh: money in whole fen and volume in quarters of a TEU, so that
/// it is the same in any order and over any split of the entities.
#pragma once

#include "core/quantity.hpp"

namespace portflow::kpi {

class WeightSum {
 public:
  /// \param dimension  of the weights, which are in its base unit
  explicit WeightSum(Dimension dimension) noexcept : dimension_{dimension} {}

  void add(double weight) noexcept {
    if (dimension_ == Dimension::money) {
      money_ += whole_fen(weight);
    } else if (dimension_ == Dimension::volume) {
      volume_ += whole_quarters(weight);
    } else {
      other_ += weight;
    }
  }

  /// In the base unit.
  [[nodiscard]] double value() const noexcept {
    if (dimension_ == Dimension::money) return static_cast<double>(money_.count);
    if (dimension_ == Dimension::volume) return in_teu(volume_);
    return other_;
  }

 private:
  Dimension dimension_;
  Fen money_;
  QuarterTeu volume_;
  double other_{0};
};

}  // namespace portflow::kpi
