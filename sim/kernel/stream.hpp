/// \file stream.hpp
/// A queue between two threads, of which neither waits for the other.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "core/own_lines.hpp"

namespace portflow::kernel {

/// One thread writes, one reads. Items lie in blocks that form a circle: when a block is full the
/// writer goes on to the next, and puts a new one between where the reader is still at that. So a
/// stream that has grown to the most that was ever unread costs no allocation.
///
/// The first two blocks are small: they do for a stream that carries little. All others are long
/// rows, since with much under way lines go over quicker in a circle of 64 kB and more.
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
      give_back(std::exchange(block, block->next));
    }
  }

  /// Constructs an item from `parts`. Whoever sees anything that this thread does afterwards will
  /// read it.
  template <class... Parts>
  void write(Parts&&... parts) {
    if (to_ == to_end_) [[unlikely]] {
      go_on();
    }
    std::construct_at(to_++, std::forward<Parts>(parts)...);
    written_.store(written_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

  /// How many items were written so far, modulo 2^32.
  [[nodiscard]] std::uint32_t written() const noexcept {
    return written_.load(std::memory_order_acquire);
  }

  /// Hands what was written to `use(Item&)`, in order, until so many were read as `written()` was
  /// at some time. Who has that number from elsewhere leaves the writer's lines alone.
  template <class Use>
  void read(std::uint32_t until, const Use& use) {
    while (read_ != until) {
      if (from_ == from_end_) follow();
      const auto row = std::min(until - read_, static_cast<std::uint32_t>(from_end_ - from_));
      Item* item = from_;
      // Before they are used: no word of the stream is then written for each of them.
      from_ += row;
      read_ += row;
      for (; item != from_; ++item) {
        use(*item);
        std::destroy_at(item);
      }
    }
  }

 private:
  static_assert(alignof(Item) <= own_lines);

  static constexpr std::size_t few_items = 64;
  static constexpr std::size_t row_bytes = std::size_t{1} << 16;
  static constexpr std::size_t row_items = std::max(few_items, row_bytes / sizeof(Item));

  /// Stands before its items, on lines of its own.
  struct alignas(own_lines) Block {
    Block* next{this};
    std::size_t items;

    [[nodiscard]] Item* begin() noexcept { return reinterpret_cast<Item*>(this + 1); }
    [[nodiscard]] Item* end() noexcept { return begin() + items; }
  };

  [[nodiscard]] static Block* make_block(std::size_t items) {
    const std::size_t lines = (items * sizeof(Item) + own_lines - 1) / own_lines;
    void* const room = ::operator new(sizeof(Block) + lines * own_lines, alignment);
    return ::new (room) Block{.items = items};
  }
  static void give_back(Block* block) noexcept { ::operator delete(block, alignment); }
  static constexpr std::align_val_t alignment{own_lines};

  /// Lets the writer go on to a block that is free.
  [[gnu::noinline]] void go_on() {
    if (last_ == nullptr) {
      first_ = last_ = make_block(few_items);
    } else {
      const Block* const at = at_.load(std::memory_order_acquire);
      if (last_->next == (at != nullptr ? at : first_)) {
        Block* const fresh = make_block(last_->next == last_ ? few_items : row_items);
        fresh->next = std::exchange(last_->next, fresh);
      }
      last_ = last_->next;
    }
    to_ = last_->begin();
    to_end_ = last_->end();
  }

  /// Lets the reader follow to the block after his.
  void follow() {
    Block* const at = at_.load(std::memory_order_relaxed);
    Block* const now = at != nullptr ? at->next : first_;
    from_ = now->begin();
    from_end_ = now->end();
    at_.store(now, std::memory_order_release);
  }

  // Of the writer; the reader looks at how much was written, and once at the first block.
  alignas(own_lines) std::atomic<std::uint32_t> written_{0};
  Item* to_{nullptr};
  Item* to_end_{nullptr};
  Block* first_{nullptr};
  Block* last_{nullptr};
  // Of the reader; the writer looks at where he is whenever a block is full.
  alignas(own_lines) std::atomic<Block*> at_{nullptr};
  std::uint32_t read_{0};
  Item* from_{nullptr};
  Item* from_end_{nullptr};
};

}  // namespace portflow::kernel
