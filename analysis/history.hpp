/// \file history.hpp
/// What a record holds of chosen entities: when they ended, their paths, their steps, and what was
/// booked on them.
#pragma once

#include <optional>
#include <vector>

#include "analysis/path.hpp"
#include "analysis/record.hpp"
#include "analysis/spans.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

struct History {
  trace::EntityId entity{trace::no_entity};
  std::optional<trace::Ended> ended;   ///< empty while unfinished, or where its path was lost
  std::vector<trace::PathPart> path;   ///< in the order of time; empty while unfinished
  std::vector<trace::StepDone> steps;  ///< that ended, by their end
  std::vector<trace::Booked> booked;   ///< on it, of all ledgers, in the order of time
};

/// The window of a whole life, or of a KPI's span where `span` is one; empty where it is not known,
/// or has no path yet.
[[nodiscard]] std::optional<Window> window_of(const History& history, const kpi::Observation* span);

/// The span of one entity that the KPI measures; empty for no KPI.
/// \returns an input fault where the KPI does not measure it.
[[nodiscard]] Result<std::optional<kpi::Observation>> span_of(const Record& record,
                                                              trace::EntityId entity,
                                                              const std::string& kpi);

/// The histories of `entities`, in their order; one pass over the file.
/// \returns an input fault where the record holds no paths, or is damaged.
[[nodiscard]] Result<std::vector<History>> histories_of(
    const Record& record, const std::vector<trace::EntityId>& entities);

}  // namespace portflow::analysis
