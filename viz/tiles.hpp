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
#include "viz/rolling.hpp"

namespace portflow::viz {

class Levels;

/// One figure.
struct Tile {
  std::string name{};  ///< by which tiles of two traces are paired
  trace::Label title{};
  trace::Label definition{};  ///< what exactly it is, where the scenario says
  std::string unit{};         ///< as a KPI names it (h, min, %, TEU, ...); ms is shown as a span
  Text window{Text::last_7_days};                         ///< what the value is over
  std::function<std::optional<double>(SimTime)> value{};  ///< empty: nothing to say then
  /// The same over another window before an instant.
  std::function<std::optional<double>(SimTime, Duration)> over{};
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

/// Makes the first six KPIs of the scenario; where it defines none, plain counts of a queueing
/// system. Takes batches in the order of the run.
class TileMaker {
 public:
  explicit TileMaker(const trace::Schema& schema);
  void consume(const trace::Batch& batch);
  /// \param levels  outlives the tiles
  [[nodiscard]] std::vector<Tile> close(const Levels& levels);

 private:
  void add_plain(const Levels& levels, std::vector<Tile>& tiles);

  SimTime from_, to_;
  RollingKpis kpis_;
  Rolling born_, ended_, totals_;
};

}  // namespace portflow::viz
