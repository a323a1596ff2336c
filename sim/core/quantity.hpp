/// \file quantity.hpp
/// Integers with a unit: sums that cross processes do not depend on order, and different
/// units do not add.
#pragma once

#include <compare>
#include <cstdint>

namespace portflow {

/// A whole number of the unit `Tag`.
template <class Tag>
struct Quantity {
  std::int64_t count{0};

  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  constexpr Quantity& operator+=(Quantity other) {
    count += other.count;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    count -= other.count;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.count + b.count}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.count - b.count}; }
  friend constexpr Quantity operator*(Quantity a, std::int64_t k) { return {a.count * k}; }
};

/// Money: hundredths of a Chinese yuan.
using Fen = Quantity<struct FenTag>;
/// Container volume: quarters of a TEU, so that a 45-foot box (2.25 TEU) is exact.
using QuarterTeu = Quantity<struct QuarterTeuTag>;

}  // namespace portflow
