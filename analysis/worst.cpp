#include "analysis/worst.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "analysis/deeds.hpp"
#include "kpi/spans.hpp"

namespace portflow::analysis {
namespace {

/// The spans that have begun, the greatest first.
std::vector<Slow> ranked(const Spans& spans, std::size_t how_many, Among among) {
  std::vector<Slow> all;
  for (const kpi::Observation& span : spans.entities) {
    if (!span.from.is_set() || (among == Among::done && !span.ended)) continue;
    const bool open = kpi::standing_of(span) == kpi::Standing::unfinished;
    const SimTime to = open ? span.known_until : span.to.at;
    all.push_back({span, to - span.from.at, open, {}, {}});
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

/// Recorded parts of one entity; `paths` sorted by entity, else as recorded.
std::span<const trace::PathPart> parts_of(const std::vector<trace::PathPart>& paths,
                                          trace::EntityId entity) {
  const auto range = std::ranges::equal_range(paths, entity, {}, &trace::PathPart::entity);
  return {range.begin(), range.end()};
}

}  // namespace

Result<Spans> spans_of(const Record& record, const std::string& kpi) {
  auto watch = kpi::SpanWatch::make(record.schema(), kpi);
  if (!watch) return tl::unexpected(watch.error());
  auto read = record.reader().replay(**watch, {.steps = true, .paths = true});
  if (!read) return tl::unexpected(read.error());
  return Spans{(*watch)->name(), (*watch)->definition().unit, (*watch)->finish()};
}

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
  for (const Slow& slow : worst.slow) entities.push_back(slow.span.entity);
  auto rows = record.rows_of(entities);
  if (!rows) return tl::unexpected(rows.error());
  std::vector<trace::PathPart> paths = std::move(rows->paths);
  std::ranges::stable_sort(paths, {}, &trace::PathPart::entity);
  const Deeds deeds(record.schema(), std::move(*rows));
  for (Slow& slow : worst.slow) {
    const trace::EntityId entity = slow.span.entity;
    if (const auto steps = deeds.steps(entity); !steps.empty()) slow.last = steps.back();
    const trace::Ended* ended = deeds.ended(entity);
    if (ended == nullptr) continue;
    auto path = path_of(*ended, parts_of(paths, entity));
    if (!path) return tl::unexpected(path.error());
    slow.sums = sums_within(*path, slow.span.from.at, slow.span.to.at);
  }
  return worst;
}

}  // namespace portflow::analysis
