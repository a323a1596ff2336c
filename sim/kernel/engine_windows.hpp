/// \file engine_windows.hpp
/// The run proper: shards dealt to workers, windows, seals. Included by engine.hpp only.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <numeric>

#include "kernel/crew.hpp"
#include "kernel/lane.hpp"
#include "kernel/safe_bound.hpp"
#include "kernel/shards.hpp"
#include "kernel/spare_time.hpp"
#include "kernel/survey.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Windows {
 public:
  Windows(Engine& engine, const RunOptions& options)
      : engine_{engine},
        options_{options},
        crew_{options.survey ? 1 : crew_size(engine, options)},
        pace_{crew_.size(), options.share_all},
        spare_{options.meanwhile} {
    for (unsigned w = 0; w < crew_.size(); ++w) {
      lanes_.emplace_back(engine_.topology_, engine_.shard_of_, engine_.size());
    }
    lay_out(std::vector<std::uint32_t>(engine_.size(), 0), 1);
  }

  Result<RunSummary> run() {
    RunSummary summary;
    Sealer sealer{options_, least()};
    const auto begin = Stopwatch::now();
    for (SimTime now = least(); now < options_.until; now = least()) {
      const bool seals = now >= sealer.due();
      if (!sealer.pass(now)) {
        summary.stopped = true;
        summary.reached = now;
        break;
      }
      if (seals) spare_.renew();
      horizon_ = std::min(options_.until, sealer.due());
      deal();
      stretch();
      if (auto thrown = least_thrown()) return engine_.fault_of(*thrown);
    }
    if (!summary.stopped) {
      sealer.finish();
      summary.reached = options_.until;
    }
    const Wall all = Stopwatch::now() - begin;
    summary.windows = windows_;
    if (options_.survey) summary.projections = survey_.projections();
    for (const Lane& lane : lanes_) summary.events += lane.events;
    if (crew_.size() > 1) summary.idle_share = std::max(0.0, 1 - worked_ / (all * crew_.size()));
    return summary;
  }

 private:
  using Stopwatch = std::chrono::steady_clock;
  using Wall = Pace::Wall;

  /// Windows between two looks at the clock, by which waiting is sampled too.
  static constexpr unsigned glance = 16;
  /// Events that one worker handles between two looks at the clock.
  static constexpr std::uint64_t batch = 8192;

  /// After which it is worth looking whether the shards still hold equal work.
  static constexpr Wall look_again{0.020};

  static unsigned crew_size(const Engine& engine, const RunOptions& options) {
    const auto most = std::max<std::size_t>(1, engine.size());
    return static_cast<unsigned>(std::min<std::size_t>(options.workers, most));
  }

  [[nodiscard]] SimTime least() const {
    SimTime now = never;
    for (const auto& shard : engine_.shards_) now = std::min(now, shard->calendar.next());
    return now;
  }

  /// Sees to it that the shards suit the workers that shall handle them.
  void deal() {
    workers_ = pace_.workers();
    some_stand_back_ = false;
    const std::size_t processes = engine_.size();
    if (workers_ == 1 && !options_.survey) {
      if (engine_.shards_.size() > 1) lay_out(std::vector<std::uint32_t>(processes, 0), 1);
      return;
    }
    if (processes <= most_own_shards || options_.survey) {
      if (engine_.shards_.size() != processes) {
        std::vector<std::uint32_t> own(processes);
        std::iota(own.begin(), own.end(), 0U);
        lay_out(std::move(own), processes);
      }
      stand_back();
      return;
    }
    const bool other_count = engine_.shards_.size() != workers_;
    const auto now = Stopwatch::now();
    if (!other_count && now - looked_ < std::max<Wall>(look_again, 20 * laying_out_)) return;
    looked_ = now;
    work_.resize(processes);
    std::ranges::transform(engine_.seats_, work_.begin(), &Seat<Payload>::handled);
    cut_evenly(work_, workers_, even_);
    if (other_count ||
        imbalance(work_, even_, workers_) * 1.05 < imbalance(work_, engine_.shard_of_, workers_)) {
      lay_out(even_, workers_);
    }
    for (Seat<Payload>& seat : engine_.seats_) seat.handled = 0;
  }

  /// Leaves processors to others who need them. The shards stay as they are: to lay them together
  /// and apart again would cost more than a few windows of fewer workers.
  void stand_back() {
    const unsigned others = needed_elsewhere();
    if (others == 0) return;
    const unsigned left = crew_.size() > others ? crew_.size() - others : 1;
    some_stand_back_ = left < workers_;
    workers_ = std::min(workers_, left);
  }

  [[nodiscard]] unsigned needed_elsewhere() const {
    return options_.elsewhere ? options_.elsewhere() : 0;
  }

  void lay_out(std::vector<std::uint32_t> shard_of, std::size_t count) {
    const auto begin = Stopwatch::now();
    std::vector<std::unique_ptr<Shard>> fresh(count);
    for (auto& shard : fresh) shard = std::make_unique<Shard>();
    for (auto& shard : engine_.shards_) {
      shard->calendar.drain([&](Event<Payload>& event) {
        fresh[shard_of[index(event.to)]]->calendar.push(event.key, event.to, event.chain,
                                                        std::move(event.body));
      });
      shard.reset();
    }
    engine_.shards_ = std::move(fresh);
    engine_.shard_of_ = std::move(shard_of);
    safe_bound_.emplace(engine_.topology_, engine_.shard_of_, count);
    for (Lane& lane : lanes_) lane.expect(count, engine_.shard_of_);
    order_.resize(count);
    std::iota(order_.begin(), order_.end(), 0U);
    laying_out_ = Stopwatch::now() - begin;
  }

  /// Handles events until the horizon, until something is thrown, or for as long as the pace
  /// wants to.
  void stretch() {
    const auto begin = Stopwatch::now();
    deadline_ = pace_.stretch();
    const std::uint64_t before = handled();
    const std::uint64_t windows_before = windows_;
    begun_ = begin;
    if (engine_.shards_.size() == 1 && !options_.survey) {
      alone();
    } else {
      together();
    }
    const Wall wall = Stopwatch::now() - begin;
    worked_ += wall * workers_;
    for (unsigned w = 0; w < workers_; ++w) worked_ -= std::exchange(lanes_[w].idle, Wall{0});
    if (!some_stand_back_) pace_.learn(handled() - before, windows_ - windows_before, wall);
  }

  [[nodiscard]] std::uint64_t handled() const {
    std::uint64_t events = 0;
    for (const Lane& lane : lanes_) events += lane.events;
    return events;
  }

  [[nodiscard]] bool time_is_up() const { return Stopwatch::now() - begun_ >= deadline_; }

  /// One shard needs no windows: nobody else can send it anything.
  void alone() {
    Lane& lane = lanes_.front();
    Shard& shard = *engine_.shards_.front();
    const EventKey limit = EventKey::start_of(horizon_);
    do {
      lane.advance(shard, 0, engine_.seats_, limit, batch);
    } while (shard.calendar.top() < limit && !lane.thrown && !time_is_up());
    ++windows_;
  }

  void together() {
    const std::size_t shards = engine_.shards_.size();
    for (unsigned w = 0; w < workers_; ++w) {
      for (Post& post : lanes_[w].posts) post.clear(shards);
    }
    for (std::size_t i = 0; i < shards; ++i) {
      lanes_.front().posts[0].least(i) = engine_.shards_[i]->calendar.next();
    }
    for (auto& claims : claimed_) claims.store(0, std::memory_order_relaxed);
    // The busiest first, so that what is claimed last is short.
    std::ranges::sort(order_, std::greater{},
                      [&](std::uint32_t i) { return std::pair{engine_.shards_[i]->recent, i}; });
    for (auto& shard : engine_.shards_) shard->recent /= 2;
    const Patience patience{workers_};
    auto work = [&](unsigned w) { windows(w, patience); };
    crew_.first(workers_, work);
    for (unsigned w = 0; w < workers_; ++w) {
      for (std::uint32_t i = 0; i < shards; ++i) {
        sort_in(lanes_[w].mail[unread_][i].events, engine_.shards_[i]->calendar);
      }
    }
  }

  /// One worker's share of window after window; all workers leave before the same one.
  void windows(unsigned w, const Patience& patience) {
    Lane& lane = lanes_[w];
    for (std::uint32_t window = 0;; ++window) {
      const unsigned now = window % 2;
      const unsigned then = 1 - now;
      if (window > 0) meet(lane, patience, window);
      if (leaving(now) || gather(lane, now) >= horizon_) {
        if (w == 0) {
          unread_ = now;
          windows_ += window;
        }
        return;
      }
      lane.outgoing = then;
      Post& post = lane.posts[then];
      post.begin();
      if (engine_.shards_.size() == workers_) {
        handle(lane, w, now);
      } else {
        auto begin = Stopwatch::now();
        for (auto claim = claimed_[now]++; claim < order_.size(); claim = claimed_[now]++) {
          handle(lane, order_[claim], now);
          const auto end = Stopwatch::now();
          engine_.shards_[order_[claim]]->recent += end - begin;
          begin = end;
        }
      }
      if (options_.survey) survey_.add(lane.handled);
      if (w == 0) {
        claimed_[then].store(0, std::memory_order_relaxed);
        post.leave =
            (window % glance == 0 && time_is_up()) || (some_stand_back_ && needed_elsewhere() == 0);
      }
      if (lane.thrown) post.leave = true;
      post.finish(window + 1);
    }
  }

  /// Returns once all are done with the window before.
  void meet(Lane& lane, const Patience& patience, std::uint32_t window) {
    const bool look = window % glance == 0;
    for (unsigned w = 0; w < workers_; ++w) {
      const Post& post = lanes_[w].posts[window % 2];
      while (!post.has_finished(window) && spare_.use()) {
      }
      if (!look) {
        post.await(window, patience);
        continue;
      }
      const auto come = Stopwatch::now();
      post.await(window, patience);
      lane.idle += (Stopwatch::now() - come) * glance;
    }
  }

  [[nodiscard]] bool leaving(unsigned now) const {
    for (unsigned w = 0; w < workers_; ++w) {
      if (lanes_[w].posts[now].leave) return true;
    }
    return false;
  }

  /// Finds the least event of every shard, on its calendar or in its mail.
  /// \returns the least of all
  SimTime gather(Lane& lane, unsigned now) {
    SimTime least = never;
    for (std::size_t i = 0; i < lane.next.size(); ++i) {
      SimTime next = never;
      for (unsigned w = 0; w < workers_; ++w) next = std::min(next, lanes_[w].posts[now].least(i));
      lane.next[i] = next;
      least = std::min(least, next);
    }
    return least;
  }

  void handle(Lane& lane, std::uint32_t i, unsigned now) {
    Shard& shard = *engine_.shards_[i];
    for (unsigned w = 0; w < workers_; ++w) {
      if (lanes_[w].posts[now].least(i) == never) continue;  // spares a look into its box
      sort_in(lanes_[w].mail[now][i].events, shard.calendar);
    }
    const SimTime bound = std::min((*safe_bound_)(lane.next, i), horizon_);
    const std::uint64_t before = lane.events;
    lane.advance(shard, i, engine_.seats_, EventKey::start_of(bound),
                 std::numeric_limits<std::uint64_t>::max());
    lane.handled[i] = lane.events - before;
    SimTime& least = lane.posts[1 - now].least(i);
    least = std::min(least, shard.calendar.next());
  }

  static void sort_in(std::vector<Event<Payload>>& mail, Calendar<Payload>& calendar) {
    for (Event<Payload>& event : mail) {
      calendar.push(event.key, event.to, event.chain, std::move(event.body));
    }
    mail.clear();
  }

  /// What was thrown first, by the order of events: of the shards that were ahead of the one
  /// that threw, all before it is still handled.
  std::optional<Thrown> least_thrown() {
    std::optional<Thrown> first;
    for (Lane& lane : lanes_) {
      if (lane.thrown && (!first || lane.thrown->key < first->key)) first = lane.thrown;
      lane.thrown.reset();
    }
    if (!first) return first;
    lay_out(std::vector<std::uint32_t>(engine_.size(), 0), 1);
    Lane& lane = lanes_.front();
    lane.advance(*engine_.shards_.front(), 0, engine_.seats_, first->key,
                 std::numeric_limits<std::uint64_t>::max());
    return lane.thrown ? lane.thrown : first;
  }

  Engine& engine_;
  const RunOptions& options_;
  Crew crew_;
  Pace pace_;
  SpareTime spare_;
  std::deque<Lane> lanes_;  ///< of each worker
  unsigned workers_{1};     ///< who take part in the present stretch
  bool some_stand_back_{false};
  std::optional<SafeBound> safe_bound_;
  Survey survey_;
  std::vector<std::uint32_t> order_;  ///< in which shards are claimed
  std::vector<std::uint64_t> work_;   ///< of each process, when the shards were last looked at
  std::vector<std::uint32_t> even_;   ///< how they would be cut then
  SimTime horizon_{};                 ///< of the present stretch
  std::uint64_t windows_{0};
  unsigned unread_{0};              ///< which mail nobody has sorted in when a stretch ends
  Wall worked_{0};                  ///< of all workers
  Stopwatch::time_point begun_{};   ///< the present stretch
  Stopwatch::time_point looked_{};  ///< when the shards were last held against the work
  Wall deadline_{0};                ///< for the present stretch
  Wall laying_out_{0};              ///< what it last took

  alignas(64) std::array<std::atomic<std::size_t>, 2> claimed_{};  ///< by window: even, odd
};

}  // namespace portflow::kernel
