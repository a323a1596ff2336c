/// \file insight.hpp
/// What the page of one arm needs of one replication beyond its KPIs: where the time went, and
/// which entities took longest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/anatomy.hpp"
#include "kpi/collector.hpp"
#include "trace/schema.hpp"

namespace portflow::analysis {

/// An entity that took long, from creation to end.
struct LongLife {
  std::string name;  ///< spelt: `liners-112/lots-3/boxes-481`
  std::uint32_t replication{0};
  trace::EntityId entity{trace::no_entity};
  trace::EntityId parent{trace::no_entity};
  Duration total{};
  std::vector<TimePart> places{};  ///< greatest first; they add up to `total`. Empty: not known
  friend bool operator==(const LongLife&, const LongLife&) = default;
};

/// Of one replication.
struct Insight {
  std::optional<Anatomy> anatomy;       ///< empty where the record holds no paths
  std::vector<LongLife> longest;        ///< ten at most, longest first, one of a lot
  std::uint64_t entities{0};            ///< of the cohort
  std::uint64_t unfinished{0};          ///< of them, not at their end when the record was
  SimTime from{}, cohort_from{}, to{};  ///< the horizon that was observed
};

/// \param anatomist  null where the record holds no paths; it is finished here
/// \pre `members` sorted by entity
[[nodiscard]] Insight insight_of(const trace::Schema& schema,
                                 const std::vector<kpi::Member>& members, Anatomist* anatomist);

/// The ten longest of all, one of each lot and replication; ties by replication and entity.
void keep_longest(std::vector<LongLife>& lives);

}  // namespace portflow::analysis
