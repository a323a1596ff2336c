/// \file engine_sequence.hpp
/// The plain loop over one heap: what every other run has to agree with, and so simple that it
/// shares nothing with them but the orders of handlers. Included by engine.hpp only.
#pragma once

#include <algorithm>

#include "kernel/engine.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Sequence {
 public:
  Sequence(Engine& engine, const RunOptions& options) : engine_{engine}, options_{options} {
    for (auto& shard : engine_.shards_) {
      shard->calendar.drain([this](Event<Payload>& event) { push(std::move(event)); });
    }
  }

  Result<RunSummary> run() {
    RunSummary summary;
    Sealer sealer{options_, next()};
    Hands<Payload, Sequence> hands{*this, engine_.topology_, engine_.size()};
    while (next() < options_.until) {
      if (!sealer.pass(next())) {
        summary.stopped = true;
        break;
      }
      Event<Payload> event = pop();
      Seat<Payload>& seat = engine_.seats_[index(event.to)];
      if (seat.forgets(event.key)) continue;
      hands.turn_to(seat, event.to, event.key, event.chain);
      try {
        seat.process->handle(event.body, hands);
      } catch (...) {
        return engine_.fault_of(thrown_at(hands));
      }
      ++summary.events;
    }
    if (!summary.stopped) sealer.finish();
    summary.reached = summary.stopped ? next() : options_.until;
    give_back();
    return summary;
  }

  void own(EventKey key, ProcessId to, std::uint32_t chain, Payload&& body) {
    push({key, 0, to, chain, std::move(body)});
  }
  void other(EventKey key, ProcessId to, std::uint32_t chain, Payload&& body) {
    push({key, 0, to, chain, std::move(body)});
  }

 private:
  static bool later(const Event<Payload>& a, const Event<Payload>& b) { return b.key < a.key; }

  [[nodiscard]] SimTime next() const { return heap_.empty() ? never : heap_.front().key.at; }

  void push(Event<Payload>&& event) {
    heap_.push_back(std::move(event));
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  Event<Payload> pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Event<Payload> event = std::move(heap_.back());
    heap_.pop_back();
    return event;
  }

  /// Leaves what lies beyond the horizon to a later run.
  void give_back() {
    for (Event<Payload>& event : heap_) {
      engine_.shards_[engine_.shard_of_[index(event.to)]]->calendar.push(
          event.key, event.to, event.chain, std::move(event.body));
    }
  }

  Engine& engine_;
  const RunOptions& options_;
  std::vector<Event<Payload>> heap_;
};

}  // namespace portflow::kernel
