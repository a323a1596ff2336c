/// \file day.hpp
/// The day of an instant.
#pragma once

#include "core/time.hpp"

namespace portflow::trace {

/// 24:00 of the day of `at`. At the ends of the clock, where a damaged file may lead, some
/// later instant: the last one there is stands for no end.
[[nodiscard]] inline SimTime end_of_day(SimTime at) {
  if (at > SimTime::max() - Days{2}) return SimTime::max();
  if (at < SimTime::min() + Days{2}) return SimTime::min() + Days{3};
  return std::chrono::floor<Days>(at) + Days{1};
}

}  // namespace portflow::trace
