#include "core/unit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"

namespace portflow {
namespace {

constexpr double minute = 60e3;
constexpr double hour = 60 * minute;
constexpr double day = 24 * hour;

/// Ascending within a dimension, so that the last that divides a bound shows it best.
constexpr Unit table[] = {
    {"%", Dimension::share, 0.01},
    {"ms", Dimension::time, 1},
    {"s", Dimension::time, 1e3},
    {"min", Dimension::time, minute},
    {"h", Dimension::time, hour},
    {"d", Dimension::time, day},
    {"w", Dimension::time, 7 * day},
    {"month", Dimension::time, 30.4375 * day, true},
    {"months", Dimension::time, 30.4375 * day, true},
    {"year", Dimension::time, 365.25 * day, true},
    {"years", Dimension::time, 365.25 * day, true},
    {"wd", Dimension::working_time, day, true},
    {"CNY", Dimension::money, 100},
    {"TEU", Dimension::volume, 1},
    {"t", Dimension::mass, 1},
    {"m", Dimension::distance, 1},
    {"km", Dimension::distance, 1000},
    {"nm", Dimension::distance, 1852},
    {"km/h", Dimension::speed, 1000},
    {"kn", Dimension::speed, 1852},
    {"CNY/km", Dimension::money_per_distance, 0.1},
    {"CNY/h", Dimension::money_per_time, 100},
};

}  // namespace

std::span<const Unit> all_units() {
  return table;
}

std::optional<Unit> find_unit(std::string_view name) {
  if (name.empty() || name == "1") return Unit{};
  const auto* found = std::ranges::find_if(
      table, [&](const Unit& unit) { return unit.name == name && !unit.calendar; });
  return found == std::end(table) ? std::nullopt : std::optional{*found};
}

std::vector<std::string> units_of(Dimension dimension) {
  std::vector<std::string> names;
  for (const Unit& unit : table) {
    if (unit.dimension == dimension && !unit.calendar) names.emplace_back(unit.name);
  }
  return names;
}

bool is_bare(Dimension dimension) {
  return dimension == Dimension::plain || dimension == Dimension::count ||
         dimension == Dimension::share;
}

std::string_view base_unit(Dimension dimension) {
  switch (dimension) {
    case Dimension::plain:
    case Dimension::share:
    case Dimension::count:
      return "1";
    case Dimension::time:
    case Dimension::working_time:
      return "ms";
    case Dimension::money:
      return "fen";
    case Dimension::volume:
      return "TEU";
    case Dimension::mass:
      return "t";
    case Dimension::distance:
      return "m";
    case Dimension::speed:
      return "m/h";
    case Dimension::money_per_distance:
      return "fen/m";
    case Dimension::money_per_time:
      return "fen/h";
  }
  return "";
}

Dimension measured_in(std::string_view base) {
  for (const Unit& unit : table) {
    if (base_unit(unit.dimension) == base && base != "1") return unit.dimension;
  }
  return Dimension::plain;
}

std::string_view noun(Dimension dimension) {
  switch (dimension) {
    case Dimension::plain:
      return "a number without a unit";
    case Dimension::share:
      return "a share";
    case Dimension::count:
      return "a whole number";
    case Dimension::time:
      return "a time";
    case Dimension::working_time:
      return "working days";
    case Dimension::money:
      return "money";
    case Dimension::volume:
      return "a volume";
    case Dimension::mass:
      return "a mass";
    case Dimension::distance:
      return "a distance";
    case Dimension::speed:
      return "a speed";
    case Dimension::money_per_distance:
      return "money per distance";
    case Dimension::money_per_time:
      return "money per time";
  }
  return "";
}

std::string wanted(Dimension dimension) {
  const auto names = units_of(dimension);
  if (names.empty()) return std::string{noun(dimension)};
  return fmt::format("{} ({})", noun(dimension), listed(names));
}

}  // namespace portflow
