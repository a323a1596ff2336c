/// \file engine_strides.hpp
/// Workers with a shard each, none of whom waits for a window to end. Included by engine.hpp only.
#pragma once

#include <atomic>

#include "core/own_lines.hpp"
#include "kernel/promise.hpp"
#include "kernel/team.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Strides {
 public:
  explicit Strides(Team& team) : team_{team} {
    const unsigned most = team.crew.size();
    for (unsigned w = 0; w < most; ++w) promises_.emplace_back(most);
  }

  /// Handles events until the horizon, until time is up, something is thrown, or clocks go on while
  /// nothing happens. \pre as many shards as workers
  /// \returns how many bounds the caller's thread was given
  std::uint64_t run() {
    begin();
    team_.together([&](unsigned w, const Patience& patience) { time_stride(w, patience); });
    return bounds_;
  }

 private:
  using Stopwatch = typename Team::Stopwatch;

  /// A word to the others is worth its cache line once the clock went on by this part of what they
  /// may run ahead.
  static constexpr Duration::rep words_to_a_way = 3;
  /// Events that a worker handles at the most before he looks whether all shall leave.
  static constexpr std::uint64_t few = 64;
  /// So many times a few events may pass between two looks at the clock on the wall.
  static constexpr unsigned between_looks = 16;
  /// Bounds in a row within which nobody had anything to handle: it is quicker then to stop and
  /// look where the next event is, than to let clocks rise by one lookahead after the other.
  static constexpr unsigned most_barren = 64;

  /// Says for every shard before what it will handle nothing more: its own next event, or what
  /// those of others may cause.
  void begin() {
    leave_.store(false, std::memory_order_relaxed);
    auto& next = team_.lanes.front().next;
    for (unsigned i = 0; i < team_.workers; ++i) next[i] = team_.shard(i).calendar.next();
    for (unsigned i = 0; i < team_.workers; ++i) {
      team_.lanes[i].forget();
      tell(i, std::min(next[i], (*team_.safe_bound)(next, i)));
    }
  }

  /// A stride, and what it says of the worker's speed.
  void time_stride(unsigned w, const Patience& patience) {
    Lane& lane = team_.lanes[w];
    const auto begin = Stopwatch::now();
    const std::uint64_t events = lane.events;
    stride(w, patience);
    lane.effort.events += lane.events - events;
    lane.effort.wall += Stopwatch::now() - begin - lane.idle;
  }

  /// The part of worker `w`, whose shard has the same number.
  void stride(unsigned w, const Patience& patience) {
    std::uint64_t bounds = 0;
    std::uint64_t seen = 0;
    unsigned barren = 0;
    for (SimTime bound = SimTime::min(); bound < team_.horizon && !leaving();) {
      const bool look = bounds % Team::glance == 0;
      bound = farther_than(bound, w, patience, look);
      ++bounds;
      // Only now: what was sent before the clocks that give the bound is there to be read.
      for (unsigned other = 0; other < team_.workers; ++other) {
        if (other != w) team_.sort_in(other, w, promises_[other].written_to(w));
      }
      if (!handle(w, bound)) break;
      const std::uint64_t handled = handled_by_all();
      barren = handled == std::exchange(seen, handled) ? barren + 1 : 0;
      if (barren > most_barren || (w == 0 && look && team_.time_is_up())) leave();
    }
    if (w == 0) bounds_ = bounds;
  }

  /// The bound of shard `w` once it lies beyond `bound`, or what it is when all shall leave.
  /// \param look  measures how long it takes
  SimTime farther_than(SimTime bound, unsigned w, const Patience& patience, bool look) {
    Lane& lane = team_.lanes[w];
    SimTime farther = bound_of(w);
    if (farther > bound) return farther;
    const auto come = look ? Stopwatch::now() : typename Stopwatch::time_point{};
    patience.await([&] {
      farther = bound_of(w);
      if (farther > bound || leaving()) return true;
      team_.spare.use();
      return false;
    });
    if (look) lane.idle += (Stopwatch::now() - come) * Team::glance;
    return farther;
  }

  [[nodiscard]] SimTime bound_of(unsigned w) {
    auto& clocks = team_.lanes[w].next;
    for (unsigned i = 0; i < team_.workers; ++i) {
      clocks[i] = i == w ? never : promises_[i].clock();
    }
    return std::min((*team_.safe_bound)(clocks, w), team_.horizon);
  }

  /// Handles what shard `w` has before `bound`, and lets the others know now and then.
  /// \returns false when all shall leave before it is done
  bool handle(unsigned w, SimTime bound) {
    Lane& lane = team_.lanes[w];
    const Calendar<Payload>& calendar = team_.shard(w).calendar;
    const Duration between_words =
        std::max(Duration{1}, team_.safe_bound->shortest_way_from(w) / words_to_a_way);
    SimTime word = promises_[w].clock();
    for (unsigned i = 1; calendar.next() < bound; ++i) {
      if (calendar.next() - word >= between_words) {
        word = calendar.next();
        tell(w, word);
      }
      team_.advance(lane, w, std::min(bound, word + between_words), few);
      if (lane.thrown || (w == 0 && i % between_looks == 0 && team_.time_is_up())) leave();
      if (leaving()) return false;
    }
    tell(w, bound);
    return true;
  }

  void tell(unsigned w, SimTime clock) {
    promises_[w].tell(clock, team_.lanes[w].events, team_.lanes[w].mail);
  }

  [[nodiscard]] std::uint64_t handled_by_all() const {
    std::uint64_t events = 0;
    for (unsigned i = 0; i < team_.workers; ++i) events += promises_[i].handled();
    return events;
  }

  [[nodiscard]] bool leaving() const { return leave_.load(std::memory_order_relaxed); }
  void leave() { leave_.store(true, std::memory_order_relaxed); }

  Team& team_;
  std::vector<Promise> promises_;  ///< of each worker
  std::uint64_t bounds_{0};
  alignas(own_lines) std::atomic<bool> leave_{false};  ///< everybody shall
};

}  // namespace portflow::kernel
