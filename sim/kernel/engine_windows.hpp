/// \file engine_windows.hpp
/// Workers in step, who share more shards than they are, window by window. Included by engine.hpp
/// only.
#pragma once

#include <algorithm>

#include "kernel/claims.hpp"
#include "kernel/survey.hpp"
#include "kernel/team.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Windows {
 public:
  Windows(Team& team, const RunOptions& options) : team_{team}, options_{options} {}

  /// Handles events until the horizon, until time is up, something is thrown, or whoever stands
  /// back is wanted again.
  /// \param some_stand_back  fewer workers take part than would, as others need processors
  /// \returns how many windows it took
  std::uint64_t run(bool some_stand_back) {
    some_stand_back_ = some_stand_back;
    begin();
    team_.together([&](unsigned w, const Patience& patience) { share(w, patience); });
    return windows_;
  }

  [[nodiscard]] std::vector<Projection> projections() const { return survey_.projections(); }

 private:
  using Stopwatch = typename Team::Stopwatch;

  void begin() {
    const std::size_t shards = team_.shards();
    for (unsigned w = 0; w < team_.workers; ++w) {
      for (Post& post : team_.lanes[w].posts) post.clear(shards);
      team_.lanes[w].forget();
    }
    auto& next = team_.lanes.front().next;
    for (std::size_t i = 0; i < shards; ++i) next[i] = team_.shard(i).calendar.next();
    team_.lanes.front().posts[0].know(next);
    work_.resize(shards);
    for (std::size_t i = 0; i < shards; ++i) {
      work_[i] = team_.shard(i).recent;
      team_.shard(i).recent /= 2;
    }
    claims_.deal(work_, team_.workers);
  }

  /// One worker's share of window after window; all workers leave before the same one.
  void share(unsigned w, const Patience& patience) {
    Lane& lane = team_.lanes[w];
    for (std::uint32_t window = 0;; ++window) {
      const unsigned now = window % 2;
      const unsigned then = 1 - now;
      if (window > 0) meet(lane, patience, window);
      if (leaving(now) || gather(lane, now) >= team_.horizon) {
        if (w == 0) windows_ = window;
        return;
      }
      auto begin = Stopwatch::now();
      for (auto i = claims_.claim(w, now); i != Claims::none; i = claims_.claim(w, now)) {
        if (!handle(lane, i)) continue;
        const auto end = Stopwatch::now();
        team_.shard(i).recent += end - begin;
        begin = end;
      }
      if (options_.survey) survey_.add(lane.handled);
      claims_.renew(w, then);
      Post& post = lane.posts[then];
      post.leave = false;
      post.know(lane.least);
      lane.forget();
      if (w == 0) {
        post.leave = (window % Team::glance == 0 && team_.time_is_up()) ||
                     (some_stand_back_ && options_.elsewhere() == 0);
      }
      if (lane.thrown) post.leave = true;
      post.finish(window + 1);
    }
  }

  /// Returns once all are done with the window before.
  void meet(Lane& lane, const Patience& patience, std::uint32_t window) {
    const bool look = window % Team::glance == 0;
    for (unsigned w = 0; w < team_.workers; ++w) {
      const Post& post = team_.lanes[w].posts[window % 2];
      while (!post.has_finished(window) && team_.spare.use()) {
      }
      if (!look) {
        post.await(window, patience);
        continue;
      }
      const auto come = Stopwatch::now();
      post.await(window, patience);
      lane.idle += (Stopwatch::now() - come) * Team::glance;
    }
  }

  [[nodiscard]] bool leaving(unsigned now) const {
    for (unsigned w = 0; w < team_.workers; ++w) {
      if (team_.lanes[w].posts[now].leave) return true;
    }
    return false;
  }

  /// Finds the least event of every shard, on its calendar or in its mail.
  /// \returns the least of all
  SimTime gather(Lane& lane, unsigned now) {
    SimTime least = never;
    for (std::size_t i = 0; i < lane.next.size(); ++i) {
      SimTime next = never;
      for (unsigned w = 0; w < team_.workers; ++w) {
        next = std::min(next, team_.lanes[w].posts[now].least(i));
      }
      lane.next[i] = next;
      least = std::min(least, next);
    }
    return least;
  }

  /// Handles what shard `i` has in this window. Where that is nothing the shard is not even looked
  /// at, since it may lie in another processor's cache; its mail waits.
  /// \returns whether there was anything
  bool handle(Lane& lane, std::uint32_t i) {
    const SimTime bound = std::min((*team_.safe_bound)(lane.next, i), team_.horizon);
    SimTime& least = lane.least[i];
    const std::uint64_t before = lane.events;
    const bool any = lane.next[i] < bound;
    if (any) {
      // With what was sent in this window already, which comes after it.
      for (unsigned w = 0; w < team_.workers; ++w) team_.sort_in(w, i);
      team_.advance(lane, i, bound);
    }
    least = std::min(least, any ? team_.shard(i).calendar.next() : lane.next[i]);
    lane.handled[i] = lane.events - before;
    return any;
  }

  Team& team_;
  const RunOptions& options_;
  Survey survey_;
  bool some_stand_back_{false};
  Claims claims_;
  std::vector<Claims::Wall> work_;  ///< of each shard, when they were last dealt
  std::uint64_t windows_{0};        ///< of this stretch
};

}  // namespace portflow::kernel
