#include "analysis/history.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/rows_of_entity.hpp"

namespace portflow::analysis {

std::optional<Window> window_of(const History& history, const kpi::Observation* span) {
  if (!history.ended) return {};
  if (span == nullptr) return Window{history.ended->created, history.ended->end};
  if (!length_of(*span)) return {};
  return Window{span->from.at, span->to.at};
}

Result<std::optional<kpi::Observation>> span_of(const Record& record, trace::EntityId entity,
                                                const std::string& kpi) {
  if (kpi.empty()) return std::optional<kpi::Observation>{};
  const auto spans = spans_of(record, kpi);
  if (!spans) return tl::unexpected(spans.error());
  const kpi::Observation* found = find(*spans, entity);
  if (found != nullptr) return std::optional(*found);
  return fail(Failure::input,
              fmt::format("{} does not measure {}", kpi, record.directory().spell(entity)),
              {record.path(), 0, 0});
}

Result<std::vector<History>> histories_of(const Record& record,
                                          const std::vector<trace::EntityId>& entities) {
  if (auto there = record.needs_paths(); !there) return tl::unexpected(there.error());
  auto rows = record.rows_of(entities);
  if (!rows) return tl::unexpected(rows.error());
  // Stable, so that rows of one entity stay as they were recorded.
  std::ranges::stable_sort(rows->ended, {}, &trace::Ended::entity);
  std::ranges::stable_sort(rows->paths, {}, &trace::PathPart::entity);
  std::ranges::stable_sort(rows->steps, {}, &trace::StepDone::entity);
  std::ranges::stable_sort(rows->ledger, {}, &trace::Booked::entity);
  std::vector<History> histories;
  for (const trace::EntityId entity : entities) {
    History& history = histories.emplace_back();
    history.entity = entity;
    const auto steps = rows_of_entity(rows->steps, entity);
    history.steps.assign(steps.begin(), steps.end());
    const auto booked = rows_of_entity(rows->ledger, entity);
    history.booked.assign(booked.begin(), booked.end());
    const auto ended = rows_of_entity(rows->ended, entity);
    if (ended.empty()) continue;
    history.ended = ended.front();
    auto path = path_of(ended.front(), rows_of_entity(rows->paths, entity));
    // A killed run loses the last rows of each table, so some that ended miss their paths.
    if (!path && record.schema().fingerprint.empty()) {
      history.ended.reset();
      continue;
    }
    if (!path) {
      path.error().errors.front().place.file = record.path();
      return tl::unexpected(path.error());
    }
    history.path = std::move(*path);
  }
  return histories;
}

}  // namespace portflow::analysis
