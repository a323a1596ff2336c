/// \file kpi_causes.hpp
/// Why a span KPI is as great as it is: the causes of its mean, and of its slowest twentieth.
///
/// The path of every entity that the KPI counts is clipped to the KPI's span and added up, by cause
/// and by place. All sums are whole milliseconds over entities, so that the parts add up to the sum
/// of the spans exactly, and divided by the same count to the mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/path.hpp"
#include "analysis/record.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// Sums over a set of entities, ms.
struct CauseShare {
  std::uint64_t count{0};  ///< entities
  std::int64_t total{0};   ///< of their spans: causes and not_known add up to it
  CauseSums sums{};
  std::int64_t not_known{0};         ///< spans of those that are not done: they have no path yet
  std::uint64_t count_not_known{0};  ///< how many of them
};

/// Time at one place: which step (of whomever), which resource, why.
struct KpiPlace {
  std::uint16_t step{trace::no_code};  ///< no_code: word under way
  std::uint16_t resource{trace::no_code};
  Cause cause{Cause::working};
  std::int64_t all{0}, slow{0};  ///< ms over all entities, and over the slowest
};

struct KpiCauses {
  std::string kpi, unit;
  std::uint64_t unfinished{0};  ///< spans that are still open, in no sum
  std::optional<Duration> p95;  ///< the value of rank ceil(0.95 count); empty: nothing counted
  CauseShare all;
  CauseShare slow;               ///< the slowest twentieth: the ceil(count / 20) greatest values
  std::vector<KpiPlace> places;  ///< greatest `all` first; they add up to the sums
};

/// Explains a span KPI.
/// \returns an input fault for a wrong name, a record without paths, or a damaged one.
[[nodiscard]] Result<KpiCauses> causes_of(const Record& record, const std::string& kpi);

}  // namespace portflow::analysis
