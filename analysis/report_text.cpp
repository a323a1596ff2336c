#include "analysis/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr std::string_view minus = "\u2212";
constexpr std::string_view dash = "\u2013";
constexpr int most_decimals = 6;

std::string grouped(std::string_view digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) result += ',';
    result += digits[i];
  }
  return result;
}

bool is_zero(std::string_view digits) {
  return digits.find_first_not_of("0.,") == std::string_view::npos;
}

std::string number_text(double value, int decimals, std::string_view plus) {
  std::string digits = grouped(fmt::format("{:.{}f}", std::abs(value), decimals));
  if (value == 0) return "0";
  if (is_zero(digits)) return digits;
  return fmt::format("{}{}", value < 0 ? minus : plus, digits);
}

/// Decimals of a difference: three digits of it, but no more than two of its interval.
int difference_decimals(const Pair& pair, int decimals_of_arms) {
  const int wanted = decimals_for(*pair.difference, 3);
  const auto& interval = pair.difference_ci95;
  const double half = interval ? (interval->high - interval->low) / 2 : 0;
  // Beyond a hundredth of the arms' last digit nothing is of interest to anybody.
  const int most = decimals_of_arms + 2;
  return std::min(most, half > 0 ? std::min(wanted, decimals_for(half, 2)) : wanted);
}

}  // namespace

const std::string& Tongue::operator()(const trace::Label& label) const {
  const std::string& wanted = language == Language::zh ? label.zh : label.en;
  if (!wanted.empty()) return wanted;
  return language == Language::zh ? label.en : label.zh;
}

std::string escape(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char letter : text) {
    switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default: {
        const auto code = static_cast<unsigned char>(letter);
        if (code >= 32 || letter == '\n' || letter == '\t') result += letter;
      }
    }
  }
  return result;
}

std::string count_text(std::uint64_t count) {
  return grouped(fmt::format("{}", count));
}

std::string fixed_text(double value, int decimals) {
  return number_text(value, decimals, "");
}

std::string signed_text(double value, int decimals) {
  return number_text(value, decimals, "+");
}

int decimals_for(double value, int significant) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  return std::clamp(significant - before, 0, most_decimals);
}

std::string unit_text(std::string_view unit, const Tongue& say) {
  if (unit == "1" || unit.empty()) return {};
  struct Word {
    std::string_view unit, zh;
  };
  static constexpr Word words[] = {{"h", "小时"}, {"min", "分钟"}, {"s", "秒"},
                                   {"d", "天"},   {"ms", "毫秒"},  {"CNY", "元"}};
  const auto* word = std::ranges::find(words, unit, &Word::unit);
  const bool translated = say.language == Language::zh && word != std::end(words);
  return fmt::format(" {}", translated ? std::string(word->zh) : escape(unit));
}

std::string unit_after_title(std::string_view unit, const Tongue& say) {
  const std::string text = unit_text(unit, say);
  return text.empty() ? text : fmt::format("{}{}", say("，", ", "), text.substr(1));
}

std::string difference_unit_text(std::string_view unit, const Tongue& say) {
  if (unit == "%") return std::string(say(" 个百分点", " points"));
  return unit_text(unit, say);
}

PairText text_of(const Pair& pair, const Tongue& say) {
  PairText text{std::string(dash), std::string(dash), std::string(dash), {}, std::string(dash)};
  const double size =
      std::max(std::abs(pair.base.mean.value_or(0)), std::abs(pair.policy.mean.value_or(0)));
  const int decimals = decimals_for(size, 4);
  if (pair.base.mean) text.base = fixed_text(*pair.base.mean, decimals);
  if (pair.policy.mean) text.policy = fixed_text(*pair.policy.mean, decimals);
  if (!pair.difference) return text;
  const int finer = difference_decimals(pair, decimals);
  text.difference = signed_text(*pair.difference, finer);
  const auto& interval = pair.difference_ci95 ? pair.difference_ci95 : pair.difference_range;
  if (interval && interval->low != interval->high) {
    text.interval = fmt::format("{} {} {}", signed_text(interval->low, finer), say("至", "to"),
                                signed_text(interval->high, finer));
  }
  if (pair.base.mean && *pair.base.mean != 0) {
    const double share = *pair.difference / std::abs(*pair.base.mean) * 100;
    const bool tiny = share != 0 && std::abs(share) < 0.01;
    text.relative = tiny ? "&lt;\u00a00.01\u00a0%"
                         : fmt::format("{}\u00a0%", signed_text(share, decimals_for(share, 3)));
  }
  return text;
}

EstimateText text_of(const Estimate& one, const Tongue& say) {
  if (!one.mean) return {std::string(dash), {}, 0};
  EstimateText text;
  text.decimals = decimals_for(*one.mean, 4);
  const auto& extent = one.ci95 ? one.ci95 : one.range;
  const bool wide = extent && extent->low != extent->high;
  // A share that was never seen has a bound, and the bound has digits.
  if (wide && *one.mean == 0) text.decimals = decimals_for(extent->high, 2);
  if (!wide && *one.mean == std::floor(*one.mean)) text.decimals = 0;
  // What misses its target by little must not look as if it met it.
  const auto& target = one.heading.target;
  while (target && *one.mean != *target && text.decimals < most_decimals &&
         fixed_text(*one.mean, text.decimals) == fixed_text(*target, text.decimals)) {
    ++text.decimals;
  }
  text.value = fixed_text(*one.mean, text.decimals);
  if (wide) {
    text.interval = fmt::format("{} {} {}", fixed_text(extent->low, text.decimals), say("至", "to"),
                                fixed_text(extent->high, text.decimals));
  }
  return text;
}

std::string title_of(const kpi::Figure& heading, const Tongue& say) {
  const std::string& title = say(heading.title);
  if (title.empty()) return fmt::format("<code>{}</code>", escape(heading.name));
  // The title of a group ends in its category as the model spells it: `Wait (aeo)`.
  const std::size_t dot = heading.name.rfind('.');
  if (dot != std::string::npos && !heading.automatic) {
    const std::string category = heading.name.substr(dot + 1), end = " (" + category + ")";
    if (title.ends_with(end)) {
      return fmt::format(fmt::runtime(say("{}（{}）", "{} ({})")),
                         escape(title.substr(0, title.size() - end.size())),
                         word_text(category, say));
    }
  }
  return escape(title);
}

std::string date_text(SimTime at, const Tongue& say) {
  const CivilDate date = date_of(at);
  if (say.language == Language::zh) {
    return fmt::format("{}年{}月{}日", date.year, date.month, date.day);
  }
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{} {} {}", date.day, months[date.month - 1], date.year);
}

}  // namespace portflow::analysis
