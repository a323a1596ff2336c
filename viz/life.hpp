/// \file life.hpp
/// What a trace tells of one entity: who it is, its critical path, and why it waits at an instant.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/causes.hpp"

namespace portflow::viz {

/// A stretch of one step on the path strip.
struct StripRow {
  std::uint16_t step{trace::no_code};
  std::size_t first{0}, count{0};  ///< parts of Life::path
};

struct Life {
  trace::Born born;
  std::vector<double> attributes;  ///< of its role, in the order of the schema
  std::string name;
  std::vector<std::string> parents;  ///< names, the nearest first
  bool known{false};                 ///< whether the trace knows of its birth
  bool paths_written{false};         ///< whether the trace holds critical paths at all
  std::optional<trace::Ended> ended;
  std::vector<trace::PathPart> path;             ///< in the order of time; empty while unfinished
  std::vector<trace::StepDone> steps;            ///< its own, by their end
  std::vector<trace::Moved> moves;               ///< by their begin
  std::map<trace::EntityId, std::string> names;  ///< of owners and holders on the path

  /// The part of the path in which `at` lies; null where there is none.
  [[nodiscard]] const trace::PathPart* at(SimTime at) const;
  /// Milliseconds by cause from birth to `until`.
  [[nodiscard]] CauseTicks account(SimTime until) const;
  /// The path by step, in the order in which the steps are first met, at most `most` rows.
  [[nodiscard]] std::vector<StripRow> strip(std::size_t most) const;
  [[nodiscard]] const std::string& name_of(trace::EntityId entity) const;
};

}  // namespace portflow::viz
