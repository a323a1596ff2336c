/// \file yardstick.hpp
/// Bare event loops to measure the engine against: no processes, no channels, no threads,
/// just PHOLD and a pending-event set. They use the engine's EventKey, so that their
/// fingerprints must agree with it.
///
/// Ladder queue: W. T. Tang, R. S. M. Goh, I. L.-J. Thng (2005), ACM TOMACS 15(3), 175-204.
#pragma once

#include <algorithm>
#include <bit>
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

/// A ladder of two rungs, as bare as it gets: far events lie unsorted on top; as time comes near
/// they are dealt into buckets of about two events each, a power of two wide; a bucket that
/// turns out crowded is dealt once more; the one whose time has come is sorted at the bottom.
class LadderQueue {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }

  void push(const Pending& event) {
    ++size_;
    if (event.key.at < bottom_until_) {
      bottom_.push_back(event);
      settle(bottom_.size() - 1);
    } else if (event.key.at < fine_.until) {
      fine_.add(event);
    } else if (event.key.at < coarse_.until) {
      coarse_.add(event);
    } else {
      top_.push_back(event);
    }
  }

  /// When the least event is due; `never` when there is none.
  [[nodiscard]] SimTime least() {
    if (size_ == 0) return never;
    if (bottom_.empty()) refill();
    return bottom_.back().key.at;
  }

  Pending pop() {
    if (bottom_.empty()) refill();
    const Pending event = bottom_.back();
    bottom_.pop_back();
    --size_;
    return event;
  }

 private:
  static constexpr std::size_t crowded = 50;

  struct Rung {
    SimTime from{SimTime::min()};
    SimTime until{SimTime::min()};
    unsigned shift{0};
    std::size_t current{0};
    std::size_t in_use{0};
    std::vector<std::vector<Pending>> buckets;

    void add(const Pending& event) {
      buckets[static_cast<std::size_t>((event.key.at - from).count()) >> shift].push_back(event);
    }
    [[nodiscard]] SimTime reached() const {
      return std::min(until, from + Duration{static_cast<std::int64_t>(current << shift)});
    }
    void deal(std::vector<Pending>& events, SimTime first, SimTime end) {
      const auto last = static_cast<std::uint64_t>((end - first).count()) - 1;
      const std::uint64_t wanted = 2 * events.size();
      from = first;
      until = end;
      shift = last < wanted ? 0 : static_cast<unsigned>(std::bit_width(last / wanted));
      current = 0;
      in_use = (last >> shift) + 1;
      if (buckets.size() < in_use) buckets.resize(in_use);
      for (const Pending& event : events) add(event);
      events.clear();
    }
    /// Steps to the next bucket with events and past it; null when there is none.
    std::vector<Pending>* advance() {
      while (current < in_use) {
        if (auto& bucket = buckets[current++]; !bucket.empty()) return &bucket;
      }
      return nullptr;
    }
  };

  /// Moves the event at `i` to where it belongs among those before it, earliest last.
  void settle(std::size_t i) {
    const Pending event = bottom_[i];
    for (; i > 0 && bottom_[i - 1].key < event.key; --i) bottom_[i] = bottom_[i - 1];
    bottom_[i] = event;
  }

  void sort_down(std::vector<Pending>& bucket, SimTime until) {
    bottom_until_ = until;
    bottom_.swap(bucket);
    if (bottom_.size() > crowded) {
      std::ranges::sort(bottom_, Later{});
    } else {
      for (std::size_t i = 1; i < bottom_.size(); ++i) settle(i);
    }
  }

  void refill() {
    for (;;) {
      if (auto* bucket = fine_.advance()) {
        sort_down(*bucket, fine_.reached());
        return;
      }
      fine_.until = SimTime::min();
      if (auto* bucket = coarse_.advance()) {
        const SimTime from = coarse_.reached() - Duration{std::int64_t{1} << coarse_.shift};
        if (bucket->size() <= crowded || coarse_.shift == 0) {
          sort_down(*bucket, coarse_.reached());
          return;
        }
        bottom_until_ = from;
        fine_.deal(*bucket, from, coarse_.reached());
        continue;
      }
      const auto [first, last] =
          std::ranges::minmax_element(top_, {}, [](const Pending& event) { return event.key.at; });
      const SimTime from = first->key.at;
      const SimTime until = last->key.at + Duration{1};
      bottom_until_ = from;
      coarse_.deal(top_, from, until);
    }
  }

  std::size_t size_{0};
  std::vector<Pending> top_;
  Rung coarse_, fine_;
  std::vector<Pending> bottom_;  ///< sorted, earliest last
  SimTime bottom_until_{SimTime::min()};
};

/// What a hold model came to: the usual measure of a pending-event set alone.
struct HoldResult {
  std::uint64_t events{0};
  double seconds{0};
  std::uint64_t fingerprint{0};
};

/// Keeps `pending` events in `Queue`: takes the least out and puts one in that is due
/// Exp(1) later, `holds` times.
///
/// Source: D. W. Jones (1986), Comm. ACM 29(4), 300-311.
template <class Queue>
[[nodiscard]] HoldResult hold(std::uint32_t pending, std::uint64_t holds, std::uint64_t seed) {
  PholdOptions options;
  options.lookahead = 0;
  options.seed = seed;
  PholdLp draws{options, 0};
  Queue queue;
  std::uint64_t serial = 0;
  const auto key = [&](SimTime at) {
    return kernel::EventKey{at, kernel::Rank::normal, kernel::ProcessId{}, serial++};
  };
  for (std::uint32_t i = 0; i < pending; ++i) queue.push({key(SimTime{draws.extra()}), 0, Ball{}});
  HoldResult result;
  Fingerprint fingerprint;
  const auto start = std::chrono::steady_clock::now();
  for (; result.events < holds; ++result.events) {
    Pending event = queue.pop();
    fingerprint.add(event.key.order);
    queue.push({key(event.key.at + draws.extra()), 0, event.ball});
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  result.seconds = seconds.count();
  const std::pair<std::string, Fingerprint> parts[] = {{"hold", fingerprint}};
  result.fingerprint = combine(parts);
  return result;
}

/// The engine's own calendar, to be measured beside the others.
class OwnQueue {
 public:
  [[nodiscard]] bool empty() const { return calendar_.empty(); }
  void push(const Pending& event) {
    calendar_.push(event.key, kernel::ProcessId{event.target}, 0, Ball{event.ball});
  }
  Pending pop() {
    const auto& event = calendar_.take();
    const Pending pending{event.key, static_cast<std::uint32_t>(event.to), event.body};
    calendar_.done();
    return pending;
  }

 private:
  kernel::Calendar<Ball> calendar_;
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
