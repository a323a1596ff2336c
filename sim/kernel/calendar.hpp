/// \file calendar.hpp
/// The pending events of one process (or of a whole sequential run), least EventKey first.
///
/// A 4-ary heap of 32-byte entries: two to a cache line, half the levels of a binary heap.
/// Bodies rest in a pool of their own and do not move while the heap does. Once the pool has
/// grown to the most that was ever pending, an event costs no allocation.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "kernel/event_key.hpp"

namespace portflow::kernel {

/// Whether `a` is handled before `b`; most events differ in time, so that is asked first.
[[nodiscard]] inline bool before(const EventKey& a, const EventKey& b) noexcept {
  return a.at != b.at ? a.at < b.at : a < b;
}

template <std::movable Payload>
class Calendar {
 public:
  [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }

  /// The least key. \pre not empty.
  [[nodiscard]] const EventKey& top() const noexcept { return heap_.front().key; }

  /// The time of the least key, `never` when empty.
  [[nodiscard]] SimTime next() const noexcept {
    return heap_.empty() ? never : heap_.front().key.at;
  }

  void push(const EventKey& key, Payload&& body) {
    heap_.push_back({key, store(std::move(body))});
    rise(heap_.size() - 1);
  }

  /// Takes the body of the least key out. \pre not empty.
  [[nodiscard]] Payload pop() {
    const std::uint32_t slot = heap_.front().slot;
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(last);
    free_.push_back(slot);
    return std::move(bodies_[slot]);
  }

 private:
  struct Entry {
    EventKey key;
    std::uint32_t slot;
  };
  static_assert(sizeof(Entry) <= 32);

  std::uint32_t store(Payload&& body) {
    if (free_.empty()) {
      bodies_.push_back(std::move(body));
      return static_cast<std::uint32_t>(bodies_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    bodies_[slot] = std::move(body);
    return slot;
  }

  void rise(std::size_t at) noexcept {
    const Entry entry = heap_[at];
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (!before(entry.key, heap_[parent].key)) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = entry;
  }

  /// Lets `entry` sink from the top, whose own entry has left.
  void sink(const Entry entry) noexcept {
    const std::size_t size = heap_.size();
    std::size_t at = 0;
    for (std::size_t child = 1; child < size; child = 4 * at + 1) {
      std::size_t least = child;
      const std::size_t end = std::min(child + 4, size);
      for (++child; child < end; ++child) {
        if (before(heap_[child].key, heap_[least].key)) least = child;
      }
      if (!before(heap_[least].key, entry.key)) break;
      heap_[at] = heap_[least];
      at = least;
    }
    heap_[at] = entry;
  }

  std::vector<Entry> heap_;
  std::vector<Payload> bodies_;
  std::vector<std::uint32_t> free_;
};

}  // namespace portflow::kernel
