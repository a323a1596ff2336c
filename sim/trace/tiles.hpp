/// \file tiles.hpp
/// Coarser steps of the curves of resources and of the traffic on routes, made while a run is
/// written: what a picture of a year needs, in a few hundred rows a curve.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "trace/digest_rows.hpp"

namespace portflow::trace {

/// Lengths of the tiles, each a multiple of the one before; they begin at multiples of their
/// length since 1970-01-01 00:00.
inline constexpr std::array<Duration, 3> tile_spans{std::chrono::hours{4}, Days{1}, Days{8}};

/// Sums Level rows to tiles. A tile ends where its last interval does: it is given out when a
/// later row comes, and at the end.
class LevelTiles {
 public:
  void take(std::span<const Level> rows, std::vector<LevelTile>& due);
  void finish(std::vector<LevelTile>& due);

 private:
  struct Rung {
    SimTime end{};  ///< of the tile in hand
    bool open{false};
    std::vector<LevelTile> sums;  ///< by resource; span 0 where it has no row
  };
  /// Gives out every tile that ends before `at`, the earlier ones first.
  void close(SimTime at, std::vector<LevelTile>& due);

  std::array<Rung, tile_spans.size()> rungs_;
};

/// Counts who is under way on each route. A mover is known from when it was recorded on.
class LaneTiles {
 public:
  void take(std::span<const Moved> rows, std::vector<LaneTile>& due);
  void finish(std::vector<LaneTile>& due);

 private:
  struct Open {
    SimTime begin{}, end{};
    std::uint16_t route{0};
  };
  void close_until(SimTime at, std::vector<LaneTile>& due);
  /// Sums the finest tile in hand, and the coarser ones that end with it.
  void close_finest(std::vector<LaneTile>& due);
  LaneTile& sum(std::size_t rung, std::uint16_t route);

  bool begun_{false};
  SimTime end_{};  ///< of the finest tile in hand
  std::vector<Open> open_;
  std::array<std::vector<LaneTile>, tile_spans.size()> sums_;  ///< by route
};

}  // namespace portflow::trace
