/// \file slot_lists.hpp
/// Many lists of slot numbers at once, each a chain of cache lines.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace portflow::kernel {

/// A list is known by its head; adding to it writes four bytes into a line that is likely at
/// hand, and it is read a line at a time. Lines are used again; none is ever given back.
class SlotLists {
 public:
  static constexpr std::uint32_t nil = 0xffff'ffff;

  /// Adds `slot` to the list `head`; nil is the empty list.
  void add(std::uint32_t& head, std::uint32_t slot) {
    if (head == nil || lines_[head].count == lines_[head].slots.size()) {
      begin_line(head, slot);
      return;
    }
    Line& line = lines_[head];
    line.slots[line.count++] = slot;
  }

  /// Appends what is in the list `head` to `slots`; the list is no more.
  void empty_into(std::vector<std::uint32_t>& slots, std::uint32_t head) {
    while (head != nil) {
      Line& line = lines_[head];
      slots.insert(slots.end(), line.slots.begin(), line.slots.begin() + line.count);
      const std::uint32_t next = line.next;
      line.next = free_;
      free_ = head;
      head = next;
    }
  }

 private:
  struct alignas(64) Line {
    std::uint32_t next;
    std::uint32_t count;
    std::array<std::uint32_t, 14> slots;
  };

  /// Adds `slot` in a line of its own. Apart, so that adding to a line saves no registers.
  [[gnu::noinline]] void begin_line(std::uint32_t& head, std::uint32_t slot) {
    const std::uint32_t line = new_line();
    lines_[line].next = head;
    lines_[line].count = 1;
    lines_[line].slots[0] = slot;
    head = line;
  }

  std::uint32_t new_line() {
    if (free_ == nil) {
      lines_.emplace_back();
      return static_cast<std::uint32_t>(lines_.size() - 1);
    }
    const std::uint32_t line = free_;
    free_ = lines_[line].next;
    return line;
  }

  std::vector<Line> lines_;
  std::uint32_t free_{nil};
};

}  // namespace portflow::kernel
