/// \file stream.hpp
/// A queue between two threads, of which neither waits for the other.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/own_lines.hpp"

namespace portflow::kernel {

/// One thread writes, one reads. Items lie in blocks that form a circle: when a block is full the
/// writer goes on to the next, and puts a new one between where the reader is still at that. So a
/// stream that has grown to the most that was ever unread costs no allocation.
///
/// Another thread may take over either part, once it knows of all that its predecessor did.
template <class Item>
class Stream {
 public:
  Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  /// \pre everything was read
  ~Stream() {
    if (last_ == nullptr) return;
    for (Block* block = std::exchange(last_->next, nullptr); block != nullptr;) {
      delete std::exchange(block, block->next);
    }
  }

  /// Constructs an item from `parts`. Whoever sees anything that this thread does afterwards will
  /// read it.
  template <class... Parts>
  void write(Parts&&... parts) {
    const std::uint32_t written = written_.load(std::memory_order_relaxed);
    if (written % items == 0) [[unlikely]] {
      go_on();
    }
    std::construct_at(last_->item(written), std::forward<Parts>(parts)...);
    written_.store(written + 1, std::memory_order_release);
  }

  /// Hands what was written to `use(Item&)`, in order.
  template <class Use>
  void read(const Use& use) {
    for (const auto written = written_.load(std::memory_order_acquire); read_ != written; ++read_) {
      if (read_ % items == 0) {
        Block* const at = at_.load(std::memory_order_relaxed);
        at_.store(at != nullptr ? at->next : first_, std::memory_order_release);
      }
      Item* const item = at_.load(std::memory_order_relaxed)->item(read_);
      use(*item);
      std::destroy_at(item);
    }
  }

 private:
  static constexpr std::uint32_t items = 64;

  struct Block {
    static_assert(alignof(Item) <= own_lines);
    Block* next{this};
    alignas(own_lines) std::byte room[items * sizeof(Item)];

    [[nodiscard]] Item* item(std::uint32_t number) noexcept {
      return reinterpret_cast<Item*>(room) + number % items;
    }
  };

  [[gnu::noinline]] void go_on() {
    if (last_ == nullptr) {
      first_ = last_ = new Block;
      return;
    }
    const Block* const at = at_.load(std::memory_order_acquire);
    if (last_->next == (at != nullptr ? at : first_)) {
      auto* const fresh = new Block;
      fresh->next = std::exchange(last_->next, fresh);
    }
    last_ = last_->next;
  }

  // Of the writer; the reader looks at how much was written, and once at the first block.
  alignas(own_lines) std::atomic<std::uint32_t> written_{0};
  Block* first_{nullptr};
  Block* last_{nullptr};
  // Of the reader; the writer looks at where he is whenever a block is full.
  alignas(own_lines) std::atomic<Block*> at_{nullptr};
  std::uint32_t read_{0};
};

}  // namespace portflow::kernel
