/// \file event_pool.hpp
/// Where pending events rest: slots that do not move, used again once they are free.
///
/// A slot is known by a 32-bit index, so that lists of events are links of four bytes. Slots are
/// made a chunk at a time and never given back while the pool lives: once it has grown to the
/// most that was ever pending, an event costs no allocation.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/own_lines.hpp"
#include "kernel/event_key.hpp"
#include "kernel/large_room.hpp"

namespace portflow::kernel {

/// A pending event.
template <std::movable Payload>
struct Event {
  EventKey key;
  std::uint32_t next{0};   ///< the pool's or the calendar's link
  ProcessId to{};          ///< who handles it
  std::uint32_t chain{0};  ///< events on the longest chain of causes that leads to it
  Payload body;
};

template <std::movable Payload>
class EventPool {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot nil = 0xffff'ffff;

  EventPool() = default;
  EventPool(const EventPool&) = delete;
  EventPool& operator=(const EventPool&) = delete;
  /// \pre every slot was freed: the pool does not know which bodies are alive.
  ~EventPool() = default;

  [[nodiscard]] Event<Payload>& operator[](Slot slot) noexcept {
    return static_cast<Event<Payload>*>(chunks_[slot / chunk].begin())[slot % chunk];
  }

  [[nodiscard]] Slot make(EventKey key, ProcessId to, std::uint32_t length, Payload&& body) {
    Slot slot = free_;
    if (slot != nil) {
      free_ = (*this)[slot].next;
    } else {
      if (made_ % chunk == 0) chunks_.emplace_back(made_ > 0);
      slot = made_++;
    }
    // Made where it rests: a temporary would cost a second move.
    std::construct_at(&(*this)[slot], key, nil, to, length, std::move(body));
    return slot;
  }

  /// \param event  what rests in `slot`
  void free(Slot slot, Event<Payload>& event) noexcept {
    std::destroy_at(&event.body);
    event.next = free_;
    free_ = slot;
  }

 private:
  /// Slots that fit into 2 MB, a power of two, so that an index is split by a shift.
  static constexpr Slot chunk =
      static_cast<Slot>(std::bit_floor(LargeRoom::bytes / sizeof(Event<Payload>)));

  OwnVector<LargeRoom> chunks_;
  Slot free_{nil};
  Slot made_{0};
};

}  // namespace portflow::kernel
