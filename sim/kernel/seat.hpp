/// \file seat.hpp
/// A process and what the engine keeps of it.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_set>

#include "kernel/process.hpp"

namespace portflow::kernel {

/// On a cache line of its own, since neighbours may be handled by different threads.
template <std::movable Payload>
struct alignas(64) Seat {
  std::unique_ptr<Process<Payload>> process;
  std::uint64_t serial{0};   ///< events that it has scheduled
  std::uint64_t handled{0};  ///< events of late, to deal processes to threads by their work
  std::uint32_t chain{0};    ///< events on the longest chain of causes up to its last event
  /// The order words of events that were taken back and are still in a calendar.
  std::unique_ptr<std::unordered_set<std::uint64_t>> cancelled;

  /// Whether the event `key` was taken back; it is then forgotten.
  [[nodiscard]] bool forgets(const EventKey& key) {
    return cancelled != nullptr && cancelled->erase(key.order) > 0;
  }
};

}  // namespace portflow::kernel
