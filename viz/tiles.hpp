/// \file tiles.hpp
/// The six figures over the map, each a function of time with its last seven days.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/labels.hpp"

namespace portflow::viz {

class Levels;

/// What a tile's number counts.
enum class Unit : std::uint8_t { boxes, ships, people, entities, milliseconds };

/// One figure; values in `unit`.
struct Tile {
  Text title{};
  Unit unit{Unit::entities};
  std::function<std::optional<double>(SimTime)> value{}; ///< empty: nothing to say then
  double target{0};                                     ///< upper bound; 0 for none
  std::vector<std::optional<float>> samples{};          ///< every sample_step from `from`
  SimTime from{};
  static constexpr Duration sample_step{6 * 3600 * 1000};

  /// Samples of the seven days before `at`, the value at `at` last.
  [[nodiscard]] std::vector<float> last_week(SimTime at) const;
};

/// The figures that this trace can give, at most six, most telling first: boxes, ships,
/// gates and border halls where it has them, else plain counts of a queueing system.
[[nodiscard]] std::vector<Tile> make_tiles(const trace::Schema& schema, const trace::Batch& batch,
                                           const Levels& levels);

}  // namespace portflow::viz
