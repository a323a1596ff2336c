/// \file path.hpp
/// The critical path of an entity, forward in time: every millisecond from creation to end has one
/// cause, and they add up.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/cause.hpp"
#include "core/error.hpp"
#include "trace/rows.hpp"

namespace portflow::analysis {

/// Milliseconds by cause; index: Cause.
using CauseSums = std::array<std::int64_t, cause_count>;

/// Milliseconds of all causes together.
[[nodiscard]] std::int64_t total_of(const CauseSums& sums) noexcept;

/// Milliseconds of `parts` by cause.
[[nodiscard]] CauseSums sums_of(std::span<const trace::PathPart> parts) noexcept;

/// The parts of one entity as recorded (latest first) in the order of time; neighbours that say
/// the same are one. \pre all of them of the entity that `ended` tells of.
/// \returns an input fault where they leave a gap, or do not add up to what `ended` says: a record
///          in which that happens is damaged.
[[nodiscard]] Result<std::vector<trace::PathPart>> path_of(
    const trace::Ended& ended, std::span<const trace::PathPart> recorded);

/// Two instants of a life between which its path is accounted for.
struct Window {
  SimTime from{}, to{};
};

/// How much of a part lies between two instants; negative where `to` is before `from`, as a span
/// from mark to mark may be.
[[nodiscard]] Duration within(const trace::PathPart& part, SimTime from, SimTime to) noexcept;

/// The account of a span from mark to mark, which is a part of a life: what of each cause lies
/// between the two instants. Where both lie within the life, the sums add up to `to` - `from`.
[[nodiscard]] CauseSums sums_within(std::span<const trace::PathPart> path, SimTime from,
                                    SimTime to) noexcept;

}  // namespace portflow::analysis
