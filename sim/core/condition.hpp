/// \file condition.hpp
/// Conditions over named values: `credit == aeo and not selected`.
///
/// Grammar: or, and, not, comparison (== != < <= > >=), a bare name (a mark that is set, or what
/// is yes or no), numbers with unit, true, false, parentheses. Names may be dotted
/// (`lot.credit`). The right side of a comparison that is a plain word is a category, not a
/// name. Evaluation is by slots that the user binds, so it costs no look-ups.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/assert.hpp"
#include "core/unit.hpp"

namespace portflow {

/// A parsed condition; copies are cheap enough for load time.
class Condition {
 public:
  /// One instruction of the postfix program.
  struct Op {
    enum class Kind : std::uint8_t {
      load,
      number,
      equal,
      unequal,
      less,
      less_equal,
      greater,
      greater_equal,
      negate,
      both,
      either
    };
    Kind kind{Kind::number};
    double number{0};       ///< literal in its base unit, or category code once bound
    std::int32_t slot{-1};  ///< for load: the bound slot
    std::string name;       ///< for load: the name; for a category: the word
    Dimension dimension{Dimension::plain};  ///< for a literal number: of its unit
    std::string text{};  ///< for a literal: as written, `1000 h`; empty for `true` and `false`
    friend bool operator==(const Op&, const Op&) = default;
  };

  /// Always true.
  Condition() = default;

  /// \returns the condition, or one sentence that says what is wrong and at which column.
  [[nodiscard]] static tl::expected<Condition, std::string> parse(std::string_view text);

  /// Where a name is found and which categories it knows.
  struct Binding {
    std::int32_t slot{-1};
    std::vector<std::string> categories;  ///< empty for numbers and flags
  };
  /// Looks a name up; empty when unknown.
  using Lookup = std::function<std::optional<Binding>(std::string_view)>;

  /// This condition with names turned into slots and categories into their codes (index in
  /// `categories`). Whether its sides may be compared at all is for mistakes() to say
  /// (core/meaning.hpp).
  /// \returns a sentence for the first unknown name or category.
  [[nodiscard]] tl::expected<Condition, std::string> bound(const Lookup& lookup) const;

  /// Evaluates with `value(slot)`; \pre bound.
  template <class Value>
  [[nodiscard]] bool holds(const Value& value) const {
    if (ops_.empty()) return true;
    double stack[16];
    std::size_t top = 0;
    for (const Op& op : ops_) {
      switch (op.kind) {
        case Op::Kind::load:
          stack[top++] = value(op.slot);
          break;
        case Op::Kind::number:
          stack[top++] = op.number;
          break;
        case Op::Kind::negate:
          PORTFLOW_ASSERT(top >= 1, text_);
          stack[top - 1] = stack[top - 1] == 0.0 ? 1.0 : 0.0;
          break;
        default: {
          PORTFLOW_ASSERT(top >= 2, text_);
          --top;
          stack[top - 1] = apply(op.kind, stack[top - 1], stack[top]);
        }
      }
    }
    PORTFLOW_ASSERT(top == 1, text_);
    return stack[0] != 0.0;
  }

  [[nodiscard]] bool always() const noexcept { return ops_.empty(); }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// The postfix program; empty where it always holds.
  [[nodiscard]] const std::vector<Op>& ops() const noexcept { return ops_; }
  /// Every name that is read, in order of appearance.
  [[nodiscard]] std::vector<std::string> names() const;

  friend bool operator==(const Condition&, const Condition&) = default;

 private:
  [[nodiscard]] static double apply(Op::Kind kind, double a, double b) noexcept {
    switch (kind) {
      case Op::Kind::equal:
        return a == b ? 1 : 0;
      case Op::Kind::unequal:
        return a != b ? 1 : 0;
      case Op::Kind::less:
        return a < b ? 1 : 0;
      case Op::Kind::less_equal:
        return a <= b ? 1 : 0;
      case Op::Kind::greater:
        return a > b ? 1 : 0;
      case Op::Kind::greater_equal:
        return a >= b ? 1 : 0;
      case Op::Kind::both:
        return (a != 0.0 && b != 0.0) ? 1 : 0;
      default:
        return (a != 0.0 || b != 0.0) ? 1 : 0;
    }
  }

  std::vector<Op> ops_;
  std::string text_;
};

}  // namespace portflow
