/// \file quays.hpp
/// Quays with their berths in a row, and which berth each ship that lies still has.
///
/// The trace counts berths and names none. So berths are numbered along the quay, a ship takes the
/// least number that is free when it comes, and the quay's line runs through quays of one family
/// (the phases of a terminal) or, where a quay stands alone, across the way by which ships come.
#pragma once

#include <vector>

#include "trace/schema.hpp"
#include "viz/geo.hpp"
#include "viz/levels.hpp"

namespace portflow::viz {

/// A direction on the ground, of length 1; x east, y north.
struct Heading {
  double x{1}, y{0};
};

struct Quay {
  std::uint16_t facility{0};
  std::uint16_t resource{0};  ///< its berths
  LonLat at;                  ///< its middle
  LonLat route_end;           ///< where ships stop that come here, as their routes say
  std::uint32_t berths{1};
  std::uint32_t first{0};   ///< number of its first berth within its family, from 0
  std::uint32_t family{0};  ///< quays of one family share a line
  std::uint32_t family_berths{1};
  LonLat family_middle;
  Heading along, seaward;
};

class Quays {
 public:
  Quays() = default;
  Quays(const trace::Schema& schema, const Levels& levels);
  [[nodiscard]] const std::vector<Quay>& all() const noexcept { return quays_; }
  /// The quay at which routes that end at `place` end; null where none does.
  [[nodiscard]] const Quay* at(LonLat place) const;

 private:
  std::vector<Quay> quays_;
};

/// What a berth takes of a quay [km]: a ship of 300 m and her lines.
inline constexpr double berth_km = 0.34;

}  // namespace portflow::viz
