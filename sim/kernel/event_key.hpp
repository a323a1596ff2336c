/// \file event_key.hpp
/// The one total order of the events of a run.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>

#include "core/time.hpp"

namespace portflow::kernel {

enum class ProcessId : std::uint32_t {};
enum class ChannelId : std::uint32_t {};
enum class MeshId : std::uint32_t {};

/// Same-instant order: new parameters first, then departures, then the rest, so that a berth
/// freed at 08:00 is seen by a vessel that arrives at 08:00.
enum class Rank : std::uint8_t { parameters, release, normal, observe };

/// Position of an event in the one total order of a run: time, rank, source, serial.
///
/// No part depends on threads or on arrival, so a run gives the same bytes with any number of
/// workers. ProcessIds are given in name order. Rank, source and serial share one word, so that
/// keys are compared, moved and stored as two words.
struct EventKey {
  static constexpr unsigned source_bits = 22;
  static constexpr unsigned serial_bits = 40;
  static constexpr std::uint64_t most_processes = std::uint64_t{1} << source_bits;
  static constexpr std::uint64_t most_serials = std::uint64_t{1} << serial_bits;

  SimTime at{};            ///< when the event is handled
  std::uint64_t order{0};  ///< rank, source and serial, most significant first

  constexpr EventKey() = default;
  /// \param source  who scheduled it, < most_processes
  /// \param serial  how many events `source` had scheduled before it, < most_serials
  constexpr EventKey(SimTime time, Rank rank, ProcessId source, std::uint64_t serial) noexcept
      : at{time}, order{order_of(rank, source) + serial} {}

  /// The least key at an instant, and one that no event has and none lies beyond.
  [[nodiscard]] static constexpr EventKey start_of(SimTime time) noexcept {
    return {time, Rank::parameters, ProcessId{}, 0};
  }
  [[nodiscard]] static constexpr EventKey none() noexcept {
    return {never, Rank::observe, ProcessId{most_processes - 1}, most_serials - 1};
  }

  [[nodiscard]] static constexpr std::uint64_t order_of(Rank rank, ProcessId source) noexcept {
    return std::uint64_t{static_cast<std::uint8_t>(rank)} << (source_bits + serial_bits) |
           std::uint64_t{static_cast<std::uint32_t>(source)} << serial_bits;
  }

  [[nodiscard]] constexpr Rank rank() const noexcept {
    return static_cast<Rank>(order >> (source_bits + serial_bits));
  }
  [[nodiscard]] constexpr ProcessId source() const noexcept {
    return ProcessId{static_cast<std::uint32_t>((order >> serial_bits) & (most_processes - 1))};
  }
  [[nodiscard]] constexpr std::uint64_t serial() const noexcept {
    return order & (most_serials - 1);
  }

  friend constexpr auto operator<=>(const EventKey&, const EventKey&) = default;
};
static_assert(sizeof(EventKey) == 16);

/// `2024-06-01 08:00:00 normal from process 3, its 17th`, for messages about bugs.
[[nodiscard]] std::string to_text(const EventKey& key);

}  // namespace portflow::kernel
