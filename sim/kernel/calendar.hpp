/// \file calendar.hpp
/// The pending events of a shard, least EventKey first: a ladder.
///
///     top       whatever is far away, in no order
///     rungs     buckets of equal width, in no order within; a finer rung refines the bucket
///               that the coarser one has come to
///     bottom    the bucket whose time has come, sorted, least last
///
/// An event is put into the bucket of its time, which costs the same however many are pending.
/// The buckets of the finest rung hold about two events each, so that sorting them costs next to
/// nothing. While few are pending all of them stand in the bottom. Heaps lose to this through
/// branches that no processor can foresee. The width of the buckets follows from what is pending
/// when a rung is set up; where that was a poor guess, crowded buckets get a rung of their own.
///
/// Memory is met in order. Of many events, a coarse rung keeps mere slot numbers, side by side;
/// only when a few thousand of them come near are they looked at one by one, and then stay in the
/// cache until they are handled.
///
/// Source: W. T. Tang, R. S. M. Goh, I. L.-J. Thng (2005), ACM TOMACS 15(3), 175-204.
#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/own_lines.hpp"
#include "kernel/event_pool.hpp"
#include "kernel/slot_lists.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Calendar {
 public:
  Calendar() { bottom_.push_back({EventKey::none(), Pool::nil, ProcessId{}}); }
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

  /// Who handles the least event, and who (as far as is known) the one after it, so that they can
  /// be fetched into the cache in time; process 0 where nobody is known.
  [[nodiscard]] std::pair<ProcessId, ProcessId> upcoming() const noexcept {
    const Entry* last = &bottom_.back();
    return {last->to, last[last != bottom_.data() ? -1 : 0].to};
  }

  /// \pre key.at < end_of_time (topology.hpp)
  void push(EventKey key, ProcessId to, std::uint32_t chain, Payload&& body) {
    const Slot slot = pool_.make(key, to, chain, std::move(body));
    ++size_;
    if (key.at < bottom_until_) {
      insert(key, slot, to);
    } else {
      put_away(slot, key.at);
    }
  }

  /// Takes the event of the least key out. It stays where it is until done() frees it, whatever
  /// is pushed meanwhile. \pre not empty.
  [[nodiscard]] Event<Payload>& take() {
    taken_ = bottom_.back().slot;
    bottom_.pop_back();
    --size_;
    if (&bottom_.back() == bottom_.data()) refill();
    taken_event_ = &pool_[taken_];
    return *taken_event_;
  }
  void done() noexcept { pool_.free(taken_, *taken_event_); }

  /// Takes all events out, in no order, and hands them to `use(Event&)`.
  template <class Use>
  void drain(const Use& use) {
    for (std::size_t i = 1; i < bottom_.size(); ++i) scratch_.push_back(bottom_[i].slot);
    for (std::size_t i = 0; i < rungs_in_use_; ++i) {
      for (std::size_t b = rungs_[i].current; b < rungs_[i].in_use; ++b) empty_bucket(rungs_[i], b);
    }
    scratch_.insert(scratch_.end(), top_.begin(), top_.end());
    top_.clear();
    for (const Slot slot : scratch_) {
      use(pool_[slot]);
      pool_.free(slot, pool_[slot]);
    }
    scratch_.clear();
    bottom_.resize(1);
    rungs_in_use_ = 0;
    size_ = 0;
    bottom_until_ = never;
  }

 private:
  using Pool = EventPool<Payload>;
  using Slot = typename Pool::Slot;

  struct Entry {
    EventKey key;
    Slot slot{0};
    ProcessId to{};
  };

  /// The buckets of a coarse rung are lists of slot numbers; those of a fine one are linked
  /// through the events themselves.
  struct Rung {
    SimTime from{};
    SimTime until{};
    bool coarse{false};
    unsigned shift{0};  ///< a bucket is 2^shift ms wide
    std::size_t current{0};
    std::size_t in_use{0};
    OwnVector<std::uint32_t> heads;

    /// Where bucket `i` starts.
    [[nodiscard]] SimTime start(std::size_t i) const noexcept {
      return std::min(until, from + Duration{static_cast<std::int64_t>(i << shift)});
    }
    [[nodiscard]] std::uint32_t& head(SimTime at) noexcept {
      return heads[static_cast<std::size_t>((at - from).count()) >> shift];
    }
  };

  static constexpr std::size_t few = 32;      ///< so many stand in the bottom, without rungs
  static constexpr std::size_t crowded = 48;  ///< a fuller bucket is refined
  static constexpr std::size_t many = 4096;   ///< more get a coarse rung first
  static constexpr std::size_t most_rungs = 8;
  static constexpr std::size_t buckets_per_event = 2;    ///< of a fine rung, at the most
  static constexpr std::size_t events_per_bucket = 128;  ///< of a coarse rung, at the least
  static constexpr std::size_t most_buckets = 8192;      ///< of a coarse rung, about
  static constexpr std::size_t ahead = 64;  ///< how far ahead events are fetched to the cache

  void add(Rung& rung, Slot slot, SimTime at) {
    std::uint32_t& head = rung.head(at);
    if (rung.coarse) {
      lists_.add(head, slot);
    } else {
      pool_[slot].next = head;
      head = slot;
    }
  }

  /// Puts what comes after the bottom into its rung, or on top.
  [[gnu::noinline]] void put_away(Slot slot, SimTime at) {
    for (std::size_t i = rungs_in_use_; i > 0; --i) {
      if (at < rungs_[i - 1].until) {
        add(rungs_[i - 1], slot, at);
        return;
      }
    }
    put_on_top(slot, at);
  }

  // Apart, since it may make room: then what mostly happens needs no registers saved.
  [[gnu::noinline]] void put_on_top(Slot slot, SimTime at) {
    top_from_ = top_.empty() ? at : std::min(top_from_, at);
    top_last_ = top_.empty() ? at : std::max(top_last_, at);
    top_.push_back(slot);
  }

  void insert(EventKey key, Slot slot, ProcessId to) {
    if (bottom_.size() > crowded && bottom_.back().key.at < key.at && rungs_in_use_ < most_rungs) {
      thin_out();
      if (key.at >= bottom_until_) {
        put_away(slot, key.at);
        return;
      }
    }
    settle(key, slot, to);
  }

  /// Puts an event into the bottom where it belongs. Its words come in registers and are stored
  /// once: a processor that reads as one what was just written as two waits for both.
  void settle(EventKey key, Slot slot, ProcessId to) {
    if (bottom_.size() == bottom_.capacity()) [[unlikely]] {
      settle_with_room(key, slot, to);
      return;
    }
    bottom_.emplace_back();
    Entry* at = &bottom_.back();
    for (; at[-1].key < key; --at) *at = at[-1];
    at->key.at = key.at;
    at->key.order = key.order;
    at->slot = slot;
    at->to = to;
  }

  // Apart, as put_on_top() is.
  [[gnu::noinline]] void settle_with_room(EventKey key, Slot slot, ProcessId to) {
    bottom_.reserve(2 * bottom_.size());  // never empty: it has its sentinel
    settle(key, slot, to);
  }

  /// Leaves only the least instant in the bottom; what comes later goes into a rung, or on top
  /// where everything stood in the bottom.
  [[gnu::noinline]] void thin_out() {
    const SimTime from = bottom_.back().key.at + Duration{1};
    const SimTime until = std::exchange(bottom_until_, from);
    std::size_t later = 1;
    for (; bottom_[later].key.at >= from; ++later) {
      if (until == never) {
        put_away(bottom_[later].slot, bottom_[later].key.at);
      } else {
        scratch_.push_back(bottom_[later].slot);
      }
    }
    bottom_.erase(bottom_.begin() + 1, bottom_.begin() + static_cast<std::ptrdiff_t>(later));
    if (until != never) set_up(from, until);
  }

  /// Deals the events in scratch_, all within [from, until), into a new rung.
  void set_up(SimTime from, SimTime until) {
    if (rungs_in_use_ == rungs_.size()) rungs_.emplace_back();
    Rung& rung = rungs_[rungs_in_use_++];
    const auto last = static_cast<std::uint64_t>((until - from).count()) - 1;
    const std::size_t count = scratch_.size();
    rung.coarse = count > many;
    const std::uint64_t wanted = rung.coarse ? std::min(count / events_per_bucket, most_buckets)
                                             : std::max<std::size_t>(count, 8) * buckets_per_event;
    rung.from = from;
    rung.until = until;
    rung.shift = last < wanted ? 0 : static_cast<unsigned>(std::bit_width(last / wanted));
    rung.current = 0;
    rung.in_use = static_cast<std::size_t>(last >> rung.shift) + 1;
    rung.heads.assign(rung.in_use, Pool::nil);
    for (std::size_t i = 0; i < count; ++i) {
      // To the second cache: of fetches to the first, few can be under way at once.
      if (i + ahead < count) __builtin_prefetch(&pool_[scratch_[i + ahead]], 1, 2);
      add(rung, scratch_[i], pool_[scratch_[i]].key.at);
    }
    scratch_.clear();
    bottom_until_ = from;
  }

  /// Moves what is in bucket `b` to scratch_.
  void empty_bucket(Rung& rung, std::size_t b) {
    const std::uint32_t head = std::exchange(rung.heads[b], Pool::nil);
    if (rung.coarse) {
      lists_.empty_into(scratch_, head);
    } else {
      for (Slot slot = head; slot != Pool::nil; slot = pool_[slot].next) scratch_.push_back(slot);
    }
  }

  /// Brings what comes next down to the bottom, which is empty.
  [[gnu::noinline]] void refill() {
    while (size_ > 0) {
      if (rungs_in_use_ == 0) {
        scratch_.swap(top_);
        if (scratch_.size() <= few) {
          sort_down(never);
          return;
        }
        set_up(top_from_, top_last_ + Duration{1});
      }
      Rung& rung = rungs_[rungs_in_use_ - 1];
      std::size_t i = rung.current;
      while (i < rung.in_use && rung.heads[i] == Pool::nil) ++i;
      rung.current = i + 1;
      if (i >= rung.in_use) {
        --rungs_in_use_;
        continue;
      }
      const SimTime until = rung.start(i + 1);
      if (!rung.coarse && link_down(rung.heads[i])) {
        rung.heads[i] = Pool::nil;
        bottom_until_ = until;
        if (i + 1 < rung.in_use && rung.heads[i + 1] != Pool::nil) {
          __builtin_prefetch(&pool_[rung.heads[i + 1]]);
        }
        return;
      }
      empty_bucket(rung, i);
      if (scratch_.size() <= few || rung.shift == 0 || rungs_in_use_ == most_rungs) {
        sort_down(until);
        return;
      }
      set_up(rung.start(i), until);
    }
    rungs_in_use_ = 0;
    bottom_until_ = never;
  }

  /// Moves a linked list to the bottom, which is empty, unless it is crowded.
  bool link_down(Slot slot) {
    for (; slot != Pool::nil; slot = pool_[slot].next) {
      const Event<Payload>& event = pool_[slot];
      settle(event.key, slot, event.to);
      if (bottom_.size() > crowded) {
        bottom_.resize(1);
        return false;
      }
    }
    return true;
  }

  /// Moves the events in scratch_, all before `until`, to the bottom, which is empty.
  void sort_down(SimTime until) {
    for (const Slot slot : scratch_) {
      const Event<Payload>& event = pool_[slot];
      if (scratch_.size() <= crowded) {
        settle(event.key, slot, event.to);
      } else {
        bottom_.push_back({event.key, slot, event.to});
      }
    }
    if (scratch_.size() > crowded) {
      std::sort(bottom_.begin() + 1, bottom_.end(),
                [](const Entry& a, const Entry& b) { return b.key < a.key; });
    }
    scratch_.clear();
    bottom_until_ = until;
  }

  Pool pool_;
  SlotLists lists_;
  OwnVector<Entry> bottom_;      ///< behind a sentinel that no event sorts after
  SimTime bottom_until_{never};  ///< what comes before it belongs into the bottom
  OwnVector<Rung> rungs_;        ///< coarsest first
  std::size_t rungs_in_use_{0};
  SlotLists::Slots top_;
  SimTime top_from_{}, top_last_{};  ///< earliest and latest event on top
  std::size_t size_{0};
  Slot taken_{Pool::nil};
  Event<Payload>* taken_event_{nullptr};
  SlotLists::Slots scratch_;  ///< events on their way from one place to another
};

}  // namespace portflow::kernel
