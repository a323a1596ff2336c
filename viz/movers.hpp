/// \file movers.hpp
/// Who is under way at an instant, and where.
///
/// A year has millions of moves, a trace any number: their rows stay in the file and are read by
/// windows (move_windows.hpp). Kept of each are two bytes, how the life of its mover went; kept
/// whole are moves of more than six hours, in an interval index.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/breaches.hpp"
#include "viz/fates.hpp"
#include "viz/geo.hpp"
#include "viz/move_windows.hpp"
#include "viz/stays.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

/// How a mover is drawn; a `wagon` is a box that goes by rail while the trace tells of no train
/// that takes it.
enum class Mode : std::uint8_t { ship, truck, train, aircraft, wagon };
inline constexpr std::size_t mode_count = 5;

/// One mover at one instant.
struct Mover {
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
  /// All rows at once, which it keeps.
  Movers(const trace::Schema& schema, const trace::Batch& batch);
  ~Movers();
  Movers(Movers&&) noexcept;
  Movers& operator=(Movers&&) noexcept;

  /// Or batch by batch in the order of the run, then close(); rows are read again from `source`.
  explicit Movers(const trace::Schema& schema);
  void consume(const trace::Batch& batch);
  void close();
  void read_from(MoveSource source) { windows_.read_from(std::move(source)); }
  /// Makes room for so many moves, since a table that grows needs twice its memory meanwhile.
  void expect(std::size_t moves) { fates_.expect(moves); }

  /// Everyone with begin <= at < end; valid until it is asked for another instant.
  /// Reads the windows that speak of it, where they are not at hand: not for several threads.
  [[nodiscard]] const std::vector<Mover>& at(SimTime at) const;
  /// How many there are at the end of the quarter of an hour of `at`, without reading.
  [[nodiscard]] std::size_t count_about(SimTime at) const;
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
  /// How many moves are drawn at some instant.
  [[nodiscard]] std::size_t size() const noexcept { return drawn_; }

 private:
  /// A move of more than MoveWindows::reach.
  struct Long {
    SimTime begin, end;
    trace::EntityId entity;
    std::uint32_t number;  // of its row in the table
    std::uint16_t route, role;
  };
  struct Building;

  /// Whether a move is kept whole, not in a window.
  [[nodiscard]] static bool is_long(const trace::Moved& move) noexcept {
    return move.end - move.begin > MoveWindows::reach || move.end - move.at > MoveWindows::reach ||
           move.at - move.begin > MoveWindows::reach || move.begin - move.at > MoveWindows::reach;
  }
  void take(const trace::Moved& move);
  void pair_trains(const std::vector<trace::Moved>& moves);
  void build_index();
  void show(trace::EntityId entity, std::uint32_t number, std::uint16_t role, std::uint16_t route,
            SimTime begin, SimTime end, SimTime at) const;
  void collect(std::size_t level, std::size_t block, SimTime at) const;
  [[nodiscard]] std::size_t bin_of(SimTime at) const noexcept;
  [[nodiscard]] std::uint8_t how(std::uint16_t role, std::uint16_t route) const noexcept {
    return how_[std::size_t{role} * paths_.size() + route];
  }

  static constexpr std::uint8_t not_drawn = 0xff;
  std::vector<std::uint8_t> how_;  // by role and route: a Mode, or not_drawn
  std::vector<Flow> flow_;         // by role
  std::vector<Path> paths_;        // by route
  MoveWindows windows_;
  Fates fates_;
  std::deque<Long> long_;                     // by begin, once closed; grows without being copied
  std::vector<SimTime> long_ends_;            // sorted by itself
  std::vector<std::vector<SimTime>> latest_;  // per level, the latest end of each block of long_
  std::vector<trace::EntityId> small_;        // small ships, sorted
  std::vector<std::pair<std::uint32_t, Flow>> train_flows_;  // by row number
  std::vector<std::optional<Duration>> medians_;             // by role
  SimTime base_{};                                           // where the bins begin
  std::vector<std::int32_t>
      changes_;  // set out less arrived by bin; once closed, how many there are
  std::size_t drawn_{0};
  Stays stays_;
  std::array<bool, flow_count> carried_{};
  std::unique_ptr<Building> building_;

  mutable std::optional<SimTime> shown_at_;
  mutable std::vector<Mover> shown_;
};

}  // namespace portflow::viz
