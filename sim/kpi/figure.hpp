/// \file figure.hpp
/// What one replication says of one KPI.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kpi/definition.hpp"
#include "trace/rows.hpp"

namespace portflow::kpi {

/// The value of one entity, for paired comparison.
struct EntityValue {
  trace::EntityId entity{trace::no_entity};
  double value{0};  ///< in the KPI's unit; for shares 0 or 1
  friend auto operator<=>(const EntityValue&, const EntityValue&) = default;
};

/// A point of a curve: a day of creation, or the end of a Level interval.
struct CurvePoint {
  SimTime at{};
  double value{0};  ///< in the KPI's unit
  friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

/// What is kept beyond the figures.
enum class Keep : std::uint8_t {
  figures,              ///< nothing
  daily,                ///< means by the day of creation
  entities_and_curves,  ///< these, values of each entity, and the queues of resources
};

/// One KPI of one replication. What was not observed, or has no meaning for its kind, is empty.
struct Figure {
  std::string name;
  std::string kind;       ///< span, share, count, unfinished, outage, wait, level, cause
  std::string statistic;  ///< what `value` is: mean, p50, p90, p95, max, share, sum
  std::string unit;
  Better better{Better::lower};
  bool automatic{false};  ///< not written in the scenario: a resource, a procedure, a cause
  std::optional<double> target;
  trace::Label title, definition;

  std::optional<double> value;  ///< the headline, in `unit`
  std::optional<double> mean, p50, p90, p95, max;
  std::uint64_t count{0};       ///< entities (waits, for resources) that it rests on
  std::uint64_t unfinished{0};  ///< of the cohort, for which it is not known yet

  /// Spans: `value` of min(T, follow) instead of T, with the unfinished at `follow` where they
  /// were watched that long: what two arms are compared on when any of them is unfinished.
  std::optional<double> restricted;
  std::uint64_t restricted_unknown{0};  ///< unfinished, and not watched for `follow` either

  std::vector<EntityValue> entities;  ///< by entity; only if asked for
  std::vector<CurvePoint> curve;      ///< by time; only if asked for
  friend bool operator==(const Figure&, const Figure&) = default;
};

/// The figure called `name`, or null.
[[nodiscard]] const Figure* find(const std::vector<Figure>& figures, std::string_view name);

}  // namespace portflow::kpi
