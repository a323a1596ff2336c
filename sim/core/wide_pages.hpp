/// \file wide_pages.hpp
/// Memory on pages of two megabytes, where the system has such pages and lends them.
///
/// What a long run knows lies all over a few hundred megabytes, and every look-up meets another
/// page. With pages of 4 kB the processor does not remember where they are, and finding that out
/// takes as long as reading them. Not for what is small or mostly left unused.
#pragma once

#include <cstddef>
#include <new>

#include "core/own_lines.hpp"

namespace portflow {

inline constexpr std::size_t wide_page = std::size_t{1} << 21;  ///< bytes

/// `size` bytes from the system, zeroed, at a multiple of wide_page; nullptr where none is left.
/// \pre size is a multiple of wide_page, > 0
[[nodiscard]] void* take_wide_pages(std::size_t size) noexcept;

/// \pre take_wide_pages(size) returned `begin`
void give_back_wide_pages(void* begin, std::size_t size) noexcept;

/// Allocates what is large enough on wide pages, and the rest on lines of its own.
template <class T>
struct WideAllocator {
  using value_type = T;

  WideAllocator() = default;
  template <class Other>
  explicit(false) WideAllocator(const WideAllocator<Other>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t size = count * sizeof(T);
    if (size < wide_page) return OwnLines<T>{}.allocate(count);
    void* begin = take_wide_pages(whole_pages(size));
    if (begin == nullptr) throw std::bad_alloc();
    return static_cast<T*>(begin);
  }
  void deallocate(T* begin, std::size_t count) noexcept {
    const std::size_t size = count * sizeof(T);
    if (size < wide_page) {
      OwnLines<T>{}.deallocate(begin, count);
    } else {
      give_back_wide_pages(begin, whole_pages(size));
    }
  }
  friend bool operator==(const WideAllocator&, const WideAllocator&) noexcept { return true; }

 private:
  static constexpr std::size_t whole_pages(std::size_t size) noexcept {
    return (size + wide_page - 1) / wide_page * wide_page;
  }
};

}  // namespace portflow
