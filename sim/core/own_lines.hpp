/// \file own_lines.hpp
/// Memory that shares no cache line with anything else.
///
/// A processor that writes takes the whole line from all others, whatever else lies on it. Where
/// two threads write into small pieces that an allocator happened to lay side by side, each waits
/// for the other at every access, though neither needs what the other wrote (false sharing). It
/// shows in no profile, and comes and goes with sixteen bytes allocated elsewhere.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace portflow {

/// Bytes. A line has 64, but processors fetch the one beside it along with it.
inline constexpr std::size_t own_lines = 128;

/// Allocates whole lines.
template <class T>
struct OwnLines {
  using value_type = T;
  static_assert(alignof(T) <= own_lines);

  OwnLines() = default;
  template <class Other>
  explicit(false) OwnLines(const OwnLines<Other>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(whole_lines(count * sizeof(T)), line));
  }
  void deallocate(T* begin, std::size_t) noexcept { ::operator delete(begin, line); }
  friend bool operator==(const OwnLines&, const OwnLines&) noexcept { return true; }

 private:
  static constexpr std::align_val_t line{own_lines};

  static constexpr std::size_t whole_lines(std::size_t size) noexcept {
    return (size + own_lines - 1) / own_lines * own_lines;
  }
};

/// For what one thread writes while others are at work beside it, and for what all of them read.
template <class T>
using OwnVector = std::vector<T, OwnLines<T>>;

}  // namespace portflow
