/// \file calendar.hpp
/// When something is open: weekly hours, dated exceptions, holidays with make-up days, weather.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/distribution.hpp"
#include "core/time.hpp"

namespace portflow::spec {

/// Hours within a day, [from, to); `22:00-06:00` runs over midnight (to > 24 h).
struct Hours {
  Duration from{}, to{};
  friend bool operator==(const Hours&, const Hours&) = default;
};

/// January first.
using Months = std::array<bool, 12>;
inline constexpr Months all_months{true, true, true, true, true, true,
                                   true, true, true, true, true, true};

/// Weather that shuts what the calendar keeps: fair for `every`, then foul for `lasts`.
struct Weather {
  std::string name;
  Months months{all_months};  ///< in which it may begin
  Distribution every, lasts;
  friend bool operator==(const Weather&, const Weather&) = default;
};

/// `weekly`, `daily`, `closed_on`, `made_up`, `never`; an empty map is always open.
struct Calendar {
  std::string name;
  bool always{false};
  std::array<std::vector<Hours>, 7> week;  ///< Monday first; sorted, disjoint
  std::vector<CivilDate> closed_on;        ///< closed all day (sorted)
  std::vector<CivilDate> made_up;          ///< worked like a Monday though weekend (sorted)
  std::vector<Weather> weather;            ///< by name; when it strikes is drawn, not written
  friend bool operator==(const Calendar&, const Calendar&) = default;

  /// By hours and dates, whatever the weather.
  [[nodiscard]] bool open_at(SimTime at) const;
  /// The first instant after `at` at which open_at changes; `never` when it does not.
  [[nodiscard]] SimTime next_change(SimTime at) const;
  /// Whether it opens at all on the day of `at`.
  [[nodiscard]] bool opens_on(SimTime at) const;
  /// When `working` has passed since `at`, where only days on which it opens count, each with all
  /// its 24 hours: two working days from Friday 15:00 end on Tuesday 15:00.
  /// \pre it opens on some day of every ten years.
  [[nodiscard]] SimTime after_working(SimTime at, Duration working) const;
};

}  // namespace portflow::spec
