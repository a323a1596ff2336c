/// \file timetable.hpp
/// When something leaves, week after week, and how long whoever comes waits for it.
#pragma once

#include <utility>
#include <vector>

#include "core/time.hpp"

namespace portflow::network {

class Timetable {
 public:
  /// \param times  weekday (0: Monday) and time of day of each departure; at least one
  explicit Timetable(const std::vector<std::pair<int, Duration>>& times);

  /// From `at` until the next departure; nothing where something leaves at that very instant.
  [[nodiscard]] Duration until_next(SimTime at) const;
  /// The same for whoever comes at any instant of a week: half of the mean square of the gaps over
  /// their mean.
  [[nodiscard]] Duration mean() const;

 private:
  std::vector<Duration> departures_;  ///< since Monday 00:00, ascending
};

}  // namespace portflow::network
