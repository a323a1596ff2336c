/// \file small_port.hpp
/// A hand-made record of one ship, its lots and boxes, and a counter; small enough to sum by
/// hand. Times are hours after 2024-01-01; the cohort is what is born in hours 24..72.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "kpi/collector.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::kpi_test {

enum Role : std::uint16_t { liners, lots, boxes, passengers };
enum Mark : std::uint16_t { landed, cleared, railed, selected };

/// `hours` after 2024-01-01 00:00.
SimTime at(double hours);
std::int64_t ms(double hours);

trace::Schema schema(const std::vector<kpi::Definition>& definitions);

/// Writes rows and keeps them sorted by time, as the contract of a batch asks.
struct Record {
  trace::Batch rows;

  Record& born(double hour, trace::EntityId id, std::uint16_t role, trace::EntityId parent,
               std::initializer_list<double> attributes);
  Record& mark(double hour, trace::EntityId id, std::uint16_t mark, bool is_void = false);
  Record& ended(double hour, trace::EntityId id, std::uint16_t role, double created,
                double waited = 0);
  Record& level(double until_hour, double busy, double queued, double waited, std::uint32_t started,
                std::uint32_t queue_now = 0);
};

/// The record that most tests fold: see small_port.cpp for its story.
Record story();

/// Cuts a record into batches at these hours; each table is cut by its own stamps.
std::vector<trace::Batch> cut(const trace::Batch& rows, const std::vector<double>& hours);

kpi::Results fold(const trace::Schema& schema, const std::vector<trace::Batch>& batches,
                  kpi::Keep keep = kpi::Keep::figures);

}  // namespace portflow::kpi_test
