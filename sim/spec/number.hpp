/// \file number.hpp
/// What a number field takes: its dimension, its bounds, and so the units its text may carry.
///
/// A number is read from its text, never by the YAML library: digits, perhaps a fraction and
/// an exponent, perhaps a unit (`45 min`, `85 %`, `1.2e3 CNY`). A field that measures
/// something refuses a bare number, so that nobody has to guess.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/time.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

/// Dimension and bounds (in base units, both inclusive unless said) of a number field.
struct Number {
  Dimension dimension{Dimension::plain};
  double least{0}, most{0};
  bool above{false};           ///< `least` itself is refused
  bool months{false};          ///< `month` (30.4375 d) and `year` (365.25 d) are allowed
  std::string_view assumed{};  ///< unit of a number that names none, where a sibling field says it

  /// This field, with zero refused.
  [[nodiscard]] constexpr Number positive() const {
    Number result = *this;
    result.least = 0;
    result.above = true;
    return result;
  }
};

inline constexpr Duration century{Days{36525}};

[[nodiscard]] constexpr Number plain(double least, double most) {
  return {Dimension::plain, least, most};
}
[[nodiscard]] constexpr Number count(double least, double most) {
  return {Dimension::count, least, most};
}
/// A share; `most` above 1 lets a number exceed the whole.
[[nodiscard]] constexpr Number share(double least = 0, double most = 1) {
  return {Dimension::share, least, most};
}
[[nodiscard]] constexpr Number duration(Duration least = Duration::zero(),
                                        Duration most = century) {
  return {Dimension::time, static_cast<double>(least.count()), static_cast<double>(most.count())};
}
/// Working days: what passes on the opening days of a calendar.
[[nodiscard]] constexpr Number working_days() {
  return {Dimension::working_time, 0, static_cast<double>(century.count())};
}
[[nodiscard]] constexpr Number quantity(Dimension dimension, double least, double most) {
  return {dimension, least, most};
}

/// Reads `text` in the base unit of `number`.
/// \returns the value, or a sentence: no number, no unit, a wrong unit, or out of range.
[[nodiscard]] tl::expected<double, std::string> read_number(std::string_view text,
                                                            const Number& number);

/// `text` split into number and unit, without judging the unit; empty when it is no number.
struct Split {
  double value{0};
  std::string_view digits, unit;
};
[[nodiscard]] std::optional<Split> split_number(std::string_view text);

/// The units that a field takes, as written.
[[nodiscard]] std::vector<std::string> units_of(const Number& number);

/// `value` in base units as a person would write it: `15 min`, `85 %`, `1200 CNY`.
[[nodiscard]] std::string to_text(double value, const Number& number);

}  // namespace portflow::spec
