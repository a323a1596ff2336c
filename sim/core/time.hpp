/// \file time.hpp
/// Simulated time: a 64-bit count of milliseconds on the port's own wall clock.
///
/// SimTime counts from 1970-01-01 00:00 at UTC+8, so that the civil date of an instant is
/// plain arithmetic (China keeps no daylight saving time). Duration is a difference of two
/// instants. Neither is a double: ties stay ties, and sums do not depend on their order.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portflow {

/// A span of simulated time in whole milliseconds.
using Duration = std::chrono::duration<std::int64_t, std::milli>;

/// The port's wall clock (UTC+8); it never runs by itself.
struct Clock {
  using rep = std::int64_t;
  using period = std::milli;
  using duration = Duration;
  using time_point = std::chrono::time_point<Clock, Duration>;
  static constexpr bool is_steady = true;
};

/// An instant of simulated time.
using SimTime = Clock::time_point;

using Days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

/// Later than anything that can happen; the next event of an empty calendar.
inline constexpr SimTime never{Duration::max()};

/// A date of the Gregorian calendar at UTC+8.
struct CivilDate {
  int year{1970};
  unsigned month{1};  ///< 1..12
  unsigned day{1};    ///< 1..31
  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

/// 00:00 of `date`.
[[nodiscard]] SimTime midnight(CivilDate date);

/// The date on which `at` falls.
[[nodiscard]] CivilDate date_of(SimTime at);

/// Time since the last midnight, 0 h <= result < 24 h.
[[nodiscard]] Duration time_of_day(SimTime at);

/// Day of the week of `at`: 0 = Monday ... 6 = Sunday.
[[nodiscard]] int weekday_of(SimTime at);

/// Reads `2024-06-01`, `2024-06-01 08:30`, `2024-06-01T08:30:15` (UTC+8 unless the text ends
/// in `Z` or an offset such as `+09:00`). Empty when the text is no such date.
[[nodiscard]] std::optional<SimTime> parse_time(std::string_view text);

/// `2024-06-01 08:30:15`, with milliseconds only where there are any.
[[nodiscard]] std::string to_text(SimTime at);

/// `4 d 03:25:10`, `03:25:10`, with milliseconds only where there are any.
[[nodiscard]] std::string to_text(Duration span);

}  // namespace portflow
