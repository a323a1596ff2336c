/// \file tiles.hpp
/// The six figures over the map, each a function of time with its last seven days.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kpi/definition.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/labels.hpp"

namespace portflow::viz {

class Levels;

/// One figure.
struct Tile {
  trace::Label title{};
  std::string unit{};  ///< as a KPI names it (h, min, %, TEU, ...); ms is shown as a span
  Text window{Text::last_7_days};                         ///< what the value is over
  std::function<std::optional<double>(SimTime)> value{};  ///< empty: nothing to say then
  kpi::Better better{kpi::Better::neither};
  std::optional<double> target{};               ///< in `unit`
  std::vector<std::optional<float>> samples{};  ///< every sample_step from `from`
  SimTime from{};
  static constexpr Duration sample_step{6 * 3600 * 1000};

  /// Samples of the seven days before `at`, the value at `at` last.
  [[nodiscard]] std::vector<float> last_week(SimTime at) const;
  /// Whether `value` fails the target; never where there is none.
  [[nodiscard]] bool misses(double value) const;
};

/// The first six KPIs of the scenario; where it defines none, plain counts of a queueing
/// system.
[[nodiscard]] std::vector<Tile> make_tiles(const trace::Schema& schema, const trace::Batch& batch,
                                           const Levels& levels);

}  // namespace portflow::viz
