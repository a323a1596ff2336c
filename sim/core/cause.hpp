/// \file cause.hpp
/// Why time passes: every tick of an entity's life has exactly one of these causes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portflow {

/// In the order in which they claim an instant of a wait (architecture: causes).
enum class Cause : std::uint8_t {
  working,        ///< the step's own service
  travel,         ///< under way over the network, or carried between facilities
  message,        ///< a document or notice is under way
  down,           ///< equipment has failed
  closed,         ///< a calendar rule keeps the resource closed
  behind,         ///< others are ahead in the queue
  busy,           ///< the resource is held by another
  batch,          ///< the batch is not full
  not_due,        ///< a timetable or an agreed time has not come
  not_yet_filed,  ///< the awaited other was not born yet
};

inline constexpr std::size_t cause_count = 10;

inline constexpr std::array<std::string_view, cause_count> cause_names{
    "working", "travel", "message", "down",    "closed",
    "behind",  "busy",   "batch",   "not_due", "not_yet_filed"};

[[nodiscard]] constexpr std::string_view name_of(Cause cause) noexcept {
  return cause_names[static_cast<std::size_t>(cause)];
}

}  // namespace portflow
