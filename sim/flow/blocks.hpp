/// \file blocks.hpp
/// Memory for entities and trails, of which every event makes and ends some.
///
/// A thread keeps what it has freed, by size, and gives it out again, last in, first out: that is
/// a few instructions, and the block is likely still in the cache. What it keeps has a bound, so
/// that where one thread makes and another ends, blocks go back to the allocator that all share.
/// A thread that ends gives everything back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace portflow::flow {

class Blocks {
 public:
  /// `size` bytes, aligned to 16. Throws std::bad_alloc.
  [[nodiscard]] static void* take(std::size_t size) {
    if (size <= largest) {
      Pile& pile = piles[index(size)];
      if (Free* top = pile.top; top != nullptr) {
        pile.top = top->below;
        --pile.count;
        return top;
      }
    }
    return take_new(size);
  }

  /// \pre take(size) returned `block`, on whatever thread.
  static void give_back(void* block, std::size_t size) noexcept {
    if (size <= largest) {
      Pile& pile = piles[index(size)];
      if (pile.count < most) {
        pile.put(block);
        return;
      }
    }
    give_back_slowly(block, size);
  }

 private:
  static constexpr std::size_t step = 16;
  static constexpr std::size_t largest = 512;  ///< bytes; what is larger is not kept
  static constexpr std::uint32_t most = 1024;  ///< blocks kept of one size

  struct Free {
    Free* below;
  };
  struct Pile {
    Free* top{nullptr};
    std::uint32_t count{most};  ///< at first it counts as full, so that who fills it comes by

    [[nodiscard]] bool unused() const noexcept { return top == nullptr && count == most; }
    void put(void* block) noexcept {
      auto* free = static_cast<Free*>(block);
      free->below = top;
      top = free;
      ++count;
    }
  };
  struct Keeper;  ///< gives a thread's blocks back when it ends

  static constexpr std::size_t index(std::size_t size) noexcept { return (size + step - 1) / step; }
  static void* take_new(std::size_t size);
  static void give_back_slowly(void* block, std::size_t size) noexcept;

  static constinit thread_local std::array<Pile, largest / step + 1> piles;
};

inline constinit thread_local std::array<Blocks::Pile, Blocks::largest / Blocks::step + 1>
    Blocks::piles{};

}  // namespace portflow::flow
