#include "core/condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/words.hpp"

namespace portflow {
namespace {

using Op = Condition::Op;
using Kind = Condition::Op::Kind;

constexpr std::size_t deepest = 16;  // as the stack of Condition::holds

struct Token {
  enum class Kind : std::uint8_t { word, number, sign, end };
  Kind kind{Kind::end};
  std::string_view text;
  double number{0};
  Dimension dimension{Dimension::plain};
  std::size_t column{1};
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Letters of any language: bytes of a longer UTF-8 sequence count as letters.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Length of the word at the front of `text`; 0 where there is none.
std::size_t word_length(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size()) {
    const char next = n + 1 < text.size() ? text[n + 1] : ' ';
    const bool joins =
        n > 0 && (text[n] == '.' || text[n] == '-') && (is_letter(next) || is_digit(next));
    if (!joins && !is_letter(text[n]) && !is_digit(text[n])) break;
    ++n;
  }
  return n;
}

/// Length of the unit at the front of `text`: `%`, a word, or two words such as `CNY/h`.
std::size_t unit_length(std::string_view text) {
  if (text.starts_with('%')) return 1;
  const auto first = word_length(text);
  if (first == 0 || first == text.size() || text[first] != '/') return first;
  const auto second = word_length(text.substr(first + 1));
  return second == 0 ? first : first + 1 + second;
}

bool is_keyword(std::string_view word) {
  return word == "and" || word == "or" || word == "not";
}

/// The whole grammar; every member that parses returns false once `error` is set.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} { advance(); }

  bool whole() {
    if (error_.empty() && token_.kind == Token::Kind::end)
      return complain("the condition is empty");
    if (!either()) return false;
    if (token_.kind == Token::Kind::end) return true;
    return complain(fmt::format("expected `and`, `or` or the end at column {}, not `{}`{}",
                                token_.column, token_.text, hint(token_.text)));
  }

  std::vector<Op> ops;
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool complain(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    return false;
  }

  /// Column in letters, not in bytes.
  [[nodiscard]] std::size_t column(std::size_t offset) const {
    const auto before = text_.substr(0, offset);
    return 1 + static_cast<std::size_t>(std::ranges::count_if(
                   before, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  }

  void advance() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
      ++at_;
    }
    token_ = Token{};
    token_.column = column(at_);
    if (at_ == text_.size()) return;
    const char first = text_[at_];
    const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    if (is_digit(first) || (first == '-' && is_digit(second))) return read_number();
    std::size_t length = 1;
    if (is_letter(first)) {
      token_.kind = Token::Kind::word;
      length = word_length(text_.substr(at_));
    } else {
      token_.kind = Token::Kind::sign;
      const bool ends_in_equals = second == '=' && std::string_view{"=!<>"}.find(first) < 4;
      const bool doubled = second == first && (first == '&' || first == '|');
      if (ends_in_equals || doubled) length = 2;
    }
    token_.text = text_.substr(at_, length);
    at_ += length;
  }

  void read_number() {
    const auto from = at_;
    const auto rest = text_.substr(at_);
    token_.kind = Token::Kind::number;
    const auto [end, status] =
        std::from_chars(rest.data(), rest.data() + rest.size(), token_.number);
    at_ += static_cast<std::size_t>(end - rest.data());
    token_.text = text_.substr(from, at_ - from);
    if (status != std::errc{}) {
      complain(fmt::format("the number at column {} is too large", token_.column));
    }
    read_unit();
    token_.text = text_.substr(from, at_ - from);
  }

  void read_unit() {
    auto from = at_;
    while (from < text_.size() && text_[from] == ' ') ++from;
    const auto name = text_.substr(from, unit_length(text_.substr(from)));
    if (name.empty() || is_keyword(name)) return;
    const auto unit = find_unit(name);
    if (!unit) return unknown_unit(name, column(from));
    token_.number *= unit->factor;
    token_.dimension = unit->dimension;
    at_ = from + name.size();
  }

  void unknown_unit(std::string_view name, std::size_t column) {
    std::vector<std::string> known;
    for (const Unit& unit : all_units()) {
      if (!unit.calendar) known.emplace_back(unit.name);
    }
    const auto near = nearest(name, known);
    complain(fmt::format("unknown unit `{}` at column {}{}; known are {}", name, column,
                         near.empty() ? "" : fmt::format(", did you mean `{}`?", near),
                         listed(known)));
  }

  bool take_word(std::string_view word) {
    if (token_.kind != Token::Kind::word || token_.text != word) return false;
    advance();
    return true;
  }

  bool emit(Op op) {
    const bool pushes = op.kind == Kind::load || op.kind == Kind::number;
    if (pushes && ++pending_ > deepest) return complain(too_deep());
    if (!pushes && op.kind != Kind::negate) --pending_;
    ops.push_back(std::move(op));
    return error_.empty();
  }

  [[nodiscard]] std::string too_deep() const {
    return fmt::format("nested too deeply at column {}: at most {} levels", token_.column, deepest);
  }

  bool either() {
    if (!both()) return false;
    while (take_word("or")) {
      if (!both() || !emit({.kind = Kind::either, .name = {}})) return false;
    }
    return error_.empty();
  }

  bool both() {
    if (!negation()) return false;
    while (take_word("and")) {
      if (!negation() || !emit({.kind = Kind::both, .name = {}})) return false;
    }
    return error_.empty();
  }

  bool negation() {
    if (!take_word("not")) return comparison();
    if (++nested_ > deepest) return complain(too_deep());
    const bool fine = negation() && emit({.kind = Kind::negate, .name = {}});
    --nested_;
    return fine;
  }

  bool comparison() {
    const bool parenthesis = token_.text == "(";
    if (!operand()) return false;
    const Kind kind = comparison_kind();
    if (kind == Kind::load) return error_.empty();
    if (parenthesis) {
      return complain(fmt::format("a parenthesis cannot be compared, as `{}` at column {} would",
                                  token_.text, token_.column));
    }
    const Token sign = token_;
    advance();
    return right_side(sign, kind) && emit({.kind = kind, .name = {}});
  }

  [[nodiscard]] Kind comparison_kind() const {
    if (token_.kind != Token::Kind::sign) return Kind::load;
    if (token_.text == "==") return Kind::equal;
    if (token_.text == "!=") return Kind::unequal;
    if (token_.text == "<") return Kind::less;
    if (token_.text == "<=") return Kind::less_equal;
    if (token_.text == ">") return Kind::greater;
    if (token_.text == ">=") return Kind::greater_equal;
    return Kind::load;
  }

  bool right_side(const Token& sign, Kind kind) {
    const bool word = token_.kind == Token::Kind::word && !is_keyword(token_.text);
    if (!word && token_.kind != Token::Kind::number) {
      return complain(
          fmt::format("`{}` at column {} needs a number, a name or a category on its "
                      "right",
                      sign.text, sign.column));
    }
    const bool literal = token_.text == "true" || token_.text == "false";
    if (!word || literal || token_.text.find('.') != std::string_view::npos) return operand();
    if (kind != Kind::equal && kind != Kind::unequal) {
      return complain(
          fmt::format("`{}` at column {} is read as a category, which has no order; "
                      "names stand on the left",
                      token_.text, token_.column));
    }
    if (ops.back().kind != Kind::load) {
      return complain(fmt::format("category `{}` at column {} needs a name on the left of `{}`",
                                  token_.text, token_.column, sign.text));
    }
    const Token category = token_;
    advance();
    return emit({.kind = Kind::number, .name = std::string{category.text}});
  }

  bool operand() {
    if (!error_.empty()) return false;
    const Token token = token_;
    if (token.kind == Token::Kind::number) {
      advance();
      return emit({.kind = Kind::number,
                   .number = token.number,
                   .name = {},
                   .dimension = token.dimension,
                   .text = std::string{token.text}});
    }
    if (token.kind == Token::Kind::word && !is_keyword(token.text)) {
      advance();
      if (token.text == "true") return emit({.kind = Kind::number, .number = 1, .name = {}});
      if (token.text == "false") return emit({.kind = Kind::number, .number = 0, .name = {}});
      return emit({.kind = Kind::load, .name = std::string{token.text}});
    }
    if (token.text == "(") return parenthesis();
    if (token.kind == Token::Kind::end) {
      return complain("the condition breaks off: expected a name, a number or `(` at its end");
    }
    return complain(fmt::format("expected a name, a number or `(` at column {}, not `{}`{}",
                                token.column, token.text, hint(token.text)));
  }

  bool parenthesis() {
    const auto opened = token_.column;
    if (++nested_ > deepest) return complain(too_deep());
    advance();
    if (!either()) return false;
    if (token_.text != ")") {
      return complain(fmt::format("the `(` at column {} is not closed", opened));
    }
    --nested_;
    advance();
    return error_.empty();
  }

  static std::string_view hint(std::string_view sign) {
    if (sign == "!") return "; write `not`";
    if (sign == "=") return "; write `==`";
    if (sign == "&&" || sign == "&") return "; write `and`";
    if (sign == "||" || sign == "|") return "; write `or`";
    return "";
  }

  std::string_view text_;
  std::size_t at_{0};
  Token token_;
  std::size_t pending_{0};  ///< values on the stack of Condition::holds
  std::size_t nested_{0};
  std::string error_;
};

bool compares(Kind kind) {
  return kind >= Kind::equal && kind <= Kind::greater_equal;
}

/// The code of category `word` of `name`, or what is wrong with it.
tl::expected<double, std::string> code_of(const std::string& name, const std::string& word,
                                          const std::vector<std::string>& categories) {
  if (categories.empty()) {
    return tl::unexpected(
        fmt::format("`{}` has no categories, so it cannot be compared with `{}`", name, word));
  }
  const auto found = std::ranges::find(categories, word);
  if (found != categories.end()) return static_cast<double>(found - categories.begin());
  const auto near = nearest(word, categories);
  return tl::unexpected(fmt::format("`{}` is never `{}`{}; it is {}", name, word,
                                    near.empty() ? "" : fmt::format(", perhaps `{}`", near),
                                    listed(categories)));
}

}  // namespace

tl::expected<Condition, std::string> Condition::parse(std::string_view text) {
  Parser parser{text};
  if (!parser.whole()) return tl::unexpected(parser.error());
  Condition result;
  result.ops_ = std::move(parser.ops);
  result.text_ = text;
  return result;
}

tl::expected<Condition, std::string> Condition::bound(const Lookup& lookup) const {
  Condition result = *this;
  auto& ops = result.ops_;
  std::vector<std::vector<std::string>> categories(ops.size());
  for (std::size_t i = 0; i < ops.size(); ++i) {
    // The sides of a comparison are single operands, so they stand right before it.
    if (ops[i].kind == Kind::load) {
      auto binding = lookup(ops[i].name);
      if (!binding) return tl::unexpected(fmt::format("unknown name `{}`", ops[i].name));
      ops[i].slot = binding->slot;
      categories[i] = std::move(binding->categories);
    } else if (ops[i].kind == Kind::number && !ops[i].name.empty()) {
      const auto code = code_of(ops[i - 1].name, ops[i].name, categories[i - 1]);
      if (!code) return tl::unexpected(code.error());
      ops[i].number = *code;
    } else if (compares(ops[i].kind) && ops[i - 1].kind == Kind::load &&
               ops[i - 2].kind == Kind::load && categories[i - 1] != categories[i - 2]) {
      // Codes of unlike lists mean different words.
      const auto one = categories[i - 2].empty() ? i - 1 : i - 2;
      return tl::unexpected(fmt::format("`{}` is a category; compare it with {}", ops[one].name,
                                        listed(categories[one])));
    }
  }
  return result;
}

std::vector<std::string> Condition::names() const {
  std::vector<std::string> result;
  for (const Op& op : ops_) {
    if (op.kind == Kind::load && std::ranges::find(result, op.name) == result.end()) {
      result.push_back(op.name);
    }
  }
  return result;
}

}  // namespace portflow
