/// \file waits.hpp
/// How long waits at a resource lasted, as a histogram of fixed memory.
///
/// Bins grow by 3 % from a second to a hundred days, so any quantile is right to 3 %.
#pragma once

#include <array>
#include <cstdint>

#include "core/time.hpp"

namespace portflow::viz {

class Waits {
 public:
  void add(Duration wait);
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// [min]; 0 where nobody waited. \pre 0 < share <= 1
  [[nodiscard]] double quantile(double share) const;
  /// Of all waits, those in [from, to) [min], as a share.
  [[nodiscard]] double share_between(double from, double to) const;

 private:
  static constexpr std::size_t bins = 560;
  std::array<std::uint32_t, bins> counts_{};  // the first: less than a second
  std::uint64_t count_{0};
};

}  // namespace portflow::viz
