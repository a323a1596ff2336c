/// \file format.hpp
/// Numbers, spans and dates as the viewer writes them, in both languages.
///
/// Minus is U+2212; thousands are grouped; spans show in minutes under 90 min, in hours
/// under 72 h, else in days.
#pragma once

#include <cstdint>
#include <string>

#include "core/time.hpp"
#include "viz/labels.hpp"

namespace portflow::viz {

/// `1,571`, `−12`.
[[nodiscard]] std::string count_text(std::int64_t value);

/// `digits` significant digits, grouped: `51.8`, `1,570`, `0.34`.
[[nodiscard]] std::string number_text(double value, int digits = 3);

/// As number_text(), without noughts at the end: `36`, `0.5`, `9.25`.
[[nodiscard]] std::string short_number_text(double value, int digits = 3);

/// `6 %`, of a share 0..1, to whole percent.
[[nodiscard]] std::string percent_text(double share);

/// A span split for setting number and unit in two sizes.
struct SpanText {
  std::string value, unit;
};
[[nodiscard]] SpanText span_parts(Duration span, Language language);

/// `52 min`, `5.2 h`, `8.1 d`; `52 分` in Chinese.
[[nodiscard]] std::string span_text(Duration span, Language language);

/// `Sat 8 Jun 2024`; `2024年6月8日 周六`.
[[nodiscard]] std::string date_text(SimTime at, Language language);
/// `Sat`; `周六`.
[[nodiscard]] std::string weekday_name(SimTime at, Language language);
/// `Sat 8 Jun`; `6月8日 周六`.
[[nodiscard]] std::string day_text(SimTime at, Language language);
/// `8 Jun`; `6月8日`.
[[nodiscard]] std::string short_day_text(SimTime at, Language language);
/// `14:20:00`, or `14:20` without seconds.
[[nodiscard]] std::string clock_text(SimTime at, bool seconds = true);

/// How much simulated time passes in a second: `1 h / s`, `15 min / s`.
[[nodiscard]] std::string speed_text(double seconds_per_second, Language language);

}  // namespace portflow::viz
