/// \file engine_course.hpp
/// The course of a run: seals, shards dealt to workers, and stretch after stretch of events,
/// handled by one worker or several. Included by engine.hpp only.
#pragma once

#include <algorithm>
#include <numeric>

#include "kernel/engine_strides.hpp"
#include "kernel/engine_windows.hpp"
#include "kernel/shards.hpp"
#include "kernel/speeds.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Course {
 public:
  Course(Engine& engine, const RunOptions& options)
      : engine_{engine},
        options_{options},
        team_{engine, options, options.survey ? 1 : crew_size(engine, options)},
        pace_{team_.crew.size(), options.share_all},
        windows_{team_, options},
        strides_{team_},
        speeds_{team_.crew.size()} {
    lay_out(ShardOf(engine_.size(), 0), 1);
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
      if (seals) team_.spare.renew();
      team_.horizon = std::min(options_.until, sealer.due());
      deal();
      stretch();
      if (auto thrown = least_thrown()) return engine_.fault_of(*thrown);
    }
    if (!summary.stopped) {
      sealer.finish();
      summary.reached = options_.until;
    }
    const Wall all = Stopwatch::now() - begin;
    summary.windows = bounds_;
    if (options_.survey) summary.projections = windows_.projections();
    summary.events = team_.handled();
    const unsigned most = team_.crew.size();
    if (most > 1) summary.idle_share = std::max(0.0, 1 - worked_ / (all * most));
    return summary;
  }

 private:
  using Stopwatch = typename Team::Stopwatch;
  using Wall = typename Team::Wall;

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
    team_.workers = pace_.workers();
    some_stand_back_ = false;
    const std::size_t processes = engine_.size();
    if (team_.workers == 1 && !options_.survey) {
      if (engine_.shards_.size() > 1) lay_out(ShardOf(processes, 0), 1);
      return;
    }
    if (processes <= most_own_shards || options_.survey) {
      if (engine_.shards_.size() != processes) {
        ShardOf own(processes);
        std::iota(own.begin(), own.end(), 0U);
        lay_out(std::move(own), processes);
      }
      stand_back();
      return;
    }
    const bool other_count = engine_.shards_.size() != team_.workers;
    const auto now = Stopwatch::now();
    if (!other_count && now - looked_ < std::max<Wall>(look_again, 20 * laying_out_)) return;
    looked_ = now;
    look_at_speeds();
    const auto speeds = speeds_.of_first(team_.workers);
    work_.resize(processes);
    std::ranges::transform(engine_.seats_, work_.begin(), &Seat<Payload>::handled);
    cut(work_, speeds, fresh_cut_);
    if (other_count ||
        imbalance(work_, fresh_cut_, speeds) * 1.05 < imbalance(work_, engine_.shard_of_, speeds)) {
      lay_out(fresh_cut_, team_.workers);
    }
    for (Seat<Payload>& seat : engine_.seats_) seat.handled = 0;
  }

  void look_at_speeds() {
    efforts_.clear();
    for (unsigned w = 0; w < team_.workers; ++w) efforts_.push_back(team_.lanes[w].effort);
    speeds_.learn(efforts_);
    for (Lane& lane : team_.lanes) lane.effort = {};
  }

  /// Leaves processors to others who need them. The shards stay as they are: to lay them together
  /// and apart again would cost more than a few windows of fewer workers.
  void stand_back() {
    const unsigned others = options_.elsewhere ? options_.elsewhere() : 0;
    if (others == 0) return;
    const unsigned most = team_.crew.size();
    const unsigned left = most > others ? most - others : 1;
    some_stand_back_ = left < team_.workers;
    team_.workers = std::min(team_.workers, left);
  }

  void lay_out(ShardOf shard_of, std::size_t count) {
    const auto begin = Stopwatch::now();
    Shards fresh(count);
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
    team_.safe_bound.emplace(engine_.topology_, engine_.shard_of_, count);
    for (Lane& lane : team_.lanes) lane.expect(count, engine_.shard_of_);
    laying_out_ = Stopwatch::now() - begin;
    pace_.laid_out(laying_out_);
  }

  /// Handles events until the horizon, until something is thrown, or for as long as the pace
  /// wants to.
  void stretch() {
    team_.begun = Stopwatch::now();
    team_.deadline = pace_.stretch();
    const std::uint64_t before = team_.handled();
    const std::uint64_t bounds = handle_events();
    bounds_ += bounds;
    const Wall wall = Stopwatch::now() - team_.begun;
    worked_ += wall * team_.workers;
    for (Lane& lane : team_.lanes) worked_ -= std::exchange(lane.idle, Wall{0});
    if (!some_stand_back_) pace_.learn(team_.handled() - before, bounds, wall);
  }

  /// \returns how often it was said how far one may go
  std::uint64_t handle_events() {
    if (options_.survey) return windows_.run(false);
    if (team_.shards() == 1) return alone();
    if (team_.shards() == team_.workers) return strides_.run();
    return windows_.run(some_stand_back_);
  }

  /// One shard needs no windows: nobody else can send it anything.
  std::uint64_t alone() {
    Lane& lane = team_.lanes.front();
    do {
      team_.advance(lane, 0, team_.horizon, batch);
    } while (team_.shard(0).calendar.next() < team_.horizon && !lane.thrown && !team_.time_is_up());
    return 1;
  }

  /// What was thrown first, by the order of events: of the shards that were ahead of the one
  /// that threw, all before it is still handled.
  std::optional<Thrown> least_thrown() {
    std::optional<Thrown> first;
    for (Lane& lane : team_.lanes) {
      if (lane.thrown && (!first || lane.thrown->key < first->key)) first = lane.thrown;
      lane.thrown.reset();
    }
    if (!first) return first;
    lay_out(ShardOf(engine_.size(), 0), 1);
    Lane& lane = team_.lanes.front();
    lane.advance(*engine_.shards_.front(), 0, engine_.seats_, first->key,
                 std::numeric_limits<std::uint64_t>::max());
    return lane.thrown ? lane.thrown : first;
  }

  Engine& engine_;
  const RunOptions& options_;
  Team team_;
  Pace pace_;
  Windows windows_;
  Strides strides_;
  bool some_stand_back_{false};
  std::vector<std::uint64_t> work_;  ///< of each process, when the shards were last looked at
  ShardOf fresh_cut_;                ///< how they would be cut then
  std::vector<Effort> efforts_;      ///< of the workers then
  Speeds speeds_;
  std::uint64_t bounds_{0};
  Wall worked_{0};                  ///< of all workers
  Stopwatch::time_point looked_{};  ///< when the shards were last held against the work
  Wall laying_out_{0};              ///< what it last took
};

}  // namespace portflow::kernel
