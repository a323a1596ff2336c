/// \file stays.hpp
/// Ships that lie still: at anchor off the pilot ground and alongside a quay.
///
/// The trace tells when a mover is under way; between the end of one move and the begin of
/// its next a ship lies where the two meet. Its last move is no stay: whoever has left the
/// map is gone.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/geo.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

/// Where a ship may lie.
enum class Haven : std::uint8_t { anchorage, berth };

/// One ship at rest.
struct Stay {
  SimTime from{}, to{};  ///< over [from, to)
  trace::EntityId entity{0};
  LonLat at;
  std::uint32_t spot{0};  ///< least number that no other ship at this place has meanwhile
  Haven haven{Haven::berth};
  Flow flow{Flow::mixed};
  bool small{false};
};

class Stays {
 public:
  Stays() = default;
  /// \param moves  of ships, in any order
  /// \param small  ids of small ships, sorted
  Stays(const trace::Schema& schema, std::vector<trace::Moved> moves,
        const std::vector<trace::EntityId>& small);

  /// Ships at rest at `at`, in the order of their coming.
  [[nodiscard]] std::vector<Stay> at(SimTime at) const;
  [[nodiscard]] std::size_t count(SimTime at, Haven haven) const;

 private:
  void give_spots();

  std::vector<Stay> rows_;  // by from
  Duration longest_{0};
};

}  // namespace portflow::viz
