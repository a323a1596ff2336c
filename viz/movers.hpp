/// \file movers.hpp
/// Who is under way at an instant, and where: an interval index over the Moved rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/geo.hpp"
#include "viz/stays.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

/// How a mover is drawn.
/// A `wagon` is a box that goes by rail while the trace tells of no train that takes it.
enum class Mode : std::uint8_t { ship, truck, train, aircraft, wagon };
inline constexpr std::size_t mode_count = 5;

/// One mover at one instant.
struct Mover {
  std::uint32_t row{0};  ///< of the table of moves
  trace::EntityId entity{0};
  Mode mode{Mode::truck};
  Flow flow{Flow::mixed};  ///< of a train: what most of its boxes are
  bool small{false};       ///< a feeder, or a short ship
  std::uint16_t route{0};
  double along{0};  ///< share of the route behind it, 0..1
};

/// A polyline with its running length, for positions by share.
class Path {
 public:
  Path() = default;
  explicit Path(std::vector<LonLat> points);
  /// The place at `share` (clamped to 0..1) of the length, and the direction of travel there.
  struct Pose {
    LonLat at;
    LonLat ahead;  ///< a second point in the direction of travel
  };
  [[nodiscard]] Pose pose(double share) const;
  [[nodiscard]] const std::vector<LonLat>& points() const noexcept { return points_; }
  [[nodiscard]] double length_km() const noexcept { return run_.empty() ? 0 : run_.back(); }

 private:
  std::vector<LonLat> points_;
  std::vector<double> run_;  // km from the start to each point
};

class Movers {
 public:
  Movers() = default;
  Movers(const trace::Schema& schema, const trace::Batch& batch);

  /// Everyone with begin <= at < end, in the order of begin.
  /// Costs O(log n + found), whatever the length of the trace.
  [[nodiscard]] std::vector<Mover> at(SimTime at) const;
  /// How many there are then, without looking at each.
  [[nodiscard]] std::size_t count(SimTime at) const;

  /// Whether anybody under way, ever, is of this flow.
  [[nodiscard]] bool carries(Flow flow) const noexcept {
    return carried_[static_cast<std::size_t>(flow)];
  }
  /// Ships that lie still meanwhile.
  [[nodiscard]] const Stays& stays() const noexcept { return stays_; }
  [[nodiscard]] const std::vector<Path>& paths() const noexcept { return paths_; }
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  /// The instant, to the hour, at which most are under way; empty when nobody ever is.
  [[nodiscard]] std::optional<SimTime> busiest() const;

 private:
  struct Row {
    SimTime begin, end;
    trace::EntityId entity;
    std::uint16_t route;
    Mode mode;
    Flow flow;
    bool small;
  };
  void collect(std::size_t level, std::size_t block, SimTime at, std::vector<Mover>& out) const;

  std::vector<Row> rows_;                     // by begin
  std::vector<SimTime> begins_, ends_;        // each sorted by itself
  std::vector<std::vector<SimTime>> latest_;  // per level, the latest end of each block
  std::vector<Path> paths_;                   // by route
  Stays stays_;
  std::array<bool, flow_count> carried_{};
};

}  // namespace portflow::viz
