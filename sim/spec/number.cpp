#include "spec/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/words.hpp"

namespace portflow::spec {
namespace {

bool allowed(const Unit& unit, const Number& number) {
  if (unit.dimension != number.dimension) return false;
  return !unit.calendar || number.months || number.dimension == Dimension::working_time;
}

const Unit* find(std::string_view name, const Number& number) {
  for (const Unit& unit : all_units()) {
    if (unit.name == name && allowed(unit, number)) return &unit;
  }
  return nullptr;
}

std::string expected_units(const Number& number) {
  const auto names = units_of(number);
  if (number.dimension == Dimension::share) {
    return number.most > 1 ? "a number or a percentage (`85 %`)"
                           : "a number from 0 to 1 or a percentage (`85 %`)";
  }
  return names.empty() ? "a number without a unit" : listed(names);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits(std::string_view text, std::size_t from) {
  std::size_t n = from;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n - from;
}

/// The double nearest to a percentage: `0.57 %` is 0.0057, which 0.57 / 100 is not.
double hundredth(const Split& split) {
  if (split.digits.find_first_of("eE") != std::string_view::npos) return split.value / 100;
  const auto text = fmt::format("{}e-2", split.digits.substr(split.digits[0] == '+' ? 1 : 0));
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string wrong_unit(std::string_view text, std::string_view unit, const Number& number) {
  if (unit == "wd" && number.dimension == Dimension::time) {
    return fmt::format(
        "`{}`: working days (`wd`) pass on the opening days of a calendar; only `takes` of a step "
        "whose resource has one may use them, and then for all its numbers",
        text);
  }
  const auto names = units_of(number);
  const auto near = nearest(unit, names);
  if (!near.empty()) {
    return fmt::format("`{}`: unknown unit `{}`, did you mean `{}`? (allowed: {})", text, unit,
                       near, listed(names));
  }
  return fmt::format("`{}`: `{}` is not a unit of this field; expected {}", text, unit,
                     expected_units(number));
}

std::string range_of(const Number& number) {
  // Bounds that only keep the arithmetic sound would puzzle more than help.
  constexpr double boundless = 1e9;
  const bool open_end = number.dimension != Dimension::time && number.most >= boundless;
  const auto most = to_text(number.most, number);
  auto least = to_text(number.least, number);
  if (number.least == 0) {
    const auto space = most.find(' ');
    least = space == std::string::npos ? "0" : fmt::format("0{}", most.substr(space));
  }
  if (open_end && number.least <= -boundless) return fmt::format("at most {}", most);
  if (open_end) return fmt::format("{} {}", number.above ? "more than" : "at least", least);
  if (number.above) return fmt::format("more than {}, at most {}", least, most);
  return fmt::format("{} to {}", least, most);
}

}  // namespace

std::optional<Split> split_number(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = digits(text, sign);
  if (whole == 0) return std::nullopt;
  std::size_t end = sign + whole;
  if (end < text.size() && text[end] == '.') {
    const std::size_t fraction = digits(text, end + 1);
    if (fraction == 0) return std::nullopt;
    end += 1 + fraction;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    const std::size_t minus =
        end + 1 < text.size() && (text[end + 1] == '-' || text[end + 1] == '+');
    const std::size_t exponent = digits(text, end + 1 + minus);
    if (exponent > 0) end += 1 + minus + exponent;
  }
  Split split;
  split.digits = text.substr(0, end);
  const auto* first = text.data() + (text[0] == '+' ? 1 : 0);
  const auto [stop, status] = std::from_chars(first, text.data() + end, split.value);
  if (status != std::errc{} || stop != text.data() + end) return std::nullopt;
  split.unit = text.substr(end);
  while (!split.unit.empty() && split.unit.front() == ' ') split.unit.remove_prefix(1);
  return split;
}

std::vector<std::string> units_of(const Number& number) {
  std::vector<std::string> result;
  for (const Unit& unit : all_units()) {
    if (allowed(unit, number)) result.emplace_back(unit.name);
  }
  return result;
}

tl::expected<double, std::string> read_number(std::string_view text, const Number& number) {
  const auto split = split_number(text);
  if (!split) {
    return tl::unexpected(fmt::format("`{}` is not a number; expected {}", text,
                                      is_bare(number.dimension)
                                          ? expected_units(number)
                                          : "a number with its unit, " + expected_units(number)));
  }
  const auto lead = split->digits.find_first_of("0123456789");
  if (split->digits[lead] == '0' && lead + 1 < split->digits.size() &&
      is_digit(split->digits[lead + 1])) {
    return tl::unexpected(fmt::format(
        "`{}` begins with 0, which some programs read as octal; write it without", text));
  }
  auto unit = split->unit;
  double value = split->value;
  if (number.dimension == Dimension::count) {
    if (!is_word(unit)) return tl::unexpected(wrong_unit(text, unit, number));
    if (value != std::floor(value)) {
      return tl::unexpected(fmt::format("`{}` is not a whole number", text));
    }
  } else {
    if (unit.empty()) unit = number.assumed;
    if (unit.empty() && !is_bare(number.dimension)) {
      return tl::unexpected(fmt::format("`{}` needs a unit: {}", text, listed(units_of(number))));
    }
    if (!unit.empty()) {
      const Unit* known = find(unit, number);
      if (known == nullptr) return tl::unexpected(wrong_unit(text, unit, number));
      value = known->name == "%" ? hundredth(*split) : value * known->factor;
    }
  }
  if (number.dimension == Dimension::volume && value * 4 != std::floor(value * 4)) {
    return tl::unexpected(
        fmt::format("`{}`: containers are counted in quarters of a TEU; the nearest is {} TEU",
                    text, std::round(value * 4) / 4));
  }
  if (!(value >= number.least && value <= number.most) || (number.above && value == number.least)) {
    return tl::unexpected(fmt::format("`{}` is out of range: {}", text, range_of(number)));
  }
  return value;
}

std::string to_text(double value, const Number& number) {
  const Unit* best = nullptr;
  for (const Unit& unit : all_units()) {
    // Weeks and knots read oddly in a bound that nobody wrote in them.
    if (!allowed(unit, number) || (unit.calendar && unit.name != "wd") || unit.name == "w" ||
        unit.name == "nm" || unit.name == "kn") {
      continue;
    }
    const double in_unit = value / unit.factor;
    if (best == nullptr || (value != 0 && in_unit == std::floor(in_unit))) best = &unit;
  }
  if (best == nullptr) return fmt::format("{}", value);
  const double shown = best->factor < 1 ? value * (1 / best->factor) : value / best->factor;
  return fmt::format("{} {}", shown, best->name);
}

}  // namespace portflow::spec
