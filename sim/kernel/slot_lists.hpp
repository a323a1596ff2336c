/// \file slot_lists.hpp
/// Many lists of slot numbers at once, each a chain of lines.
#pragma once

#include <cstdint>
#include <vector>

#include "core/wide_pages.hpp"

namespace portflow::kernel {

/// A list is known by the place of its last slot, so that adding to it waits for nothing: it writes
/// four bytes into a line that need not be at hand. It is read line by line, each long enough that
/// finding the next one does not count. Lines are used again; none is ever given back.
class SlotLists {
 public:
  /// Slot numbers in a row.
  using Slots = std::vector<std::uint32_t, WideAllocator<std::uint32_t>>;

  static constexpr std::uint32_t nil = 0xffff'ffff;

  /// Adds `slot` to the list `last`; nil is the empty list.
  void add(std::uint32_t& last, std::uint32_t slot) {
    // At the last place of a line the next is begun; nil looks like one.
    if ((last & last_place) == last_place) begin_line(last);
    words_[++last] = slot;
  }

  /// Appends what is in the list `last` to `slots`; the list is no more.
  void empty_into(Slots& slots, std::uint32_t last) {
    while (last != nil) {
      const std::uint32_t line = last & ~last_place;
      std::uint32_t* words = words_.data();
      const std::uint32_t before = words[line];
      if (before != nil) __builtin_prefetch(words + (before & ~last_place), 1);
      slots.insert(slots.end(), words + line + 1, words + last + 1);
      words[line] = free_;
      free_ = line;
      last = before;
    }
  }

 private:
  /// A line is 64 words: where the list goes on, then slots at places 1 to 63.
  static constexpr std::uint32_t last_place = 63;

  /// Opens a line after the place `last`. Apart, so that adding to a line saves no registers.
  [[gnu::noinline]] void begin_line(std::uint32_t& last) {
    std::uint32_t line = free_;
    if (line != nil) {
      free_ = words_[line];
    } else {
      line = static_cast<std::uint32_t>(words_.size());
      words_.resize(words_.size() + last_place + 1);
    }
    words_[line] = last;
    last = line;
  }

  Slots words_;
  std::uint32_t free_{nil};
};

}  // namespace portflow::kernel
