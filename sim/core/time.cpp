#include "core/time.hpp"

#include <fmt/format.h>

namespace portflow {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// The port's clock runs this far ahead of UTC.
constexpr Duration utc_offset = hours{8};

/// Takes characters off the front of a text; every member says whether it could.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_{text} {}

  [[nodiscard]] bool done() const { return text_.empty(); }

  bool literal(char wanted) {
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }

  /// Exactly `width` digits, at most `most`.
  bool digits(std::size_t width, int most, int& value) {
    if (text_.size() < width) return false;
    value = 0;
    for (const char c : text_.substr(0, width)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(width);
    return value <= most;
  }

 private:
  std::string_view text_;
};

std::chrono::year_month_day ymd(CivilDate date) {
  return {std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}};
}

bool read_date(Cursor& in, CivilDate& date) {
  int month = 0;
  int day = 0;
  if (!in.digits(4, 9999, date.year) || !in.literal('-') || !in.digits(2, 12, month) ||
      !in.literal('-') || !in.digits(2, 31, day)) {
    return false;
  }
  date.month = static_cast<unsigned>(month);
  date.day = static_cast<unsigned>(day);
  return ymd(date).ok();
}

bool read_time_of_day(Cursor& in, Duration& result) {
  int h = 0;
  int m = 0;
  int s = 0;
  int ms = 0;
  if (!in.digits(2, 23, h) || !in.literal(':') || !in.digits(2, 59, m)) return false;
  if (in.literal(':')) {
    if (!in.digits(2, 59, s)) return false;
    if (in.literal('.') && !in.digits(3, 999, ms)) return false;
  }
  result = hours{h} + minutes{m} + seconds{s} + milliseconds{ms};
  return true;
}

/// `Z`, `+09:00`, `-03:30`, or nothing, which means the port's own clock.
bool read_offset(Cursor& in, Duration& offset) {
  offset = utc_offset;
  if (in.done()) return true;
  if (in.literal('Z')) {
    offset = Duration::zero();
    return true;
  }
  const bool west = in.literal('-');
  int h = 0;
  int m = 0;
  if (!west && !in.literal('+')) return false;
  if (!in.digits(2, 14, h) || !in.literal(':') || !in.digits(2, 59, m)) return false;
  offset = hours{h} + minutes{m};
  if (west) offset = -offset;
  return true;
}

std::string clock_text(Duration within_day) {
  const std::chrono::hh_mm_ss parts{within_day};
  auto text = fmt::format("{:02}:{:02}:{:02}", parts.hours().count(), parts.minutes().count(),
                          parts.seconds().count());
  if (parts.subseconds().count() != 0) text += fmt::format(".{:03}", parts.subseconds().count());
  return text;
}

}  // namespace

SimTime midnight(CivilDate date) {
  const auto days = std::chrono::sys_days{ymd(date)}.time_since_epoch();
  return SimTime{Days{days.count()}};
}

CivilDate date_of(SimTime at) {
  const auto days = std::chrono::floor<Days>(at.time_since_epoch());
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days.count())}}};
  return {int{date.year()}, unsigned{date.month()}, unsigned{date.day()}};
}

Duration time_of_day(SimTime at) {
  const auto since_epoch = at.time_since_epoch();
  return since_epoch - std::chrono::floor<Days>(since_epoch);
}

int weekday_of(SimTime at) {
  const auto days = std::chrono::floor<Days>(at.time_since_epoch()).count();
  // 1970-01-01 was a Thursday, the 3rd day after Monday.
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

std::optional<SimTime> parse_time(std::string_view text) {
  Cursor in{text};
  CivilDate date;
  if (!read_date(in, date)) return std::nullopt;
  if (in.done()) return midnight(date);
  Duration within_day{};
  Duration offset{};
  if (!in.literal(' ') && !in.literal('T')) return std::nullopt;
  if (!read_time_of_day(in, within_day) || !read_offset(in, offset) || !in.done()) {
    return std::nullopt;
  }
  return midnight(date) + within_day + (utc_offset - offset);
}

std::string to_text(SimTime at) {
  if (at == never) return "never";
  const auto date = date_of(at);
  return fmt::format("{:04}-{:02}-{:02} {}", date.year, date.month, date.day,
                     clock_text(time_of_day(at)));
}

std::string to_text(Duration span) {
  if (span < Duration::zero()) {
    // The least count has no positive twin; nobody simulates 292 million years.
    return fmt::format("-{}", to_text(span == Duration::min() ? Duration::max() : -span));
  }
  const auto days = std::chrono::floor<Days>(span);
  const auto rest = clock_text(span - days);
  return days.count() == 0 ? rest : fmt::format("{} d {}", days.count(), rest);
}

}  // namespace portflow
