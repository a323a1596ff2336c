/// \file rows.hpp
/// What a run records: plain rows, one kind a table, each stamped with when it was recorded.
///
/// KPIs, `why`, the viewer and the analyses read these rows and nothing else; replaying them
/// from a file gives the very results of the run. Codes are indexes into the Schema. Times
/// are SimTime (milliseconds since 1970-01-01 00:00 UTC+8). Entities are named by the stable
/// 64-bit hash of their name, which the Schema and `ordinal` can spell out again. In the batches of
/// a run they also bear a number, from 1 in the order of births, so that whoever keeps a table of
/// them need not look up hashes; 0 where nobody is meant, or nobody counted. What a recorder holds
/// in its place until rows are merged is a ticket (tickets.hpp).
#pragma once

#include <array>
#include <cstdint>

#include "core/cause.hpp"
#include "core/quantity.hpp"
#include "core/time.hpp"

namespace portflow::trace {

using EntityId = std::uint64_t;
inline constexpr EntityId no_entity = 0;
inline constexpr std::uint16_t no_code = 0xffff;

/// An entity was born. Its attributes follow in Batch::attributes, in the order of its role.
struct Born {
  SimTime at{};
  EntityId entity{no_entity};
  EntityId parent{no_entity};  ///< the group that bears it, if any
  std::uint32_t ordinal{0};    ///< how manieth it is within source or group, from 1
  std::uint16_t role{0};
  std::uint32_t number{0}, parent_number{0};
};

/// A step of an entity set a mark (or set it void, because the step was skipped).
struct MarkSet {
  SimTime at{};
  EntityId entity{no_entity};
  std::uint16_t mark{0};
  std::uint8_t is_void{0};
  std::uint32_t number{0};
};

/// A step ended. ready <= start <= end = at; the wait is start - ready.
struct StepDone {
  SimTime at{};
  SimTime ready{};  ///< when its last token came
  SimTime start{};  ///< when its service began
  EntityId entity{no_entity};
  std::uint16_t step{0};
  std::uint16_t resource{no_code};  ///< the first resource that it held
  std::uint32_t number{0};
};

/// An entity ended; ticks_by_cause adds up to end - created exactly.
struct Ended {
  SimTime at{};   ///< when this became known
  SimTime end{};  ///< the latest end of its steps, <= at
  SimTime created{};
  EntityId entity{no_entity};
  std::uint16_t role{0};
  std::uint32_t number{0};
  std::array<std::int64_t, cause_count> ticks_by_cause{};  ///< ms, index: Cause
};

/// One segment of the critical path of an entity, recorded when it ends, latest first.
struct PathPart {
  SimTime at{};  ///< when the entity ended
  SimTime begin{};
  SimTime end{};
  EntityId entity{no_entity};       ///< whose path this is
  EntityId owner{no_entity};        ///< whose step it passes through (itself or another)
  EntityId holder{no_entity};       ///< who held the resource, where one did
  std::uint16_t step{no_code};      ///< the owner's step
  std::uint16_t resource{no_code};  ///< waited for or held
  Cause cause{Cause::working};
};

/// A mover was under way on a route over [begin, end].
struct Moved {
  SimTime at{};
  SimTime begin{};
  SimTime end{};
  EntityId entity{no_entity};
  std::uint16_t route{0};
  std::uint16_t role{0};
  std::uint32_t number{0};
};

/// What a resource did in the interval [at - span, at]; integrals are exact.
struct Level {
  SimTime at{};
  Duration span{0};
  std::int64_t busy{0};      ///< integral of units in use, unit ms
  std::int64_t queued{0};    ///< integral of the queue length, entity ms
  std::int64_t capacity{0};  ///< integral of the units in service, unit ms
  std::int64_t waited{0};    ///< sum of the waits that ended here, ms
  std::uint32_t started{0};  ///< how many of them
  std::uint32_t queue_max{0};
  std::uint32_t queue_now{0};  ///< at the end of the interval
  std::uint32_t busy_now{0};
  std::uint32_t capacity_now{0};
  std::uint16_t resource{0};
};

/// Money or a risk was booked: a ledger is a sum of these, whole in any order.
struct Booked {
  SimTime at{};
  LedgerParts amount{};  ///< parts of the item's unit
  EntityId entity{no_entity};
  std::uint16_t item{0};
  std::uint32_t number{0};
};

}  // namespace portflow::trace
