#include "core/meaning.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"

namespace portflow {
namespace {

using Op = Condition::Op;

/// One value on the stack of the judged program.
struct Operand {
  enum class Kind : std::uint8_t {
    name,
    number,  ///< a literal
    truth,   ///< `true`, `false`, or what a comparison gave
    word,    ///< a category, as written
    unknown  ///< complained about already
  };
  Kind kind{Kind::unknown};
  std::string text{};  ///< as written
  Meaning meaning{};   ///< of names; of numbers the dimension
};

bool is_name(const Operand& operand, Meaning::Kind kind) {
  return operand.kind == Operand::Kind::name && operand.meaning.kind == kind;
}

bool is_number(const Operand& operand) {
  return operand.kind == Operand::Kind::number || is_name(operand, Meaning::Kind::number);
}

bool is_truth(const Operand& operand) {
  return operand.kind == Operand::Kind::truth ||
         (operand.kind == Operand::Kind::name && operand.meaning.truth());
}

std::string_view sign_of(Op::Kind kind) {
  switch (kind) {
    case Op::Kind::equal:
      return "==";
    case Op::Kind::unequal:
      return "!=";
    case Op::Kind::less:
      return "<";
    case Op::Kind::less_equal:
      return "<=";
    case Op::Kind::greater:
      return ">";
    case Op::Kind::greater_equal:
      return ">=";
    default:
      return "";
  }
}

bool ordered(Op::Kind kind) {
  return kind != Op::Kind::equal && kind != Op::Kind::unequal;
}

/// The postfix program run over meanings instead of values.
class Judge {
 public:
  explicit Judge(const Meanings& meanings) : meanings_{meanings} {}

  std::vector<std::string> judge(const Condition& condition) {
    for (const Op& op : condition.ops()) step(op);
    if (!stack_.empty()) need_truth(stack_.back());
    return std::move(found_);
  }

 private:
  void complain(std::string message) {
    if (std::ranges::find(found_, message) == found_.end()) found_.push_back(std::move(message));
  }

  void step(const Op& op) {
    switch (op.kind) {
      case Op::Kind::load:
        return stack_.push_back(named(op.name));
      case Op::Kind::number:
        return stack_.push_back(literal(op));
      case Op::Kind::negate:
        return need_truth(stack_.back());
      case Op::Kind::both:
      case Op::Kind::either:
        need_truth(stack_[stack_.size() - 2]);
        need_truth(stack_.back());
        break;
      default:
        compare(stack_[stack_.size() - 2], op.kind, stack_.back());
    }
    stack_.pop_back();
    stack_.back() = {.kind = Operand::Kind::truth};
  }

  Operand named(const std::string& name) {
    auto meaning = meanings_(name);
    if (!meaning) return {};
    return {.kind = Operand::Kind::name, .text = name, .meaning = std::move(*meaning)};
  }

  static Operand literal(const Op& op) {
    if (!op.name.empty()) return {.kind = Operand::Kind::word, .text = op.name};
    if (op.text.empty()) {
      return {.kind = Operand::Kind::truth, .text = op.number != 0 ? "true" : "false"};
    }
    return {.kind = Operand::Kind::number,
            .text = op.text,
            .meaning = {.kind = Meaning::Kind::number, .dimension = op.dimension}};
  }

  /// Complains where `operand` is neither true nor false.
  void need_truth(const Operand& operand) {
    if (is_name(operand, Meaning::Kind::category)) return category(operand);
    if (operand.kind == Operand::Kind::number) {
      return complain(fmt::format("`{}` is a number, neither true nor false", operand.text));
    }
    if (!is_name(operand, Meaning::Kind::number)) return;
    const auto& unit = operand.meaning.unit;
    complain(fmt::format("`{0}` {1}, and neither true nor false; compare it, as in `{0} > 0{2}`",
                         operand.text, described(operand.meaning),
                         unit.empty() || unit == "1" ? "" : " " + unit));
  }

  void category(const Operand& operand) {
    complain(fmt::format("`{}` is a category; compare it with {}", operand.text,
                         listed(operand.meaning.categories)));
  }

  void compare(const Operand& left, Op::Kind kind, const Operand& right) {
    const auto unknown = Operand::Kind::unknown;
    if (left.kind == unknown || right.kind == unknown) return;
    comparison_ = fmt::format("{} {} {}", left.text, sign_of(kind), right.text);
    if (is_name(left, Meaning::Kind::category) || is_name(right, Meaning::Kind::category)) {
      return categories(left, kind, right);
    }
    if (is_truth(left) && is_truth(right)) {
      if (ordered(kind)) {
        complain(
            fmt::format("`{}`: what is true or false has no order; use `==` or `!=`", comparison_));
      }
      return;
    }
    if (is_truth(left)) return truth(left, kind, right);
    if (is_truth(right)) return truth(right, kind, left);
    if (right.kind == Operand::Kind::word) {
      return complain(fmt::format("`{}`: `{}` {}, so no word equals it; expected {}", comparison_,
                                  left.text, described(left.meaning),
                                  wanted(left.meaning.dimension)));
    }
    numbers(left, right);
  }

  void categories(const Operand& left, Op::Kind kind, const Operand& right) {
    const bool both =
        is_name(left, Meaning::Kind::category) && is_name(right, Meaning::Kind::category);
    const bool alike = both && left.meaning.categories == right.meaning.categories;
    if (right.kind == Operand::Kind::word) {
      const auto& words = left.meaning.categories;
      if (std::ranges::find(words, right.text) != words.end()) return;
      const auto near = nearest(right.text, words);
      return complain(fmt::format("`{}` is never `{}`{}; it is {}", left.text, right.text,
                                  near.empty() ? "" : fmt::format(", perhaps `{}`", near),
                                  listed(words)));
    }
    if (!alike) return category(is_name(left, Meaning::Kind::category) ? left : right);
    if (ordered(kind)) {
      complain(fmt::format("`{}` is a category and has no order; use `==` or `!=`", left.text));
    }
  }

  /// `truth` is compared with a number or a word.
  void truth(const Operand& truth, Op::Kind kind, const Operand& other) {
    if (truth.kind == Operand::Kind::truth) {
      return complain(fmt::format(
          "`{}`: `{}` {}, neither true nor false", comparison_, other.text,
          other.kind == Operand::Kind::number ? "is a number" : described(other.meaning)));
    }
    static const std::vector<std::string> yes{"yes", "true", "1"};
    static const std::vector<std::string> words{"yes", "no", "true", "false"};
    const auto near = other.text.size() > 1 ? nearest(other.text, words) : other.text;
    const bool is_yes = std::ranges::find(yes, near) != yes.end();
    const bool is_no = near == "no" || near == "false" || near == "0";
    std::string hint = fmt::format("write `{0}` or `not {0}`", truth.text);
    if (!ordered(kind) && (is_yes || is_no)) {
      hint = fmt::format("did you mean `{}{}`?", is_yes == (kind == Op::Kind::equal) ? "" : "not ",
                         truth.text);
    }
    const bool instant = truth.meaning.kind == Meaning::Kind::mark && is_number(other) &&
                         other.meaning.dimension == Dimension::time;
    complain(fmt::format("`{}`: `{}` {}{}; {}", comparison_, truth.text, described(truth.meaning),
                         instant ? ", and conditions compare no instants" : "", hint));
  }

  void numbers(const Operand& left, const Operand& right) {
    const auto one = left.meaning.dimension;
    const auto other = right.meaning.dimension;
    const bool written = left.kind == Operand::Kind::number && right.kind == left.kind;
    if (fits(one, other)) return;
    if (left.kind == Operand::Kind::name && right.kind == Operand::Kind::name) {
      return complain(fmt::format("`{}`: `{}` {}, but `{}` {}", comparison_, left.text,
                                  described(left.meaning), right.text, described(right.meaning)));
    }
    if (written) {
      return complain(fmt::format("`{}`: `{}` is {}, but `{}` is {}", comparison_, left.text,
                                  noun(one), right.text, noun(other)));
    }
    const Operand& name = left.kind == Operand::Kind::name ? left : right;
    const Operand& number = left.kind == Operand::Kind::name ? right : left;
    const auto expected = name.meaning.dimension;
    // A bare number is a share too, though a share is no bare number.
    if (expected == Dimension::share && number.meaning.dimension == Dimension::plain) return;
    if (number.meaning.dimension == Dimension::plain) {
      return complain(fmt::format("`{}`: `{}` {}, so `{}` needs a unit: {}", comparison_, name.text,
                                  described(name.meaning), number.text,
                                  listed(units_of(expected))));
    }
    complain(fmt::format("`{}`: `{}` {}, but `{}` is {}; expected {}", comparison_, name.text,
                         described(name.meaning), number.text, noun(number.meaning.dimension),
                         wanted(expected)));
  }

  const Meanings& meanings_;
  std::vector<Operand> stack_;
  std::vector<std::string> found_;
  std::string comparison_;  ///< the one being judged, as written
};

}  // namespace

std::string described(const Meaning& meaning) {
  switch (meaning.kind) {
    case Meaning::Kind::number:
      if (meaning.unit.empty() || meaning.unit == "1") return "is a number without a unit";
      return fmt::format("is measured in {}", meaning.unit);
    case Meaning::Kind::flag:
      return "is yes or no";
    case Meaning::Kind::mark:
      return "is a mark, set or not";
    case Meaning::Kind::category:
      return fmt::format("is a category ({})", listed(meaning.categories));
  }
  return "";
}

bool fits(Dimension expected, Dimension given) {
  const auto plain = [](Dimension dimension) {
    return dimension == Dimension::plain || dimension == Dimension::count;
  };
  return expected == given || (plain(expected) && plain(given));
}

std::vector<std::string> mistakes(const Condition& condition, const Meanings& meanings) {
  return Judge{meanings}.judge(condition);
}

}  // namespace portflow
