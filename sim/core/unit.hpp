/// \file unit.hpp
/// What numbers measure, and the units that their texts may carry.
///
/// One table for everything that reads a unit: fields of a scenario, conditions, measures, KPIs.
/// A number is held in the base unit of its dimension, so that units convert by being read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portflow {

/// What a number measures; decides which units its text may carry.
enum class Dimension : std::uint8_t {
  plain,               ///< no unit
  share,               ///< 85 %, or a plain number 0..1
  count,               ///< a whole number, with or without a word
  time,                ///< ms s min h d w
  working_time,        ///< wd: opening days of a calendar (base: ms, a day's worth)
  money,               ///< CNY (base: fen)
  volume,              ///< TEU (base: TEU, so that 45 ft is 2.25)
  mass,                ///< t
  distance,            ///< m km nm (nautical miles)
  speed,               ///< km/h kn (base: metres per hour)
  money_per_distance,  ///< CNY/km (base: fen per metre)
  money_per_time,      ///< CNY/h (base: fen per hour)
};

struct Unit {
  std::string_view name;
  Dimension dimension{Dimension::plain};
  double factor{1};      ///< base units in one
  bool calendar{false};  ///< month, year, wd: only where a field says so
};

/// Every unit; ascending within a dimension.
[[nodiscard]] std::span<const Unit> all_units();
/// The unit of that name; `1` and the empty text are those of plain numbers. Empty for an
/// unknown one and for months and years.
[[nodiscard]] std::optional<Unit> find_unit(std::string_view name);
/// The units of `dimension` without months and years, as written.
[[nodiscard]] std::vector<std::string> units_of(Dimension dimension);

/// Whether numbers of this dimension go without a unit.
[[nodiscard]] bool is_bare(Dimension dimension);
/// What a recorded number of this dimension counts: `ms`, `fen`, `TEU`, ...; `1` where nothing.
[[nodiscard]] std::string_view base_unit(Dimension dimension);
/// The dimension whose base unit is recorded as `base`; plain for any other word.
[[nodiscard]] Dimension measured_in(std::string_view base);
/// `a time`, `money`, ...
[[nodiscard]] std::string_view noun(Dimension dimension);
/// The same with the units to write: `a time (ms, s, min, h, d or w)`.
[[nodiscard]] std::string wanted(Dimension dimension);

}  // namespace portflow
