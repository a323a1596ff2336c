/// \file team.hpp
/// The workers of a run and what they have in common, whichever way they go. Included by engine.hpp
/// only.
#pragma once

#include <deque>
#include <limits>

#include "kernel/crew.hpp"
#include "kernel/lane.hpp"
#include "kernel/safe_bound.hpp"
#include "kernel/spare_time.hpp"

namespace portflow::kernel {

template <std::movable Payload>
struct Engine<Payload>::Team {
  using Stopwatch = std::chrono::steady_clock;
  using Wall = Pace::Wall;

  /// Windows or bounds, of which one is timed and looked at for what the clock on the wall says.
  static constexpr unsigned glance = 16;

  Team(Engine& its, const RunOptions& options, unsigned most)
      : engine{its}, crew{most}, spare{options.meanwhile} {
    for (unsigned w = 0; w < most; ++w) {
      lanes.emplace_back(its.topology_, its.shard_of_, its.size());
    }
  }

  [[nodiscard]] std::size_t shards() const noexcept { return engine.shards_.size(); }
  [[nodiscard]] Shard& shard(std::size_t i) const { return *engine.shards_[i]; }
  [[nodiscard]] bool time_is_up() const { return Stopwatch::now() - begun >= deadline; }

  [[nodiscard]] std::uint64_t handled() const {
    std::uint64_t events = 0;
    for (const Lane& lane : lanes) events += lane.events;
    return events;
  }

  /// Sorts what worker `w` wrote to shard `i` into its calendar, all of it or `until` so much was
  /// (Stream::written).
  void sort_in(unsigned w, std::size_t i) { sort_in(w, i, lanes[w].mail[i].written()); }
  void sort_in(unsigned w, std::size_t i, std::uint32_t until) {
    lanes[w].sort_into(shard(i).calendar, i, until);
  }

  /// Has every worker who takes part call `part(worker, patience)` on a thread of its own. When all
  /// have returned, sorts in what they wrote to each other and nobody read.
  template <class Part>
  void together(const Part& part) {
    const Patience patience{workers};
    auto work = [&](unsigned w) { part(w, patience); };
    crew.first(workers, work);
    for (unsigned w = 0; w < workers; ++w) {
      for (std::size_t i = 0; i < shards(); ++i) sort_in(w, i);
    }
  }

  /// Handles the events of shard `i` before `limit`, or only `most` of them.
  /// \param lane  of the worker who does
  void advance(Lane& lane, std::uint32_t i, SimTime limit,
               std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
    lane.advance(shard(i), i, engine.seats_, EventKey::start_of(limit), most);
  }

  Engine& engine;
  Crew crew;
  SpareTime spare;
  std::deque<Lane> lanes;  ///< of each worker
  std::optional<SafeBound> safe_bound;

  // Of the present stretch:
  unsigned workers{1};  ///< who take part
  SimTime horizon{};    ///< beyond which nobody may go
  Stopwatch::time_point begun{};
  Wall deadline{0};
};

}  // namespace portflow::kernel
