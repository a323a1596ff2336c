/// \file calendar.hpp
/// The pending events of a shard, least EventKey first: a ladder.
///
///     top       whatever is far away, in no order
///     rungs     buckets of equal width, in no order within; a finer rung refines the bucket
///               that the coarser one has come to
///     bottom    the bucket whose time has come, sorted, least last
///
/// An event is linked into the bucket of its time, which costs the same however many are
/// pending; buckets hold about two events each, so that sorting them costs next to nothing.
/// While few are pending all of them stand in the bottom. Heaps lose to this through branches
/// that no processor can foresee. The width of the buckets follows from what is pending when a
/// rung is set up; where that was a poor guess, crowded buckets get a finer rung of their own.
///
/// Source: W. T. Tang, R. S. M. Goh, I. L.-J. Thng (2005), ACM TOMACS 15(3), 175-204.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "kernel/event_pool.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Calendar {
 public:
  Calendar() { bottom_.push_back({EventKey::none(), Pool::nil}); }
  Calendar(const Calendar&) = delete;
  Calendar& operator=(const Calendar&) = delete;
  ~Calendar() {
    drain([](Event<Payload>&) {});
  }

  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// The least key; EventKey::none() when empty.
  [[nodiscard]] const EventKey& top() const noexcept { return bottom_.back().key; }

  /// The time of the least key, `never` when empty.
  [[nodiscard]] SimTime next() const noexcept { return top().at; }

  /// \pre key.at < end_of_time (safe_bound.hpp)
  void push(const EventKey& key, ProcessId to, std::uint32_t chain, Payload&& body) {
    const Slot slot = pool_.make(key, to, chain, std::move(body));
    ++size_;
    if (key.at < bottom_until_) {
      insert({key, slot});
    } else {
      put_away(slot, key.at);
    }
  }

  /// Takes the event of the least key out. It stays where it is until `done` frees it, whatever
  /// is pushed meanwhile. \pre not empty.
  [[nodiscard]] Event<Payload>& take() {
    taken_ = bottom_.back().slot;
    bottom_.pop_back();
    --size_;
    if (bottom_.size() == 1) refill();
    return pool_[taken_];
  }
  void done() noexcept { pool_.free(taken_); }

  /// Takes all events out, in no order, and hands them to `use(Event&)`.
  template <class Use>
  void drain(const Use& use) {
    const auto give = [&](Slot slot) {
      use(pool_[slot]);
      pool_.free(slot);
    };
    for (std::size_t i = 1; i < bottom_.size(); ++i) give(bottom_[i].slot);
    for (std::size_t i = 0; i < rungs_in_use_; ++i) {
      for (std::size_t b = rungs_[i].current; b < rungs_[i].in_use; ++b) {
        each(rungs_[i].heads[b], give);
      }
    }
    each(top_, give);
    bottom_.resize(1);
    rungs_in_use_ = 0;
    top_ = Pool::nil;
    top_size_ = size_ = 0;
    bottom_until_ = never;
  }

 private:
  using Pool = EventPool<Payload>;
  using Slot = typename Pool::Slot;

  struct Entry {
    EventKey key;
    Slot slot;
  };

  struct Rung {
    SimTime from{};
    SimTime until{};
    unsigned shift{0};  ///< a bucket is 2^shift ms wide
    std::size_t current{0};
    std::size_t in_use{0};
    std::vector<Slot> heads;

    /// Where bucket `i` starts.
    [[nodiscard]] SimTime start(std::size_t i) const noexcept {
      return std::min(until, from + Duration{static_cast<std::int64_t>(i << shift)});
    }
    void add(Pool& pool, Slot slot, SimTime at) noexcept {
      Slot& head = heads[static_cast<std::size_t>((at - from).count()) >> shift];
      pool[slot].next = head;
      head = slot;
    }
  };

  static constexpr std::size_t few = 32;      ///< so many stand in the bottom, without rungs
  static constexpr std::size_t crowded = 48;  ///< a fuller bucket is refined
  static constexpr std::size_t most_rungs = 8;

  template <class Use>
  void each(Slot slot, const Use& use) {
    while (slot != Pool::nil) {
      const Slot next = pool_[slot].next;
      use(slot);
      slot = next;
    }
  }

  /// Links what comes after the bottom into its rung, or on top.
  void put_away(Slot slot, SimTime at) noexcept {
    for (std::size_t i = rungs_in_use_; i > 0; --i) {
      if (at < rungs_[i - 1].until) {
        rungs_[i - 1].add(pool_, slot, at);
        return;
      }
    }
    put_on_top(slot, at);
  }

  void put_on_top(Slot slot, SimTime at) noexcept {
    top_from_ = top_ == Pool::nil ? at : std::min(top_from_, at);
    top_until_ = top_ == Pool::nil ? at : std::max(top_until_, at);
    pool_[slot].next = top_;
    top_ = slot;
    ++top_size_;
  }

  void insert(const Entry& entry) {
    if (bottom_.size() > crowded && bottom_.back().key.at < entry.key.at &&
        rungs_in_use_ < most_rungs) {
      thin_out();
      if (entry.key.at >= bottom_until_) {
        put_away(entry.slot, entry.key.at);
        return;
      }
    }
    bottom_.push_back(entry);
    std::size_t i = bottom_.size() - 1;
    for (; bottom_[i - 1].key < entry.key; --i) bottom_[i] = bottom_[i - 1];
    bottom_[i] = entry;
  }

  /// Leaves only the least instant in the bottom; what comes later goes into a rung.
  void thin_out() {
    const SimTime from = bottom_.back().key.at + Duration{1};
    std::size_t later = 1;
    Slot list = Pool::nil;
    SimTime last = from;
    for (; bottom_[later].key.at >= from; ++later) {
      pool_[bottom_[later].slot].next = list;
      list = bottom_[later].slot;
      last = std::max(last, bottom_[later].key.at);
    }
    bottom_.erase(bottom_.begin() + 1, bottom_.begin() + static_cast<std::ptrdiff_t>(later));
    const SimTime until = bottom_until_ == never ? last + Duration{1} : bottom_until_;
    bottom_until_ = from;
    set_up(list, later - 1, from, until);
  }

  /// Deals a list of `count` events, all within [from, until), into a new rung.
  void set_up(Slot list, std::size_t count, SimTime from, SimTime until) {
    if (rungs_in_use_ == rungs_.size()) rungs_.emplace_back();
    Rung& rung = rungs_[rungs_in_use_++];
    const auto last = static_cast<std::uint64_t>((until - from).count()) - 1;
    const std::uint64_t wanted = std::max<std::uint64_t>(count, 8) * buckets_per_event;
    rung.from = from;
    rung.until = until;
    rung.shift = last < wanted ? 0 : static_cast<unsigned>(std::bit_width(last / wanted));
    rung.current = 0;
    rung.in_use = static_cast<std::size_t>(last >> rung.shift) + 1;
    rung.heads.assign(rung.in_use, Pool::nil);
    each(list, [&](Slot slot) { rung.add(pool_, slot, pool_[slot].key.at); });
  }

  /// Brings what comes next down to the bottom, which is empty.
  void refill() {
    while (size_ > 0) {
      if (rungs_in_use_ == 0) {
        const Slot list = std::exchange(top_, Pool::nil);
        const std::size_t count = std::exchange(top_size_, 0);
        if (count <= few) {
          bottom_until_ = never;
          sort_in(list);
          return;
        }
        set_up(list, count, top_from_, top_until_ + Duration{1});
      }
      Rung& rung = rungs_[rungs_in_use_ - 1];
      std::size_t i = rung.current;
      while (i < rung.in_use && rung.heads[i] == Pool::nil) ++i;
      rung.current = i + 1;
      if (i >= rung.in_use) {
        --rungs_in_use_;
        continue;
      }
      const Slot list = rung.heads[i];
      const std::size_t count = sort_in(list);
      const SimTime from = rung.start(i);
      bottom_until_ = rung.start(i + 1);
      if (count <= crowded || rung.shift == 0 || rungs_in_use_ == most_rungs) return;
      bottom_.resize(1);
      const SimTime until = std::exchange(bottom_until_, from);
      set_up(list, count, from, until);
    }
    rungs_in_use_ = 0;
    bottom_until_ = never;
  }

  /// Copies a list into the bottom, which is empty, and sorts it. \returns its length.
  std::size_t sort_in(Slot list) {
    each(list, [&](Slot slot) { bottom_.push_back({pool_[slot].key, slot}); });
    const std::size_t count = bottom_.size() - 1;
    if (count > crowded) {
      std::sort(bottom_.begin() + 1, bottom_.end(),
                [](const Entry& a, const Entry& b) { return b.key < a.key; });
      return count;
    }
    for (std::size_t next = 2; next <= count; ++next) {
      const Entry entry = bottom_[next];
      std::size_t i = next;
      for (; bottom_[i - 1].key < entry.key; --i) bottom_[i] = bottom_[i - 1];
      bottom_[i] = entry;
    }
    return count;
  }

  static constexpr std::uint64_t buckets_per_event = 2;

  Pool pool_;
  std::vector<Entry> bottom_;   ///< behind a sentinel that no event sorts after
  SimTime bottom_until_{never}; ///< what comes before it belongs into the bottom
  std::vector<Rung> rungs_;     ///< coarsest first
  std::size_t rungs_in_use_{0};
  Slot top_{Pool::nil};
  std::size_t top_size_{0};
  SimTime top_from_{}, top_until_{};  ///< earliest and latest event on top
  std::size_t size_{0};
  Slot taken_{Pool::nil};
};

}  // namespace portflow::kernel
