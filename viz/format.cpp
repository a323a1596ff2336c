#include "viz/format.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace portflow::viz {
namespace {

constexpr const char* minus = "\u2212";
constexpr std::array<const char*, 7> days_en{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<const char*, 7> days_zh{"周一", "周二", "周三", "周四",
                                             "周五", "周六", "周日"};
constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const char* weekday_text(SimTime at, Language language) {
  const auto day = static_cast<std::size_t>(weekday_of(at));
  return language == Language::zh ? days_zh[day] : days_en[day];
}

/// Commas every three digits before the point.
std::string grouped(std::string_view digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

}  // namespace

std::string count_text(std::int64_t value) {
  const std::string digits = grouped(std::to_string(value < 0 ? -value : value));
  return fmt::format("{}{}", value < 0 ? minus : "", digits);
}

std::string number_text(double value, int digits) {
  const double size = std::abs(value);
  int whole = 1;
  for (double power = 10; power <= size && whole < 15; power *= 10) ++whole;
  const std::string plain = fmt::format("{:.{}f}", size, std::max(0, digits - whole));
  if (plain.find_first_not_of("0.") == std::string::npos) return "0";
  return fmt::format("{}{}", value < 0 ? minus : "", grouped(plain));
}

std::string short_number_text(double value, int digits) {
  std::string plain = number_text(value, digits);
  if (plain.find('.') == std::string::npos) return plain;
  plain.erase(plain.find_last_not_of('0') + 1);
  if (plain.back() == '.') plain.pop_back();
  return plain;
}

std::string percent_text(double share) {
  return fmt::format("{:.0f} %", share * 100.0);
}

SpanText span_parts(Duration span, Language language) {
  const double minutes = static_cast<double>(span.count()) / 60000.0;
  if (minutes < 89.5) {
    const bool coarse = minutes >= 9.95 || minutes < 0.05;
    return {fmt::format("{:.{}f}", minutes, coarse ? 0 : 1), text(Text::unit_min, language)};
  }
  if (minutes < 72 * 60) return {number_text(minutes / 60, 3), text(Text::unit_h, language)};
  return {number_text(minutes / 1440, 3), text(Text::unit_d, language)};
}

std::string span_text(Duration span, Language language) {
  const SpanText parts = span_parts(span, language);
  return parts.value + " " + parts.unit;
}

std::string date_text(SimTime at, Language language) {
  const CivilDate date = date_of(at);
  if (language == Language::zh) {
    return fmt::format("{}年{}月{}日 {}", date.year, date.month, date.day,
                       weekday_text(at, language));
  }
  return fmt::format("{} {} {} {}", weekday_text(at, language), date.day, months[date.month - 1],
                     date.year);
}

std::string weekday_name(SimTime at, Language language) {
  return weekday_text(at, language);
}

std::string day_text(SimTime at, Language language) {
  const std::string day = short_day_text(at, language);
  return language == Language::zh ? fmt::format("{} {}", day, weekday_text(at, language))
                                  : fmt::format("{} {}", weekday_text(at, language), day);
}

std::string short_day_text(SimTime at, Language language) {
  const CivilDate date = date_of(at);
  return language == Language::zh ? fmt::format("{}月{}日", date.month, date.day)
                                  : fmt::format("{} {}", date.day, months[date.month - 1]);
}

std::string clock_text(SimTime at, bool seconds) {
  const std::int64_t second = time_of_day(at).count() / 1000;
  const std::string clock = fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
  return seconds ? fmt::format("{}:{:02}", clock, second % 60) : clock;
}

std::string speed_text(double seconds_per_second, Language language) {
  struct Step {
    double seconds;
    const char* zh;
    const char* en;
  };
  constexpr std::array<Step, 4> steps{
      {{86400, "天", "d"}, {3600, "小时", "h"}, {60, "分", "min"}, {1, "秒", "s"}}};
  for (const Step& step : steps) {
    if (seconds_per_second < step.seconds * 0.995 && step.seconds > 1) continue;
    return fmt::format("{} {} {}", number_text(seconds_per_second / step.seconds, 2),
                       language == Language::zh ? step.zh : step.en,
                       text(Text::per_second, language));
  }
  return {};
}

}  // namespace portflow::viz
