#include "analysis/story.hpp"

#include <algorithm>

#include "analysis/history.hpp"

namespace portflow::analysis {
namespace {

using Kind = Event::Kind;

std::string resource_name(const trace::Schema& schema, std::uint16_t resource) {
  return resource == trace::no_code ? std::string{} : schema.resources[resource].name;
}

bool is_outage(Cause cause) {
  return cause == Cause::closed || cause == Cause::down;
}

/// Word of somebody's mark on its way to whoever awaits it: it belongs to no step.
bool is_word(const trace::PathPart& part) {
  return part.step == trace::no_code;
}

/// What ended `part`, after which the path goes on with `next` (null at its end).
Event end_of(const trace::Schema& schema, const trace::PathPart& part, const trace::PathPart* next,
             const Deeds& deeds) {
  const SimTime at = part.end;
  const bool same_wait = next != nullptr && next->owner == part.owner && next->step == part.step;
  if (is_outage(part.cause)) {
    return {Kind::opened, trace::no_entity, resource_name(schema, part.resource), at};
  }
  if (same_wait && is_outage(next->cause) && next->resource == part.resource) {
    return {Kind::closed, trace::no_entity, resource_name(schema, next->resource), at};
  }
  if (part.cause == Cause::not_yet_filed && next != nullptr && next->owner != part.owner) {
    return {Kind::born, next->owner, {}, at};
  }
  if (part.cause == Cause::busy && part.holder != trace::no_entity) {
    if (auto event = deeds.released(part.holder, part.resource, at)) return *event;
  }
  if (part.cause == Cause::behind && same_wait && next->cause == Cause::busy) {
    return {Kind::first, part.owner, {}, at};
  }
  if (part.cause == Cause::batch) return {Kind::gathered, trace::no_entity, {}, at};
  // The path leaves its owner for whoever waited for him, or for the word that told it; a batch
  // ends on the path of the one that led it.
  const bool handed_on =
      next != nullptr ? next->owner != part.owner || is_word(*next) : part.owner != part.entity;
  if (handed_on && !is_word(part)) {
    if (auto event = deeds.told(part.owner, at)) return *event;
  }
  if (part.cause == Cause::not_due) return {Kind::due, trace::no_entity, {}, at};
  return {};
}

/// Leaves what lies in the window; what ends beyond it is cut off there by nobody.
void clip(std::vector<Stretch>& stretches, const Window& window) {
  std::erase_if(stretches, [&](const Stretch& stretch) {
    return within(stretch.part, window.from, window.to) <= Duration::zero();
  });
  for (Stretch& stretch : stretches) {
    stretch.part.begin = std::max(stretch.part.begin, window.from);
    if (stretch.part.end > window.to) {
      stretch.part.end = window.to;
      stretch.until = {};
    }
  }
}

}  // namespace

std::vector<Stretch> with_events(const trace::Schema& schema,
                                 const std::vector<trace::PathPart>& path, const Deeds& deeds) {
  std::vector<Stretch> stretches;
  stretches.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const trace::PathPart* next = i + 1 < path.size() ? &path[i + 1] : nullptr;
    Stretch& stretch = stretches.emplace_back();
    stretch.part = path[i];
    stretch.until = end_of(schema, path[i], next, deeds);
    if (is_word(path[i])) stretch.word = deeds.told(path[i].owner, path[i].begin).value_or(Event{});
  }
  return stretches;
}

std::vector<trace::EntityId> people_on(const std::vector<trace::PathPart>& path) {
  std::vector<trace::EntityId> people;
  for (const trace::PathPart& part : path) {
    people.push_back(part.owner);
    if (part.holder != trace::no_entity) people.push_back(part.holder);
  }
  std::ranges::sort(people);
  const auto rest = std::ranges::unique(people);
  people.erase(rest.begin(), rest.end());
  return people;
}

Result<Story> story_of(const Record& record, trace::EntityId entity, const std::string& kpi) {
  auto histories = histories_of(record, {entity});
  if (!histories) return tl::unexpected(histories.error());
  const trace::Born* born = record.directory().find(entity);
  if (born == nullptr) return fail(Failure::input, "no such entity", {record.path(), 0, 0});
  const auto span = span_of(record, entity, kpi);
  if (!span) return tl::unexpected(span.error());

  History& own = histories->front();
  Story story;
  story.born = *born;
  story.kpi = kpi;
  story.steps = std::move(own.steps);
  story.booked = std::move(own.booked);
  story.span = window_of(own, *span ? &**span : nullptr);
  if (!story.span) return story;
  story.sums = sums_within(own.path, story.span->from, story.span->to);
  auto others = record.rows_of(people_on(own.path));
  if (!others) return tl::unexpected(others.error());
  story.stretches =
      with_events(record.schema(), own.path, Deeds(record.schema(), std::move(*others)));
  clip(story.stretches, *story.span);
  return story;
}

}  // namespace portflow::analysis
