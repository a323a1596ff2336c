/// \file movers.hpp
/// Who is under way at an instant, and where: an interval index over the Moved rows.
///
/// Kept small, since a year has millions of them: 24 bytes a move and four for its end in order.
/// Times are kept to a hundredth of a second or, over more than sixteen months, as coarse as 32
/// bits need.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/breaches.hpp"
#include "viz/geo.hpp"
#include "viz/stays.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

/// How a mover is drawn.
/// A `wagon` is a box that goes by rail while the trace tells of no train that takes it.
enum class Mode : std::uint8_t { ship, truck, train, aircraft, wagon };
inline constexpr std::size_t mode_count = 5;

/// How long a life takes, against half of its kind.
enum class Late : std::uint8_t { unknown, none, some, much };
/// For whoever did not wait, or has not ended.
inline constexpr std::uint8_t no_wait = 0xff;

/// One mover at one instant.
struct Mover {
  std::uint32_t row{0};  ///< of the table of moves
  trace::EntityId entity{0};
  Mode mode{Mode::truck};
  Flow flow{Flow::mixed};       ///< of a train: what most of its boxes are
  bool small{false};            ///< a feeder, or a short ship
  std::uint8_t cause{no_wait};  ///< what it waited for longest in its life; a number of Cause
  Late late{Late::unknown};
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
  /// The same as places of a plane: longitude and Mercator ordinate, for drawing many at once.
  [[nodiscard]] Pose plane_pose(double share) const;
  [[nodiscard]] const std::vector<LonLat>& points() const noexcept { return points_; }
  [[nodiscard]] double length_km() const noexcept { return run_.empty() ? 0 : run_.back(); }

 private:
  [[nodiscard]] Pose pose_on(const std::vector<LonLat>& points, double share) const;
  std::vector<LonLat> points_, plane_;
  std::vector<double> run_;  // km from the start to each point
};

class Movers {
 public:
  Movers();
  /// All rows at once.
  Movers(const trace::Schema& schema, const trace::Batch& batch);
  ~Movers();
  Movers(Movers&&) noexcept;
  Movers& operator=(Movers&&) noexcept;

  /// Or batch by batch in the order of the run, then close().
  explicit Movers(const trace::Schema& schema);
  void consume(const trace::Batch& batch);
  void close();
  /// Makes room for so many moves, since a table that grows needs twice its memory meanwhile.
  void expect(std::size_t moves) { rows_.reserve(moves); }

  /// Everyone with begin <= at < end, in the order of begin.
  /// Costs O(log n + found), whatever the length of the trace.
  [[nodiscard]] std::vector<Mover> at(SimTime at) const;
  /// How many there are then, without looking at each.
  [[nodiscard]] std::size_t count(SimTime at) const;
  /// The next (or previous) instant at which somebody sets out or arrives.
  [[nodiscard]] std::optional<SimTime> next_event(SimTime from, bool forward) const;

  /// Tells who is late, once what is usual is known.
  void judge(const Totals& totals);

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
  using Tick = std::uint32_t;
  struct Row {
    trace::EntityId entity;
    Tick begin, end;
    std::uint16_t route, role;
    std::uint16_t hours;  // of its life; unknown_hours while it has not ended
    std::uint8_t mode : 3, flow : 3, small : 1;
    std::uint8_t cause : 4, late : 2;  // 15: no wait
  };
  static_assert(sizeof(Row) == 24);
  static constexpr std::uint16_t unknown_hours = 0xffff;
  struct Building;

  [[nodiscard]] Tick tick(SimTime at) const noexcept;
  [[nodiscard]] SimTime time(Tick tick) const noexcept;
  void add(const trace::Moved& move, Mode mode, Flow flow);
  void end(const trace::Ended& ended);
  void add_trains();
  void build_index();
  void collect(std::size_t level, std::size_t block, Tick at, std::vector<Mover>& out) const;

  SimTime base_{};
  std::int64_t ms_a_tick_{10};
  std::vector<Row> rows_;                  // by begin, once closed
  std::vector<Tick> ends_;                 // sorted by itself
  std::vector<std::vector<Tick>> latest_;  // per level, the latest end of each block
  std::vector<Path> paths_;                // by route
  Stays stays_;
  std::array<bool, flow_count> carried_{};
  std::unique_ptr<Building> building_;
};

}  // namespace portflow::viz
