#include "spec/formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/words.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {
namespace {

const std::vector<std::string>& aspects() {
  static const std::vector<std::string> words{
      "mean", "p50", "p90", "p95", "max", "count", "unfinished", "busiest_day", "gap_order"};
  return words;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool belongs_to_word(char c) {
  return c != ' ' && std::string_view{"()*/+"}.find(c) == std::string_view::npos;
}

}  // namespace

/// Reads from left to right; the first complaint stays.
class Formula::Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} { result.text_ = std::string{text}; }

  Formula result;
  std::string error;

  bool run() {
    sum();
    skip();
    if (at_ < text_.size()) complain(fmt::format("`{}` is left over", text_.substr(at_)));
    return error.empty();
  }

 private:
  void complain(std::string message) {
    if (error.empty()) error = fmt::format("`{}`: {}", text_, message);
    at_ = text_.size();
  }

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  /// The operator that comes next, if it is one of `which`.
  char operator_of(std::string_view which) {
    skip();
    if (at_ == text_.size() || which.find(text_[at_]) == std::string_view::npos) return 0;
    return text_[at_++];
  }

  void sum() {
    product();
    while (const char what = operator_of("+-")) {
      product();
      result.steps_.push_back({what, 0, 0});
    }
  }

  void product() {
    factor();
    while (const char what = operator_of("*/")) {
      factor();
      result.steps_.push_back({what, 0, 0});
    }
  }

  void factor() {
    if (operator_of("(") != 0) {
      sum();
      if (operator_of(")") == 0) complain("a `)` is missing");
      return;
    }
    const auto begin = at_;
    while (at_ < text_.size() && belongs_to_word(text_[at_])) ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    if (word.empty()) return complain("expected a KPI or a number");
    if (is_digit(word.front())) return number(word);
    // In `a-b` the minus belongs to the name.
    if (!std::ranges::all_of(word, [](char c) { return c != '-'; }) && word.front() == '-') {
      return complain("a minus stands between two things");
    }
    if (operator_of("(") != 0) return aspect(word);
    term({std::string{word}, {}});
  }

  void number(std::string_view word) {
    double value = 0;
    const auto [stop, status] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (status != std::errc{} || stop != word.data() + word.size()) {
      return complain(fmt::format("`{}` is not a plain number", word));
    }
    result.steps_.push_back({'n', value, 0});
  }

  void aspect(std::string_view word) {
    if (std::ranges::find(aspects(), word) == aspects().end()) {
      return complain(fmt::format("there is no `{}(...)`{} (allowed: {})", word,
                                  did_you_mean(word, aspects()), listed(aspects())));
    }
    skip();
    const auto begin = at_;
    while (at_ < text_.size() && belongs_to_word(text_[at_])) ++at_;
    const auto name = text_.substr(begin, at_ - begin);
    if (operator_of(")") == 0) return complain("a `)` is missing");
    term({std::string{name}, std::string{word}});
  }

  void term(Term one) {
    const auto segment = [](std::string_view part) {
      return !part.empty() && std::ranges::all_of(part, [](char c) {
        return c == '_' || c == '-' || is_digit(c) || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
      });
    };
    std::string_view rest = one.name;
    bool good = !rest.empty();
    while (good && !rest.empty()) {
      const auto dot = std::min(rest.find('.'), rest.size());
      good = segment(rest.substr(0, dot)) && dot + 1 != rest.size();
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    if (!good) return complain(fmt::format("`{}` is no name of a KPI", one.name));
    result.steps_.push_back({'t', 0, result.terms_.size()});
    result.terms_.push_back(std::move(one));
  }

  std::string_view text_;
  std::size_t at_{0};
};

tl::expected<Formula, std::string> Formula::parse(std::string_view text) {
  Parser parser{text};
  if (!parser.run()) return tl::unexpected(std::move(parser.error));
  return std::move(parser.result);
}

bool Formula::is_headline() const noexcept {
  return steps_.size() == 1 && terms_.size() == 1 && terms_.front().aspect.empty();
}

std::optional<double> Formula::value(
    const std::function<std::optional<double>(const Term&)>& figure) const {
  std::vector<double> stack;
  for (const Step& step : steps_) {
    if (step.what == 'n') {
      stack.push_back(step.number);
      continue;
    }
    if (step.what == 't') {
      const auto value = figure(terms_[step.term]);
      if (!value) return std::nullopt;
      stack.push_back(*value);
      continue;
    }
    const double right = stack.back();
    stack.pop_back();
    double& left = stack.back();
    if (step.what == '+') left += right;
    if (step.what == '-') left -= right;
    if (step.what == '*') left *= right;
    if (step.what == '/') {
      if (right == 0) return std::nullopt;
      left /= right;
    }
  }
  if (stack.empty()) return std::nullopt;
  return stack.back();
}

}  // namespace portflow::spec
