/// \file event_key.hpp
/// The one total order of the events of a run.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "core/time.hpp"

namespace portflow::kernel {

enum class ProcessId : std::uint32_t {};
enum class ChannelId : std::uint32_t {};

/// Same-instant order: new parameters first, then departures, then the rest, so that a berth
/// freed at 08:00 is seen by a vessel that arrives at 08:00.
enum class Rank : std::uint8_t { parameters, release, normal, observe };

/// Position of an event in the one total order of a run.
///
/// Member order is comparison order. No field depends on threads or on arrival, so a run
/// gives the same bytes with any number of workers. ProcessIds are given in name order.
struct EventKey {
  SimTime at{};             ///< when the event is handled
  Rank rank{Rank::normal};  ///< tie-break between kinds of event at one instant
  ProcessId source{};       ///< who scheduled it
  std::uint64_t serial{0};  ///< how many events `source` had scheduled before it

  friend auto operator<=>(const EventKey&, const EventKey&) = default;
};

/// `2024-06-01 08:00:00 normal from process 3, its 17th`, for messages about bugs.
[[nodiscard]] std::string to_text(const EventKey& key);

}  // namespace portflow::kernel
