/// \file portrait.hpp
/// One arm alone, in one run or in many replications: all that its page needs. It is measured by
/// its own targets; what differs from another arm is compare.hpp's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/experiment.hpp"
#include "analysis/measure_note.hpp"
#include "analysis/trace_arms.hpp"
#include "analysis/weakest.hpp"
#include "spec/scenario.hpp"

namespace portflow::analysis {

struct Portrait {
  Experiment arm;                          ///< with insights, one a replication
  std::vector<MeasureNote> measures;       ///< that are on
  std::optional<spec::Evidence> evidence;  ///< where the scenario was at hand
  std::vector<WeakNumber> weakest;         ///< empty where nobody looked
  std::string command;                     ///< that makes these figures again
};

/// What a KPI says of its target. `open`: the interval reaches to both sides of it.
enum class Aim : std::uint8_t { none, met, missed, open };

/// By the whole 95 % interval where there is one, else by the value itself; maxima by their range.
/// A KPI of which neither direction is better has no aim.
[[nodiscard]] Aim aim_of(const Estimate& one);

/// An experiment with insights as a portrait. \pre insights, one a replication
[[nodiscard]] Portrait portrait_of(const run::Prepared& prepared, Experiment experiment);

/// The same from traces. Titles of measures and evidence are not in them; where the time went is
/// there if all are of level full.
[[nodiscard]] Result<Portrait> portrait_of(const TraceArm& arm);

/// The ten that took longest, of all replications.
[[nodiscard]] std::vector<LongLife> longest_of(const Portrait& portrait);

/// Whether it is known where the time went, in every replication.
[[nodiscard]] bool has_anatomies(const Portrait& portrait);

}  // namespace portflow::analysis
