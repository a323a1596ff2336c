/// \file deeds.hpp
/// What chosen entities did, and when: the steps they ended, the marks they set, their ends.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::analysis {

/// Something that happened at an instant, by which somebody's wait may have ended.
struct Event {
  enum class Kind : std::uint8_t {
    none,        ///< the record does not tell
    mark,        ///< `who` set the mark `what`
    step_end,    ///< `who` ended the step `what`
    step_begin,  ///< `who` began the step `what`
    born,        ///< `who` was created
    end,         ///< `who` ended altogether
    opened,      ///< the resource `what` opened, or was mended
    closed,      ///< the resource `what` closed, or failed
    due,         ///< an agreed time came
    gathered,    ///< a batch was full, or waited no longer
    first,       ///< the wait had come to the head of its queue
  };
  Kind kind{Kind::none};
  trace::EntityId who{trace::no_entity};
  std::string what{};
  SimTime at{};
};

/// `mark`, `step end`, ...; for tables and JSON.
[[nodiscard]] std::string_view name_of(Event::Kind kind) noexcept;

/// An index over the rows of some entities.
class Deeds {
 public:
  Deeds() = default;
  /// \param rows  marks, steps and ends in any order; anything else is left aside
  Deeds(const trace::Schema& schema, trace::Batch rows);

  /// The steps that `entity` ended, by their end.
  [[nodiscard]] std::span<const trace::StepDone> steps(trace::EntityId entity) const;

  /// When it ended, if it has.
  [[nodiscard]] const trace::Ended* ended(trace::EntityId entity) const;

  /// What it told others at that instant: a mark it set, else a step that it ended, else its end.
  [[nodiscard]] std::optional<Event> told(trace::EntityId entity, SimTime at) const;

  /// What made it give a resource back by that instant: the step that it ended or began then, else
  /// the last one it had ended (a release by message arrives later than it happened).
  [[nodiscard]] std::optional<Event> released(trace::EntityId entity, std::uint16_t resource,
                                              SimTime at) const;

 private:
  [[nodiscard]] Event event_of(const trace::StepDone& step, Event::Kind kind) const;

  const trace::Schema* schema_{nullptr};
  std::vector<trace::StepDone> steps_;
  std::vector<trace::MarkSet> marks_;
  std::vector<trace::Ended> ended_;
};

}  // namespace portflow::analysis
