/// \file stays.hpp
/// Ships that lie still: at anchor off the pilot ground and alongside a quay.
///
/// The trace tells when a mover is under way; between the end of one move and the begin of
/// its next a ship lies where the two meet. Its last move is no stay: whoever has left the
/// map is gone.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
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
  /// Takes moves in the order of the record, each ship's by their begins.
  class Maker {
   public:
    explicit Maker(const trace::Schema& schema);
    /// \param move  of a ship
    void add(const trace::Moved& move);
    void end(trace::EntityId ship) { last_.erase(ship); }
    /// \param small  ids of small ships, sorted
    [[nodiscard]] Stays close(const std::vector<trace::EntityId>& small);

   private:
    struct Place {
      std::optional<Haven> haven;  // empty for what is no place of the port
      LonLat at;
    };
    std::vector<Place> ends_;  // by route
    std::vector<Flow> flow_;   // by role
    std::vector<Stay> rows_;
    std::unordered_map<trace::EntityId, trace::Moved> last_;
  };

  /// Ships at rest at `at`, in the order of their coming.
  [[nodiscard]] std::vector<Stay> at(SimTime at) const;
  [[nodiscard]] std::size_t count(SimTime at, Haven haven) const;

 private:
  void give_spots();

  std::vector<Stay> rows_;  // by from
  Duration longest_{0};
};

}  // namespace portflow::viz
