/// \file yardstick.hpp
/// Bare event loops to measure the engine against: no processes, no channels, no threads,
/// just PHOLD and a pending-event set. They use the engine's EventKey, so that their
/// fingerprints must agree with it.
///
/// Ladder queue: W. T. Tang, R. S. M. Goh, I. L.-J. Thng (2005), ACM TOMACS 15(3), 175-204.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

#include "bench/phold.hpp"

namespace portflow::bench {

/// A pending ball.
struct Pending {
  kernel::EventKey key;
  std::uint32_t target{0};
  Ball ball;
};

struct Later {
  bool operator()(const Pending& a, const Pending& b) const { return b.key < a.key; }
};

/// The binary heap of the standard library.
class HeapQueue {
 public:
  [[nodiscard]] bool empty() const { return queue_.empty(); }
  void push(const Pending& event) { queue_.push(event); }
  Pending pop() {
    const Pending event = queue_.top();
    queue_.pop();
    return event;
  }

 private:
  std::priority_queue<Pending, std::vector<Pending>, Later> queue_;
};

/// Far events lie unsorted at the top; as time comes near, they are dealt into the buckets of
/// ever finer rungs; only a handful at the bottom is sorted.
class LadderQueue {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }

  void push(const Pending& event) {
    ++size_;
    if (event.key.at >= top_from_) {
      top_.push_back(event);
      return;
    }
    for (std::size_t i = 0; i < rungs_in_use_; ++i) {
      if (event.key.at >= rungs_[i].reached()) {
        rungs_[i].add(event);
        return;
      }
    }
    bottom_.insert(std::ranges::upper_bound(bottom_, event, Later{}), event);
  }

  Pending pop() {
    if (bottom_.empty()) refill();
    const Pending event = bottom_.back();
    bottom_.pop_back();
    --size_;
    return event;
  }

 private:
  static constexpr std::size_t threshold = 50;  // as the authors advise
  static constexpr std::size_t most_rungs = 8;

  struct Rung {
    SimTime from{};
    Duration width{1};
    std::size_t current{0};
    std::size_t buckets_in_use{0};
    std::vector<std::vector<Pending>> buckets;

    /// Start of the first bucket that may still be filled.
    [[nodiscard]] SimTime reached() const {
      return from + width * static_cast<std::int64_t>(current);
    }
    void add(const Pending& event) {
      buckets[static_cast<std::size_t>((event.key.at - from) / width)].push_back(event);
    }
  };

  /// Deals `events`, which lie in [from, to), into a new rung of about one event a bucket.
  void spawn(std::vector<Pending>& events, SimTime from, SimTime to) {
    if (rungs_in_use_ == rungs_.size()) rungs_.emplace_back();
    Rung& rung = rungs_[rungs_in_use_++];
    const auto count = static_cast<std::int64_t>(events.size());
    rung.from = from;
    rung.width = std::max(Duration{1}, (to - from + Duration{count - 1}) / count);
    rung.current = 0;
    rung.buckets_in_use = static_cast<std::size_t>((to - from - Duration{1}) / rung.width) + 1;
    if (rung.buckets.size() < rung.buckets_in_use) rung.buckets.resize(rung.buckets_in_use);
    for (const Pending& event : events) rung.add(event);
    events.clear();
  }

  /// Brings the next bucket down to the bottom. \pre not empty, the bottom is.
  void refill() {
    for (;;) {
      if (rungs_in_use_ == 0) {
        const auto [first, last] = std::ranges::minmax_element(
            top_, {}, [](const Pending& event) { return event.key.at; });
        const auto from = first->key.at;
        top_from_ = last->key.at + Duration{1};
        spawn(top_, from, top_from_);
      }
      Rung& rung = rungs_[rungs_in_use_ - 1];
      while (rung.current < rung.buckets_in_use && rung.buckets[rung.current].empty()) {
        ++rung.current;
      }
      if (rung.current == rung.buckets_in_use) {
        --rungs_in_use_;
        continue;
      }
      const auto from = rung.reached();
      auto& bucket = rung.buckets[rung.current++];
      if (bucket.size() > threshold && rung.width > Duration{1} && rungs_in_use_ < most_rungs) {
        // Out of the rung first, since a new rung may move its storage.
        scratch_.swap(bucket);
        const auto width = rung.width;
        spawn(scratch_, from, from + width);
        continue;
      }
      bottom_.swap(bucket);
      std::ranges::sort(bottom_, Later{});
      return;
    }
  }

  std::size_t size_{0};
  SimTime top_from_{SimTime::min()};
  std::vector<Pending> top_;
  std::vector<Rung> rungs_;
  std::size_t rungs_in_use_{0};
  std::vector<Pending> bottom_;  ///< sorted, earliest last
  std::vector<Pending> scratch_;
};

/// Runs PHOLD on a bare loop over `Queue`.
template <class Queue>
[[nodiscard]] PholdResult bare_phold(const PholdOptions& options) {
  std::vector<PholdLp> lps;
  std::vector<std::uint64_t> serials(options.lps, 0);
  Queue queue;
  const auto lookahead = ticks(options.lookahead);
  const auto key = [&](SimTime at, std::uint32_t source) {
    return kernel::EventKey{at, kernel::Rank::normal, kernel::ProcessId{source}, serials[source]++};
  };
  for (std::uint32_t i = 0; i < options.lps; ++i) {
    lps.emplace_back(options, i);
    for (std::uint32_t n = 0; n < PholdLp::first_balls(options, i); ++n) {
      const auto first = SimTime{lookahead} + lps.back().extra();
      queue.push({key(first, i), i, Ball{}});
    }
  }
  const auto until = SimTime{ticks(options.until)};
  PholdResult result;
  const auto start = std::chrono::steady_clock::now();
  while (!queue.empty()) {
    Pending event = queue.pop();
    if (event.key.at >= until) break;
    ++result.events;
    const auto at = event.key.at;
    const auto to = lps[event.target].on_ball(at, event.ball);
    queue.push({key(at + lookahead + to.extra, event.target), to.target, event.ball});
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  result.seconds = seconds.count();
  result.fingerprint = fingerprint_of(lps, [](const auto& lp) { return lp.fingerprint(); });
  return result;
}

}  // namespace portflow::bench
