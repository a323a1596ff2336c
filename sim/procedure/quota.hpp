/// \file quota.hpp
/// Which slots of a timetable take place where it is known how many came in a year.
#pragma once

#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "spec/demand.hpp"

namespace portflow::procedure {

/// Chooses `each_year` of the slots of a calendar year, every choice of so many being equally
/// likely. The choice depends on seed, replication, source and year, not on the horizon.
/// Source: D. E. Knuth (1998), The Art of Computer Programming 2, 3.4.2, algorithm S.
class Quota {
 public:
  /// Whether `slot` takes place. \pre `slot` is one of `arrivals.times`; `each_year` is not 0.
  /// \param source  stable hash of the source's name
  [[nodiscard]] bool admits(SimTime slot, const spec::Arrivals& arrivals, const Draws& draws,
                            std::uint64_t source, Point point);

 private:
  void choose(int year, const spec::Arrivals& arrivals, const Draws& draws, std::uint64_t source,
              Point point);

  int year_{0};
  const spec::Arrivals* arrivals_{nullptr};  ///< by whose timetable was chosen
  std::vector<SimTime> chosen_;              ///< in order of time
};

}  // namespace portflow::procedure
