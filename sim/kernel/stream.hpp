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
/// Each new block is several times as large as the one before it, up to a bound: a stream that
/// carries little stays small, and one that carries much lies in long rows, which a processor
/// fetches ahead of need, from wherever they are.
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

  /// Hands what was written to `use(Item&)`, in order.
  template <class Use>
  void read(const Use& use) {
    const std::uint32_t written = written_.load(std::memory_order_acquire);
    while (read_ != written) {
      if (from_ == from_end_) follow();
      const auto row = std::min(written - read_, static_cast<std::uint32_t>(from_end_ - from_));
      for (Item* const end = from_ + row; from_ != end; ++from_, ++read_) {
        use(*from_);
        std::destroy_at(from_);
      }
    }
  }

 private:
  static_assert(alignof(Item) <= own_lines);

  static constexpr std::size_t first_items = 64;
  static constexpr std::size_t growth = 4;
  static constexpr std::size_t most_bytes = std::size_t{1} << 16;
  static constexpr std::size_t most_items = std::max(first_items, most_bytes / sizeof(Item));

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
      first_ = last_ = make_block(first_items);
    } else {
      const Block* const at = at_.load(std::memory_order_acquire);
      if (last_->next == (at != nullptr ? at : first_)) {
        Block* const fresh = make_block(std::min(growth * last_->items, most_items));
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
