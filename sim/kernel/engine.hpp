/// \file engine.hpp
/// The conservative parallel engine: the same bytes with any number of workers.
///
/// Processes stand in shards; a shard has one calendar and handles its events in EventKey order.
/// With one worker there is one shard, and a run is a plain loop. With several there are two ways.
///
/// Many processes are cut into as many shards as there are workers, and nobody waits for a window
/// to end (engine_strides.hpp):
///
///     loop, each worker for itself with its own shard i, until it has come to the next seal
///       clock[k] <- before what each other shard k has promised to handle nothing more
///       bound    <- min over k of (clock[k] + D[k][i]), at most the next seal  (safe_bound.hpp)
///       sort the mail of i into its calendar
///       while the least event of i lies before bound: handle it
///         what a process schedules for itself goes into the calendar at once,
///         all else into the mail of the shard concerned, its own too (lane.hpp says why)
///         before anything that comes after its own mail, and now and then: sort that in
///         now and then promise: nothing before the least event of i, and so much mail for each k
///       promise: nothing before bound, likewise
///
/// Few processes have a shard each, of very unequal work. Workers claim them, in windows: each its
/// own first, whose state is in its cache, then what others have left (engine_windows.hpp,
/// claims.hpp):
///
///     loop, each worker for itself, all in step
///       wait until all are done with the window before (spare_time.hpp: what is done meanwhile)
///       clock[i] <- the least event of shard i, on its calendar or in its mail, as they say
///       now      <- min over i of clock[i]; end the loop when it has passed the next seal
///       for each shard i that this worker claims, if its clock lies before its bound:
///         as above, without promises
///
/// What workers say of a window exists twice, for this one and for the one to come, so that to meet
/// once a window is enough.
///
/// Why it is right: whatever reaches shard i later than its mail was read was caused by an event
/// that was pending then, at some k, at or after clock[k]. On its way it crosses from shard to
/// shard from k to i, so it arrives at clock[k] + D[k][i] or later, hence not before the bound. And
/// since every D is positive, the shard with the least event can always handle it: no deadlock.
///
/// Why it is reproducible: each process handles its events in EventKey order, and the keys depend
/// only on what processes did before; never on threads, shards or arrival. When a handler throws
/// at key K, what lies before K anywhere is still handled, so the fault reported is the least one,
/// as in the plain loop.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/own_lines.hpp"
#include "kernel/calendar.hpp"
#include "kernel/hands.hpp"
#include "kernel/pace.hpp"
#include "kernel/run_options.hpp"
#include "kernel/seat.hpp"
#include "kernel/shards.hpp"
#include "kernel/topology.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class alignas(own_lines) Engine {
 public:
  Engine() { shards_.push_back(std::make_unique<Shard>()); }

  /// Adds a process. \pre names are distinct and added in ascending order of name.
  ProcessId add(std::string name, std::unique_ptr<Process<Payload>> process);

  /// A one-way channel. \pre both processes exist; lookahead > 0, which run() checks.
  ChannelId connect(ProcessId from, ProcessId to, Duration lookahead);

  /// A way from every process to every other, those added later included: what channels
  /// between all pairs would be. \pre lookahead > 0, which run() checks.
  MeshId mesh(Duration lookahead);

  /// An event that is there before the run starts; its source is `process` itself.
  void seed(ProcessId process, SimTime at, Payload body, Rank rank = Rank::normal);

  /// Runs to options.until. A later run goes on from there; after a fault none may.
  /// Fault: bug (what a handler threw, with the process and the EventKey in hand) or input
  /// (ways without lookahead, named by process names).
  [[nodiscard]] Result<RunSummary> run(const RunOptions& options);

  /// Takes all events out that are still pending, in no order, and hands each body to
  /// `use(const Payload&)`. No run may follow.
  template <class Use>
  void drain(const Use& use) {
    broken_ = true;
    for (const auto& shard : shards_) {
      shard->calendar.drain([&](const auto& event) { use(event.body); });
    }
  }

  [[nodiscard]] const std::string& name(ProcessId id) const { return names_.at(index(id)); }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  /// On lines of its own, and so is all that its calendar writes: those of its neighbours are
  /// written by other threads at the same time.
  struct alignas(own_lines) Shard {
    Calendar<Payload> calendar;
    std::chrono::duration<double> recent{0};  ///< work of late, to claim the busiest shards first
  };

  struct Thrown {
    EventKey key;
    ProcessId process{};
    std::string what;
  };

  /// Says when to seal; both kinds of run use it.
  class Sealer {
   public:
    Sealer(const RunOptions& options, SimTime start) : options_{options}, last_{start} {}
    /// \returns false when the run shall end early. \pre now < until
    bool pass(SimTime now) {
      if (now < due()) return true;
      last_ = now;
      if (options_.on_seal) options_.on_seal(now);
      return !(options_.stop && options_.stop());
    }
    /// The instant at or after which the next seal comes. Nobody may run beyond it: what he
    /// leaves behind could neither be sealed nor stopped. Never, where nobody asked for seals.
    [[nodiscard]] SimTime due() const {
      if (!options_.on_seal && !options_.stop && !options_.meanwhile) return never;
      const auto longest = end_of_time.time_since_epoch();
      return last_ < end_of_time ? last_ + std::clamp(options_.seal_every, Duration{1}, longest)
                                 : never;
    }
    void finish() {
      if (options_.on_seal) options_.on_seal(options_.until);
    }

   private:
    const RunOptions& options_;
    SimTime last_;
  };

  struct Lane;
  struct Team;
  class Windows;
  class Strides;
  class Course;
  class Sequence;

  using Shards = OwnVector<std::unique_ptr<Shard>>;

  static constexpr std::size_t index(ProcessId id) noexcept { return static_cast<std::size_t>(id); }

  /// Names what is being thrown; to be called in a catch block only.
  template <class AnyHands>
  static Thrown thrown_at(const AnyHands& hands) {
    try {
      throw;
    } catch (const std::exception& error) {
      return {hands.key(), hands.self(), error.what()};
    } catch (...) {
      return {hands.key(), hands.self(), "something that is no std::exception"};
    }
  }

  tl::unexpected<Fault> fault_of(const Thrown& thrown) {
    broken_ = true;
    return fail(Failure::bug,
                fmt::format("{}: {}: {}", name(thrown.process), to_text(thrown.key), thrown.what));
  }

  std::vector<std::string> names_;
  std::vector<Seat<Payload>> seats_;
  Topology topology_;
  Shards shards_;
  ShardOf shard_of_;                 ///< of each process
  SimTime reached_{SimTime::min()};  ///< everything before it was handled
  bool broken_{false};               ///< a handler threw, or events were taken away
};

template <std::movable Payload>
ProcessId Engine<Payload>::add(std::string name, std::unique_ptr<Process<Payload>> process) {
  PORTFLOW_ASSERT(names_.empty() || names_.back() < name,
                  fmt::format("`{}` added after `{}`", name, names_.back()));
  PORTFLOW_ASSERT(process != nullptr, name);
  PORTFLOW_ASSERT(names_.size() < EventKey::most_processes, name);
  names_.push_back(std::move(name));
  seats_.emplace_back();
  seats_.back().process = std::move(process);
  shard_of_.push_back(0);
  return ProcessId{static_cast<std::uint32_t>(names_.size() - 1)};
}

template <std::movable Payload>
ChannelId Engine<Payload>::connect(ProcessId from, ProcessId to, Duration lookahead) {
  PORTFLOW_ASSERT(index(from) < size() && index(to) < size(),
                  fmt::format("channel from process {} to {}", index(from), index(to)));
  PORTFLOW_ASSERT(lookahead < end_of_time.time_since_epoch(), portflow::to_text(lookahead));
  topology_.channels.push_back({from, to, lookahead});
  return ChannelId{static_cast<std::uint32_t>(topology_.channels.size() - 1)};
}

template <std::movable Payload>
MeshId Engine<Payload>::mesh(Duration lookahead) {
  PORTFLOW_ASSERT(lookahead < end_of_time.time_since_epoch(), portflow::to_text(lookahead));
  topology_.meshes.push_back(lookahead);
  return MeshId{static_cast<std::uint32_t>(topology_.meshes.size() - 1)};
}

template <std::movable Payload>
void Engine<Payload>::seed(ProcessId process, SimTime at, Payload body, Rank rank) {
  PORTFLOW_ASSERT(index(process) < size(), fmt::format("process {}", index(process)));
  PORTFLOW_ASSERT(reached_ <= at && at < end_of_time, portflow::to_text(at));
  const EventKey key{at, rank, process, seats_[index(process)].serial++};
  shards_[shard_of_[index(process)]]->calendar.push(key, process, 0, std::move(body));
}

template <std::movable Payload>
Result<RunSummary> Engine<Payload>::run(const RunOptions& options) {
  PORTFLOW_ASSERT(!broken_, "a run after a fault");
  PORTFLOW_ASSERT(options.workers >= 1, "no workers");
  if (auto complaint = without_lookahead(topology_, names_)) {
    return fail(Failure::input, std::move(*complaint));
  }
  auto result = options.sequential ? Sequence{*this, options}.run() : Course{*this, options}.run();
  if (!result) return result;
  reached_ = result->reached;
  for (const Seat<Payload>& seat : seats_) {
    result->longest_chain = std::max<std::uint64_t>(result->longest_chain, seat.chain);
  }
  return result;
}

}  // namespace portflow::kernel

#include "kernel/engine_course.hpp"
#include "kernel/engine_sequence.hpp"
