#include "analysis/worst.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/history.hpp"

namespace portflow::analysis {
namespace {

/// The spans that have begun, the greatest first.
std::vector<Slow> ranked(const Spans& spans, std::size_t how_many, Among among) {
  std::vector<Slow> all;
  for (const kpi::Observation& span : spans.entities) {
    if (!span.from.is_set() || (among == Among::done && !span.ended)) continue;
    const bool open = kpi::standing_of(span) == kpi::Standing::unfinished;
    const SimTime to = open ? span.known_until : span.to.at;
    Slow slow;
    slow.span = span;
    slow.value = to - span.from.at;
    slow.unfinished = open;
    all.push_back(std::move(slow));
  }
  const std::size_t kept = std::min(how_many, all.size());
  const auto greatest_first = [](const Slow& slow) {
    return std::tuple(-slow.value.count(), slow.span.entity);
  };
  std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(kept), {},
                            greatest_first);
  all.resize(kept);
  return all;
}

std::vector<SlowPlace> places_of(const std::vector<trace::PathPart>& path, SimTime from,
                                 SimTime to) {
  std::map<std::pair<Cause, std::uint16_t>, std::int64_t> sums;
  for (const trace::PathPart& part : path) {
    sums[{part.cause, part.step}] += within(part, from, to).count();
  }
  std::vector<SlowPlace> places;
  for (const auto& [place, ms] : sums) {
    if (ms != 0) places.push_back({place.first, place.second, ms});
  }
  std::ranges::stable_sort(places, std::greater{}, &SlowPlace::ms);
  return places;
}

}  // namespace

Result<Worst> worst_of(const Record& record, const std::string& kpi, std::size_t how_many,
                       Among among) {
  if (auto there = record.needs_paths(); !there) return tl::unexpected(there.error());
  const auto spans = spans_of(record, kpi);
  if (!spans) return tl::unexpected(spans.error());
  Worst worst{.kpi = spans->kpi, .unit = spans->unit, .slow = ranked(*spans, how_many, among)};
  for (const kpi::Observation& span : spans->entities) {
    const bool open = kpi::standing_of(span) == kpi::Standing::unfinished;
    worst.counted += open ? 0u : 1u;
    worst.unfinished += open ? 1u : 0u;
    worst.not_begun += span.from.is_set() ? 0u : 1u;
  }

  std::vector<trace::EntityId> entities;
  entities.reserve(worst.slow.size());
  for (const Slow& slow : worst.slow) entities.push_back(slow.span.entity);
  const auto histories = histories_of(record, entities);
  if (!histories) return tl::unexpected(histories.error());
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const History& history = (*histories)[i];
    Slow& slow = worst.slow[i];
    if (!history.steps.empty()) slow.last = history.steps.back();
    if (!history.ended) continue;
    slow.sums = sums_within(history.path, slow.span.from.at, slow.span.to.at);
    slow.places = places_of(history.path, slow.span.from.at, slow.span.to.at);
  }
  return worst;
}

}  // namespace portflow::analysis
