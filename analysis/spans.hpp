/// \file spans.hpp
/// The spans that a KPI measures in a trace, entity by entity; or whole lives.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/record.hpp"
#include "core/error.hpp"
#include "kpi/fold.hpp"

namespace portflow::analysis {

/// What a span KPI measures in a trace, and those entities that it cannot measure yet.
struct Spans {
  std::string kpi;   ///< `import_clearance_time`, or a group of it; empty: whole lives
  std::string unit;  ///< of the KPI
  std::vector<kpi::Observation> entities;  ///< by entity
};

/// Reads the spans of a KPI (empty: the first one of the scenario).
/// \returns an input fault for a name that is none, with the nearest one.
[[nodiscard]] Result<Spans> spans_of(const Record& record, const std::string& kpi);

/// From creation to end, of every entity of the cohort.
[[nodiscard]] Result<Spans> lives_of(const Record& record);

/// The span of one entity; null where it is not among them.
[[nodiscard]] const kpi::Observation* find(const Spans& spans, trace::EntityId entity);

/// How long a span lasted; empty while it is open.
[[nodiscard]] std::optional<Duration> length_of(const kpi::Observation& span);

}  // namespace portflow::analysis
