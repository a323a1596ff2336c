/// \file meaning.hpp
/// What a name stands for, and whether a condition compares only what can be compared.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/condition.hpp"
#include "core/unit.hpp"

namespace portflow {

/// What is found under a name.
struct Meaning {
  enum class Kind : std::uint8_t {
    number,
    flag,      ///< yes or no
    mark,      ///< set or not
    category,  ///< one of a few words
  };
  Kind kind{Kind::flag};
  Dimension dimension{Dimension::plain};  ///< numbers
  std::string unit{};                     ///< numbers: as declared
  std::vector<std::string> categories{};  ///< categories; of a flag `false` and `true`

  /// Whether it is true or false by its bare name.
  [[nodiscard]] bool truth() const noexcept { return kind == Kind::flag || kind == Kind::mark; }
  /// Whether both can be compared with the same things.
  [[nodiscard]] bool like(const Meaning& other) const noexcept {
    return kind == other.kind && dimension == other.dimension;
  }
};

/// `is measured in CNY`, `is yes or no`, `is a category (aeo or ordinary)`.
[[nodiscard]] std::string described(const Meaning& meaning);

/// Whether a number of the dimension `given` may stand where `expected` is asked for.
[[nodiscard]] bool fits(Dimension expected, Dimension given);

/// Looks a name up; empty where it was complained about already.
using Meanings = std::function<std::optional<Meaning>(std::string_view)>;

/// Every comparison of unlike things and every value that is neither true nor false where it
/// must be, each as one sentence.
[[nodiscard]] std::vector<std::string> mistakes(const Condition& condition,
                                                const Meanings& meanings);

}  // namespace portflow
