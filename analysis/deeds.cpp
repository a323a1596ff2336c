#include "analysis/deeds.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "analysis/rows_of_entity.hpp"

namespace portflow::analysis {
namespace {

constexpr std::array<std::string_view, 11> kind_names{"none", "mark",     "step end", "step begin",
                                                      "born", "end",      "opened",   "closed",
                                                      "due",  "gathered", "first"};

template <class Row>
void sort_by_entity(std::vector<Row>& rows) {
  std::ranges::stable_sort(rows, {}, [](const Row& row) { return std::tuple(row.entity, row.at); });
}

}  // namespace

std::string_view name_of(Event::Kind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}

Deeds::Deeds(const trace::Schema& schema, trace::Batch rows)
    : schema_(&schema),
      steps_(std::move(rows.steps)),
      marks_(std::move(rows.marks)),
      ended_(std::move(rows.ended)) {
  std::erase_if(steps_, [](const auto& row) { return row.step == trace::no_code; });
  std::erase_if(marks_, [](const auto& row) { return row.mark == trace::no_code || row.is_void; });
  sort_by_entity(steps_);
  sort_by_entity(marks_);
  sort_by_entity(ended_);
}

std::span<const trace::StepDone> Deeds::steps(trace::EntityId entity) const {
  return rows_of_entity(steps_, entity);
}

const trace::Ended* Deeds::ended(trace::EntityId entity) const {
  const auto rows = rows_of_entity(ended_, entity);
  return rows.empty() ? nullptr : &rows.front();
}

Event Deeds::event_of(const trace::StepDone& step, Event::Kind kind) const {
  return {kind, step.entity, schema_->steps[step.step],
          kind == Event::Kind::step_begin ? step.start : step.at};
}

std::optional<Event> Deeds::told(trace::EntityId entity, SimTime at) const {
  for (const trace::MarkSet& mark : rows_of_entity(marks_, entity)) {
    if (mark.at == at) return Event{Event::Kind::mark, entity, schema_->marks[mark.mark], at};
  }
  for (const trace::StepDone& step : rows_of_entity(steps_, entity)) {
    if (step.at == at) return event_of(step, Event::Kind::step_end);
  }
  const trace::Ended* end = ended(entity);
  if (end != nullptr && (end->end == at || end->at == at)) {
    return Event{Event::Kind::end, entity, {}, at};
  }
  return {};
}

std::optional<Event> Deeds::released(trace::EntityId entity, std::uint16_t resource,
                                     SimTime at) const {
  std::optional<Event> best;
  for (const trace::StepDone& step : rows_of_entity(steps_, entity)) {
    if (step.at > at) break;
    // Of several steps that ended by then, the last; of those at one instant, one that held it.
    if (best && best->at == step.at && step.resource != resource) continue;
    best = event_of(step, Event::Kind::step_end);
  }
  if (best && best->at == at) return best;
  for (const trace::StepDone& step : rows_of_entity(steps_, entity)) {
    if (step.start == at) return event_of(step, Event::Kind::step_begin);
  }
  return best;
}

}  // namespace portflow::analysis
