#include "network/timetable.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace portflow::network {
namespace {

constexpr Duration day = std::chrono::hours{24};
constexpr Duration week = 7 * day;

}  // namespace

Timetable::Timetable(const std::vector<std::pair<int, Duration>>& times) {
  PORTFLOW_ASSERT(!times.empty(), "a timetable without departures");
  departures_.reserve(times.size());
  for (const auto& [weekday, time] : times) departures_.push_back(weekday * day + time);
  std::ranges::sort(departures_);
}

Duration Timetable::until_next(SimTime at) const {
  const Duration now = weekday_of(at) * day + (at - midnight(date_of(at)));
  const auto next = std::ranges::lower_bound(departures_, now);
  return next != departures_.end() ? *next - now : departures_.front() + week - now;
}

Duration Timetable::mean() const {
  double squares = 0;
  Duration last = departures_.back() - week;
  for (const Duration departure : departures_) {
    const auto gap = static_cast<double>((departure - last).count());
    squares += gap * gap;
    last = departure;
  }
  return Duration{static_cast<std::int64_t>(squares / 2 / static_cast<double>(week.count()))};
}

}  // namespace portflow::network
