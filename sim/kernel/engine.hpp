/// \file engine.hpp
/// The conservative parallel engine: the same bytes with any number of workers.
///
/// How a run goes (docs/architecture.md, "Sites, channels and time"):
///
///     deliver seeds
///     loop
///       next[i]  <- time of the least event of process i, or never
///       now      <- min over i of next[i]
///       if now has moved on by seal_every: on_seal(now); end early if stop()
///       if now >= until: on_seal(until); end
///       bound[i] <- min over k of (next[k] + D[k][i])           (safe_bound.hpp)
///                   and now + seal_every, so that nobody runs away from the seals
///       in parallel, for each i with next[i] < min(bound[i], until), claimed one by one:
///         while the least event of i lies before bound[i] and until: handle it
///           after() goes into the calendar of i at once
///           send() goes into an outbox of the worker
///       barrier; outboxes are emptied into the calendars of their receivers; barrier
///
/// Why it is right: whatever reaches i during or after the window was caused by an event that
/// is pending now, at some k, at or after next[k]. On its way it passed channels from k to i,
/// so it arrives at next[k] + D[k][i] or later, hence not before bound[i]. And since every D is
/// positive, the process with the least next event can always handle it: no deadlock.
///
/// Why it is reproducible: each process handles its events in EventKey order, and the keys
/// depend only on what processes did before, never on threads or on arrival. When a handler
/// throws at key K, the run is cut at K: what lies before K anywhere is still handled, so the
/// fault reported is the least one, as in the sequential loop.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <concepts>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "kernel/calendar.hpp"
#include "kernel/crew.hpp"
#include "kernel/hands.hpp"
#include "kernel/pace.hpp"
#include "kernel/process.hpp"
#include "kernel/run_options.hpp"
#include "kernel/safe_bound.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine {
 public:
  /// Adds a process. \pre names are distinct and added in ascending order of name.
  ProcessId add(std::string name, std::unique_ptr<Process<Payload>> process);

  /// A one-way channel. \pre both processes exist; lookahead > 0, which run() checks.
  ChannelId connect(ProcessId from, ProcessId to, Duration lookahead);

  /// An event that is there before the run starts; its source is `process` itself.
  void seed(ProcessId process, SimTime at, Payload body, Rank rank = Rank::normal);

  /// Runs to options.until. A later run goes on from there; after a fault none may.
  /// Fault: bug (what a handler threw, with the process and the EventKey in hand) or input
  /// (channels without lookahead, named by process names).
  [[nodiscard]] Result<RunSummary> run(const RunOptions& options);

  [[nodiscard]] const std::string& name(ProcessId id) const { return names_.at(index(id)); }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  /// A process with its pending events; on cache lines of its own, since neighbours are
  /// handled by different threads.
  struct alignas(64) Seat {
    std::unique_ptr<Process<Payload>> process;
    Calendar<Payload> calendar;
    std::uint64_t serial{0};
  };

  struct Thrown {
    EventKey key;
    ProcessId process{};
    std::string what;
  };

  /// What one thread gathers during a window. Its outboxes are split by receiver, so that each
  /// thread can deliver its own share of all of them.
  struct alignas(64) Worker {
    std::vector<std::vector<Delivery<Payload>>> outboxes;
    std::size_t sent{0};
    std::uint64_t events{0};
    Pace::Wall spent{0};  ///< in the last window that was shared out
    std::optional<Thrown> thrown;
  };

  /// Where a process's orders go during a window.
  struct WindowSink {
    Calendar<Payload>& calendar;
    Worker& worker;
    void own(const EventKey& key, Payload&& body) { calendar.push(key, std::move(body)); }
    void other(ProcessId to, const EventKey& key, Payload&& body) {
      auto& outbox = worker.outboxes[index(to) % worker.outboxes.size()];
      outbox.push_back({to, key, std::move(body)});
      ++worker.sent;
    }
  };

  /// An event of the one calendar of a sequential run.
  struct Routed {
    ProcessId to{};
    Payload body;
  };

  /// Where a process's orders go in a sequential run.
  struct OneSink {
    Calendar<Routed>& calendar;
    ProcessId self;
    void own(const EventKey& key, Payload&& body) { other(self, key, std::move(body)); }
    void other(ProcessId to, const EventKey& key, Payload&& body) {
      calendar.push(key, {to, std::move(body)});
    }
  };

  /// Says when to seal; both kinds of run use it.
  class Sealer {
   public:
    Sealer(const RunOptions& options, SimTime start) : options_{options}, last_{start} {}
    /// \returns false when the run shall end early. \pre now < until
    bool pass(SimTime now) {
      if (now - last_ < options_.seal_every) return true;
      last_ = now;
      if (options_.on_seal) options_.on_seal(now);
      return !(options_.stop && options_.stop());
    }
    void finish() {
      if (options_.on_seal) options_.on_seal(options_.until);
    }

   private:
    const RunOptions& options_;
    SimTime last_;
  };

  class Windows;
  class Sequence;

  static constexpr std::size_t index(ProcessId id) noexcept { return static_cast<std::size_t>(id); }

  /// Calls the handler; \returns what it threw, empty when all went well.
  static std::optional<Thrown> handle(Process<Payload>& process, Payload& body,
                                      Context<Payload>& context, ProcessId self) {
    try {
      process.handle(body, context);
      return std::nullopt;
    } catch (const std::exception& error) {
      return Thrown{context.key(), self, error.what()};
    } catch (...) {
      return Thrown{context.key(), self, "something that is no std::exception"};
    }
  }

  tl::unexpected<Fault> fault_of(const Thrown& thrown) {
    broken_ = true;
    return fail(Failure::bug,
                fmt::format("{}: {}: {}", name(thrown.process), to_text(thrown.key), thrown.what));
  }

  std::vector<std::string> names_;
  std::vector<Seat> seats_;
  std::vector<Channel> channels_;
  SimTime reached_{SimTime::min()};  ///< everything before it was handled
  bool broken_{false};               ///< a handler threw; its state cannot be trusted
};

template <std::movable Payload>
ProcessId Engine<Payload>::add(std::string name, std::unique_ptr<Process<Payload>> process) {
  PORTFLOW_ASSERT(names_.empty() || names_.back() < name,
                  fmt::format("`{}` added after `{}`", name, names_.back()));
  PORTFLOW_ASSERT(process != nullptr, name);
  names_.push_back(std::move(name));
  seats_.emplace_back();
  seats_.back().process = std::move(process);
  return ProcessId{static_cast<std::uint32_t>(names_.size() - 1)};
}

template <std::movable Payload>
ChannelId Engine<Payload>::connect(ProcessId from, ProcessId to, Duration lookahead) {
  PORTFLOW_ASSERT(index(from) < size() && index(to) < size(),
                  fmt::format("channel from process {} to {}", index(from), index(to)));
  PORTFLOW_ASSERT(lookahead < end_of_time.time_since_epoch(), portflow::to_text(lookahead));
  channels_.push_back({from, to, lookahead});
  return ChannelId{static_cast<std::uint32_t>(channels_.size() - 1)};
}

template <std::movable Payload>
void Engine<Payload>::seed(ProcessId process, SimTime at, Payload body, Rank rank) {
  PORTFLOW_ASSERT(index(process) < size(), fmt::format("process {}", index(process)));
  PORTFLOW_ASSERT(reached_ <= at && at < end_of_time, portflow::to_text(at));
  Seat& seat = seats_[index(process)];
  seat.calendar.push({at, rank, process, seat.serial++}, std::move(body));
}

template <std::movable Payload>
Result<RunSummary> Engine<Payload>::run(const RunOptions& options) {
  PORTFLOW_ASSERT(!broken_, "a run after a fault");
  PORTFLOW_ASSERT(options.workers >= 1, "no workers");
  if (auto complaint = without_lookahead(channels_, names_)) {
    return fail(Failure::input, std::move(*complaint));
  }
  auto result = options.sequential ? Sequence{*this, options}.run() : Windows{*this, options}.run();
  if (result) reached_ = result->reached;
  return result;
}

}  // namespace portflow::kernel

#include "kernel/engine_sequence.hpp"
#include "kernel/engine_windows.hpp"
