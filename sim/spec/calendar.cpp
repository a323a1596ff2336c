#include "spec/calendar.hpp"

#include <algorithm>

namespace portflow::spec {
namespace {

bool contains(const std::vector<CivilDate>& sorted, CivilDate date) {
  return std::ranges::binary_search(sorted, date);
}

/// The shifts that begin on `date`. A shift belongs to the day on which it begins: a night
/// shift runs on into a holiday, and none begins on the evening of one.
const std::vector<Hours>& shifts_of(const Calendar& calendar, CivilDate date) {
  static const std::vector<Hours> none;
  if (contains(calendar.closed_on, date)) return none;
  if (contains(calendar.made_up, date)) return calendar.week[0];
  return calendar.week[static_cast<std::size_t>(weekday_of(midnight(date)))];
}

}  // namespace

bool Calendar::open_at(SimTime at) const {
  if (always) return true;
  const auto today = midnight(date_of(at));
  for (const auto day : {today - Days{1}, today}) {
    for (const Hours& hours : shifts_of(*this, date_of(day))) {
      if (day + hours.from <= at && at < day + hours.to) return true;
    }
  }
  return false;
}

bool Calendar::opens_on(SimTime at) const {
  return always || !shifts_of(*this, date_of(at)).empty();
}

SimTime Calendar::after_working(SimTime at, Duration working) const {
  SimTime day = midnight(date_of(at));
  const SimTime hopeless = day + Days{3653};
  for (; day < hopeless; day += Days{1}, at = day) {
    if (!opens_on(day)) continue;
    const Duration left = day + Days{1} - at;
    if (working < left) return at + working;
    working -= left;
    // What is used up at midnight ends there, not after a weekend.
    if (working == Duration::zero()) return day + Days{1};
  }
  return at + working;
}

SimTime Calendar::next_change(SimTime at) const {
  if (always) return never;
  const bool open = open_at(at);
  const auto today = midnight(date_of(at));
  // Beyond the last exception the week repeats, so that ten days show every change there is.
  auto last = today;
  for (const auto* dates : {&closed_on, &made_up}) {
    if (!dates->empty()) last = std::max(last, midnight(dates->back()));
  }
  for (auto day = today - Days{1}; day <= last + Days{10}; day += Days{1}) {
    SimTime first = never;
    const auto consider = [&](SimTime instant) {
      if (instant > at && instant < first && open_at(instant) != open) first = instant;
    };
    // Yesterday's shifts may end after today's begin: both days are looked at together.
    for (const auto begun : {day, day + Days{1}}) {
      for (const Hours& hours : shifts_of(*this, date_of(begun))) {
        consider(begun + hours.from);
        consider(begun + hours.to);
      }
    }
    if (first != never) return first;
  }
  return never;
}

}  // namespace portflow::spec
