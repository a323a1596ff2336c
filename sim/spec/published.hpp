/// \file published.hpp
/// What is known of the port from outside: figures that a good scenario comes to by itself.
///
///     published:
///       truck_time:
///         check: 1
///         title: {zh: 集卡在港时间, en: Truck time in port}
///         of: truck_time
///         unit: min
///         value: 12 min
///         range: [11.4 min, 12.6 min]
///         how: fitted
///         source: lnd_2024
///         confidence: sourced
///
/// They change nothing in a run: no measure may edit them, and they do not count as evidence for
/// the scenario's numbers. `portflow validate` holds runs against them, `portflow calibrate` tunes
/// to those that are not held out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "spec/formula.hpp"
#include "spec/node.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

struct Published {
  /// How the scenario comes to the figure. `set`: it was typed in, and comes out but for chance;
  /// `fitted`: an assumed number was turned until it came out; `result`: nothing was turned;
  /// `absent`: it is not modelled, and listed so that nobody takes it for reached.
  enum class How : std::uint8_t { set, fitted, result, absent };
  std::string name;
  std::optional<int> check;  ///< its number in a list of checks, where there is one
  Label title;
  Formula of;
  bool per_year{false};  ///< counts of the cohort's period, as counts of 365 days
  std::string unit;      ///< of all its numbers; a unit of the language or any word
  std::optional<double> value;
  std::optional<double> least, most;  ///< what is in range, both ends included
  How how{How::result};
  bool held_out{false};  ///< nothing may be tuned to it
  Label because;         ///< why it misses, or how the range was chosen
  std::string source;
  std::optional<Confidence> confidence;
  Place place;     ///< of the entry
  Place of_place;  ///< of its formula

  [[nodiscard]] bool in_range(double found) const noexcept {
    return (!least || found >= *least) && (!most || found <= *most);
  }
};

[[nodiscard]] std::string_view name_of(Published::How how) noexcept;

}  // namespace portflow::spec
