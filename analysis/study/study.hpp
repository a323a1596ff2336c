/// \file study.hpp
/// A study as data: a scenario, factors, and the design by which they are varied.
///
/// Factors keep their own types: a measure is on or off, a word is one of a few, a whole number
/// stays whole, a real one has its unit. A design works with coordinates from 0 to 1
/// (analysis/design); here they become settings. docs/reference/study.md has the language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/design/designs.hpp"
#include "core/error.hpp"
#include "run/run.hpp"
#include "spec/value.hpp"

namespace portflow::study {

/// What is varied.
struct Factor {
  enum class Kind : std::uint8_t { measure, words, whole, real };
  std::string name;
  Kind kind{Kind::real};
  std::string path;                ///< the field that is set; empty for measures
  std::vector<std::string> words;  ///< words; of measures: those of which one is on, beside none
  double least{0}, most{1};        ///< numbers, in `unit`
  std::string unit;
  std::size_t levels{2};  ///< how many a full design tries

  /// How many different settings there are; 0: no end of them.
  [[nodiscard]] std::size_t settings() const;
  /// `on`, `off`, `fifo`, `4`, `8.5 h`: the level at a coordinate from 0 to 1.
  [[nodiscard]] std::string text_at(double coordinate) const;
  /// Puts that level into a request.
  void apply(double coordinate, run::Request& request) const;
};

struct Design {
  enum class Kind : std::uint8_t {
    list,
    full,
    fractional,
    plackett_burman,
    latin_hypercube,
    sobol,
    morris,
    one_at_a_time
  };
  Kind kind{Kind::full};
  int resolution{4};            ///< fractional
  bool folded{false};           ///< plackett_burman
  std::size_t points{0};        ///< latin_hypercube
  std::size_t base{0};          ///< sobol
  std::size_t trajectories{0};  ///< morris
  std::size_t levels{4};        ///< morris
  design::Matrix listed;        ///< list
};

[[nodiscard]] std::string_view name_of(Design::Kind kind) noexcept;

struct Study {
  std::string name, file;
  run::Request base;  ///< what all points share
  std::uint32_t replications{5};
  std::vector<std::string> kpis;  ///< that are tabled and analysed; empty: all of the scenario
  std::vector<Factor> factors;
  Design design;
};

/// The points of the design, by coordinates.
[[nodiscard]] design::Matrix points_of(const Study& study);

/// Reads and checks a study: words, numbers, the fields and measures that it names, and whether
/// the scenario takes the levels. \returns every error at once, in order of line and column.
[[nodiscard]] Result<Study> read_study(const std::string& file);

}  // namespace portflow::study
