/// \file value.hpp
/// Numbers of a scenario: with a unit, perhaps by attribute, perhaps ramping over time.
///
/// All are held as doubles in the base unit of their dimension: milliseconds, fen, TEU, tonnes,
/// metres, metres per hour, fen per metre, fen per hour, shares of 1, plain counts. Only sums
/// that cross processes (ledgers, KPIs) turn TEU into whole QuarterTeu and money into whole Fen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/condition.hpp"
#include "core/distribution.hpp"
#include "core/time.hpp"
#include "core/unit.hpp"

namespace portflow::spec {

/// A change of a number over time: `from` until `start`, then linearly to `to` over `over`.
struct Ramp {
  double from{0}, to{0};
  std::optional<SimTime> start;  ///< default: start of the measure, or of the horizon
  Duration over{};
  friend bool operator==(const Ramp&, const Ramp&) = default;
};

/// One line of `{by: attribute, case: value, ...}`. Not a pair: a pair asks what `T` can be built
/// from, and clang 19 keeps the answer it gives while `T`, which holds its own cases, is half read.
template <class T>
struct ByCase {
  std::string when;
  T then;
  friend bool operator==(const ByCase&, const ByCase&) = default;
};

/// A number, in one of five forms, the first two perhaps by a parameter that steps adjust: `12`,
/// `{ramp: {...}}`, `{by: credit, aeo: 1, ordinary: 2}` (each case again a number or a ramp), `{if:
/// dg, then: 3, else: 1}` (each side again any form) or the name of a number attribute (`teu`).
struct Amount {
  double value{0};
  std::optional<Ramp> ramp{};
  std::string learns{};                 ///< times what this parameter has learned
  std::string attribute{};              ///< read this attribute of the entity instead
  std::string by{};                     ///< choose by this attribute (or `lot.credit`) ...
  std::vector<ByCase<Amount>> cases{};  ///< ... among these
  Condition when{};                     ///< or by this condition ...
  std::vector<Amount> sides{};          ///< ... the first where it holds, else the second

  [[nodiscard]] bool plain() const noexcept {
    return !ramp && learns.empty() && attribute.empty() && by.empty() && sides.empty();
  }
  /// \pre no attribute, no cases, no condition.
  [[nodiscard]] double at(SimTime now) const noexcept;
  friend bool operator==(const Amount&, const Amount&) = default;
};

/// `when: dg`, `when: {chance: 4 %, if: dg, draw: name}`, `when: false`.
struct When {
  Condition condition;
  std::optional<Amount> chance;
  std::string draw;  ///< steps with equal draw share one draw; default: procedure.step
  bool impossible{false};
  friend bool operator==(const When&, const When&) = default;
};

/// A distribution, one by attribute, `{by: type, mainline: {...}, feeder: {...}}`, or one by
/// condition, `{if: fresh, then: {...}, else: {...}}`.
struct Takes {
  Distribution distribution{};
  std::string by{};
  std::vector<ByCase<Takes>> cases{};
  Condition when{};
  std::vector<Takes> sides{};
  friend bool operator==(const Takes&, const Takes&) = default;
};

/// A text in both languages; where only one was written, both are the same.
struct Label {
  std::string zh, en;
  friend bool operator==(const Label&, const Label&) = default;
};

}  // namespace portflow::spec
