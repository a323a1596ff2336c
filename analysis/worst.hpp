/// \file worst.hpp
/// The entities with the greatest value of a span KPI, and why each of them took so long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/path.hpp"
#include "analysis/record.hpp"
#include "analysis/spans.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// Time within a span at one step, for one cause.
struct SlowPlace {
  Cause cause{Cause::working};
  std::uint16_t step{trace::no_code};  ///< of whomever; no_code: word under way
  std::int64_t ms{0};
};

/// One of the worst.
struct Slow {
  kpi::Observation span;
  Duration value{};        ///< of the KPI; while `unfinished`, how much of it has passed
  bool unfinished{false};  ///< the span was still open when the record ended
  /// Of the span alone; empty while the entity had not ended, since its path is recorded then.
  std::optional<CauseSums> sums;
  std::vector<SlowPlace> places;        ///< likewise, greatest first; they add up to the sums
  std::optional<trace::StepDone> last;  ///< the last step it ended
};

struct Worst {
  std::string kpi, unit;
  std::vector<Slow> slow;  ///< greatest value first, ties by entity
  std::uint64_t counted{0};
  std::uint64_t unfinished{0};  ///< spans still open at the end of the record
  std::uint64_t not_begun{0};   ///< of them, those whose first mark is not set either: not ranked
};

/// Whom to rank: all, or only those whose path is known since they are done.
enum class Among : std::uint8_t { all, done };

/// Finds the `how_many` entities with the greatest value, unfinished ones by what has passed.
/// \returns an input fault where the record holds no paths, or the KPI's name is wrong.
[[nodiscard]] Result<Worst> worst_of(const Record& record, const std::string& kpi,
                                     std::size_t how_many, Among among = Among::all);

}  // namespace portflow::analysis
