/// \file quantity.hpp
/// Integers with a unit: their sums do not depend on the order of the terms, and different
/// units do not add.
#pragma once

#include <compare>
#include <cstdint>

#include "core/unit.hpp"

namespace portflow {

/// A whole number of the unit `Tag`. Only whole numbers multiply it: the square of an amount is
/// no amount.
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
  /// How many of `b` make `a`.
  friend constexpr double operator/(Quantity a, Quantity b) {
    return static_cast<double>(a.count) / static_cast<double>(b.count);
  }
};

/// Money: hundredths of a Chinese yuan.
using Fen = Quantity<struct FenTag>;
/// Container volume: quarters of a TEU, so that a 45-foot box (2.25 TEU) is exact.
using QuarterTeu = Quantity<struct QuarterTeuTag>;
/// What a line of a ledger books, in the smallest part of its item's unit: hundredths of a yuan,
/// milliseconds, or milliardths of an event. Only lines of one item, or of items of one unit, add.
using LedgerParts = Quantity<struct LedgerTag>;

inline constexpr QuarterTeu one_teu{4};

/// The whole number nearest to `value`, halves away from zero.
[[nodiscard]] constexpr std::int64_t nearest_whole(double value) {
  return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}
/// `fen` to the nearest whole one.
[[nodiscard]] constexpr Fen whole_fen(double fen) {
  return {nearest_whole(fen)};
}
/// `teu` to the nearest quarter.
[[nodiscard]] constexpr QuarterTeu whole_quarters(double teu) {
  return {nearest_whole(teu * 4)};
}
[[nodiscard]] constexpr double in_teu(QuarterTeu volume) {
  return static_cast<double>(volume.count) / 4;
}

/// Parts of a ledger in one base unit of `dimension`; an event that is expected is a plain number.
[[nodiscard]] constexpr double ledger_parts(Dimension dimension) {
  return dimension == Dimension::money || dimension == Dimension::time ? 1 : 1e9;
}
/// `value` of `dimension`, in its base unit, to the nearest whole part.
[[nodiscard]] constexpr LedgerParts in_ledger(Dimension dimension, double value) {
  return {nearest_whole(value * ledger_parts(dimension))};
}

/// What an entity that draws `value` of `dimension` (in its base unit) carries: money in whole
/// fen and volume in whole quarters, anything else as drawn.
[[nodiscard]] constexpr double carried(Dimension dimension, double value) {
  if (dimension == Dimension::money) return static_cast<double>(whole_fen(value).count);
  if (dimension == Dimension::volume) return in_teu(whole_quarters(value));
  return value;
}

}  // namespace portflow
