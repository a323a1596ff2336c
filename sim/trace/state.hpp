/// \file state.hpp
/// The whole state of a run at any instant, from the midnight before it and the rows since.
#pragma once

#include <vector>

#include "core/quantity.hpp"
#include "trace/rows.hpp"
#include "trace/schema.hpp"

namespace portflow::trace {

struct Tables;

/// What had been recorded before an instant, boiled down.
struct State {
  /// An entity that had been born and had not ended.
  struct Present {
    EntityId entity{no_entity};
    SimTime created{};
    SimTime since{};  ///< when its latest step ended; `created` where none had
    std::uint16_t role{0};
    std::uint16_t step{no_code};  ///< that step; none at level kpi
  };
  SimTime at{};
  std::vector<Present> present;       ///< in the order of births
  std::vector<Moved> under_way;       ///< whose way was not over, in the order of the record
  std::vector<Level> levels;          ///< the latest interval of each resource, by resource
  std::vector<LedgerParts> balances;  ///< what had been booked, by item
};

/// \returns the state made of all rows stamped before `at`.
/// Reads a keyframe and at most the rows of a day; a trace without keyframes from its beginning.
/// \throws FileError (input) where the file is damaged
[[nodiscard]] State state_at(const Tables& tables, const Schema& schema, SimTime at);

}  // namespace portflow::trace
