/// \file story.hpp
/// The story of one entity: its critical path in the order of time, and what ended each stretch.
///
/// The path is the chain of work and waits that fixed when the entity was done; what went on beside
/// it, and did not hold it up, is not part of it. It may lead through others: where a box waited
/// for its lot's release, it runs along the lot's own steps for as long as the lot was late.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/deeds.hpp"
#include "analysis/path.hpp"
#include "analysis/record.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// A stretch of a path and the event that ended it.
struct Stretch {
  trace::PathPart part;
  Event until;
  Event word;  ///< of what the word is that is under way; none where no word is
};

struct Story {
  trace::Born born;
  std::string kpi;                     ///< whose span is told; empty: the whole life
  std::optional<Window> span;          ///< empty while unfinished: then there is no path either
  std::vector<Stretch> stretches;      ///< without gaps from begin to end of the span
  CauseSums sums{};                    ///< add up to the length of the span, to the millisecond
  std::vector<trace::StepDone> steps;  ///< its own steps that ended, by their end
  std::vector<trace::Booked> booked;   ///< on it over its whole life, in the order of time
};

/// Tells the story of an entity of the record. \param kpi  only the span of this KPI; empty: all
/// \returns an input fault where the record holds no paths, is damaged, or the KPI does not measure
///          the entity.
[[nodiscard]] Result<Story> story_of(const Record& record, trace::EntityId entity,
                                     const std::string& kpi = {});

/// What ended each part of a path; `deeds` must know the owners and holders in it.
[[nodiscard]] std::vector<Stretch> with_events(const trace::Schema& schema,
                                               const std::vector<trace::PathPart>& path,
                                               const Deeds& deeds);

/// All that own or hold something on a path, each once.
[[nodiscard]] std::vector<trace::EntityId> people_on(const std::vector<trace::PathPart>& path);

}  // namespace portflow::analysis
