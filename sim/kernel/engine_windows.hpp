/// \file engine_windows.hpp
/// The parallel run: windows, outboxes and barriers. Included by engine.hpp only.
#pragma once

#include <algorithm>
#include <chrono>

#include "kernel/engine.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Windows {
 public:
  Windows(Engine& engine, const RunOptions& options)
      : engine_{engine},
        options_{options},
        safe_bound_{engine.size(), engine.channels_},
        crew_{crew_size(engine, options)},
        pace_{options.share_all},
        next_(engine.size(), never),
        bound_(engine.size(), never),
        workers_(crew_.size()),
        cut_{options.until, Rank::parameters, ProcessId{}, 0} {
    for (Worker& worker : workers_) worker.outboxes.resize(workers_.size());
    for (std::size_t i = 0; i < next_.size(); ++i) next_[i] = engine_.seats_[i].calendar.next();
    active_.reserve(next_.size());
  }

  Result<RunSummary> run() {
    RunSummary summary;
    SimTime now = safe_bound_(next_, bound_);
    Sealer sealer{options_, now};
    while (now < options_.until) {
      // What a fault left undone is no part of a sealed past.
      if (!fault_ && !sealer.pass(now)) {
        summary.stopped = true;
        break;
      }
      ++summary.windows;
      window(now);
      if (fault_) leave_out_what_follows();
      now = safe_bound_(next_, bound_);
    }
    if (fault_) return engine_.fault_of(*fault_);
    if (!summary.stopped) sealer.finish();
    summary.reached = summary.stopped ? now : options_.until;
    for (const Worker& worker : workers_) summary.events += worker.events;
    return summary;
  }

 private:
  using Stopwatch = std::chrono::steady_clock;

  static unsigned crew_size(const Engine& engine, const RunOptions& options) {
    const auto most = std::max<std::size_t>(1, engine.size());
    return static_cast<unsigned>(std::min<std::size_t>(options.workers, most));
  }

  void window(SimTime now) {
    active_.clear();
    // A process that nobody reaches must not run off to the horizon: what it leaves behind
    // could neither be sealed nor stopped.
    const auto width = std::clamp(options_.seal_every, Duration{1}, end_of_time.time_since_epoch());
    for (std::uint32_t i = 0; i < next_.size(); ++i) {
      bound_[i] = std::min(bound_[i], now + width);
      if (next_[i] < bound_[i] && next_[i] <= cut_.at) active_.push_back(ProcessId{i});
    }
    claimed_.store(0, std::memory_order_relaxed);
    if (crew_.size() == 1) {
      claim(workers_.front());
    } else if (active_.size() > 1 && pace_.shares()) {
      share_window();
    } else {
      const auto start = Stopwatch::now();
      claim(workers_.front());
      pace_.alone(Stopwatch::now() - start);
    }
    deliver();
    note_faults();
  }

  void share_window() {
    const auto start = Stopwatch::now();
    auto work = [this](unsigned w) {
      const auto begin = Stopwatch::now();
      claim(workers_[w]);
      workers_[w].spent = Stopwatch::now() - begin;
    };
    crew_.all(work);
    Pace::Wall spent{0};
    for (const Worker& worker : workers_) spent += worker.spent;
    pace_.shared(Stopwatch::now() - start, spent);
  }

  /// Handles active processes, one after the other, until all are claimed.
  void claim(Worker& worker) {
    for (;;) {
      const auto i = claimed_.fetch_add(1, std::memory_order_relaxed);
      if (i >= active_.size()) return;
      advance(active_[i], worker);
    }
  }

  void advance(ProcessId self, Worker& worker) {
    Seat& seat = engine_.seats_[index(self)];
    const SimTime bound = bound_[index(self)];
    WindowSink sink{seat.calendar, worker};
    Hands<Payload, WindowSink> hands{sink, engine_.channels_, self, seat.serial};
    while (seat.calendar.next() < bound && before(seat.calendar.top(), cut_)) {
      hands.take(seat.calendar.top());
      Payload body = seat.calendar.pop();
      ++worker.events;
      auto thrown = handle(*seat.process, body, hands, self);
      if (!thrown) continue;
      if (!worker.thrown || thrown->key < worker.thrown->key) worker.thrown = std::move(thrown);
      break;
    }
    next_[index(self)] = seat.calendar.next();
  }

  /// Empties the outboxes. Receivers are dealt to the threads, so none is touched by two.
  void deliver() {
    std::size_t sent = 0;
    for (Worker& worker : workers_) sent += std::exchange(worker.sent, 0);
    if (sent == 0) return;
    auto work = [this](unsigned share) { deliver_share(share); };
    if (crew_.size() > 1 && (sent >= parallel_delivery || options_.share_all)) {
      crew_.all(work);
    } else {
      for (unsigned share = 0; share < workers_.size(); ++share) work(share);
    }
  }

  void deliver_share(unsigned share) {
    for (Worker& worker : workers_) {
      for (Delivery<Payload>& event : worker.outboxes[share]) {
        const auto to = index(event.to);
        engine_.seats_[to].calendar.push(event.key, std::move(event.body));
        next_[to] = std::min(next_[to], event.key.at);
      }
      worker.outboxes[share].clear();
    }
  }

  void note_faults() {
    for (Worker& worker : workers_) {
      if (!worker.thrown) continue;
      if (worker.thrown->key < cut_) {
        cut_ = worker.thrown->key;
        fault_ = std::move(worker.thrown);
      }
      worker.thrown.reset();
    }
  }

  /// After a fault only what sorts before it may still be handled.
  void leave_out_what_follows() {
    for (std::size_t i = 0; i < next_.size(); ++i) {
      const auto& calendar = engine_.seats_[i].calendar;
      const bool pending = !calendar.empty() && before(calendar.top(), cut_);
      next_[i] = pending ? calendar.top().at : never;
    }
  }

  /// Fewer messages than this are delivered sooner than threads are woken.
  static constexpr std::size_t parallel_delivery = 1024;

  Engine& engine_;
  const RunOptions& options_;
  SafeBound safe_bound_;
  Crew crew_;
  Pace pace_;
  std::vector<SimTime> next_;   ///< of each process: its least pending event
  std::vector<SimTime> bound_;  ///< of each process: where it must wait for others
  std::vector<ProcessId> active_;
  std::vector<Worker> workers_;
  EventKey cut_;  ///< only what sorts before it is handled
  std::optional<Thrown> fault_;
  alignas(64) std::atomic<std::size_t> claimed_{0};
};

}  // namespace portflow::kernel
