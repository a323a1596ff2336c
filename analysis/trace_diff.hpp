/// \file trace_diff.hpp
/// How two traces differ: the first row at which they part, and how much differs after it.
///
/// Rows that are the same in both cancel out. The others are paired by entity and step (or mark,
/// role, route, resource, item), in the order of time; what finds no partner is missing or extra.
///
///     a day at a time, of both traces:
///       of each table: rows of A that B has not, rows of B that A has not
///       the earliest of them all is where the traces part
///       each: has an older unpaired row of the other trace the same entity and step?
///         yes: a pair (moved, or changed); no: it stays unpaired
///
/// Memory grows with the unpaired rows, not with the traces.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/between.hpp"
#include "analysis/trace_facts.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// How the rows of one table compare.
struct TableDiff {
  FactTable table{FactTable::born};
  bool in_both{true};        ///< else a level of detail leaves it out of one, and nothing counts
  std::uint64_t same{0};     ///< equal in everything
  std::uint64_t moved{0};    ///< same entity and step, other time
  std::uint64_t changed{0};  ///< same time too, other content
  std::uint64_t missing{0};  ///< in A only
  std::uint64_t extra{0};    ///< in B only
};

/// Where two traces part.
struct Parting {
  SimTime at{};
  FactTable table{FactTable::born};
  trace::EntityId who{trace::no_entity};  ///< nobody for resources
  std::optional<std::string> in_a, in_b;  ///< what each says; empty: it has no such row
};

struct TraceDiff {
  bool same_fingerprint{false};         ///< then the runs are the same, and no rows were compared
  std::optional<Parting> first;         ///< empty: no row differs
  std::optional<Parting> first_entity;  ///< likewise, of rows that are of an entity
  std::array<TableDiff, fact_tables> tables{};
};

/// Compares two traces. \returns what Reader does for what cannot be read.
[[nodiscard]] Result<TraceDiff> diff_of(const Arms& arms);

}  // namespace portflow::analysis
