/// \file engine_sequence.hpp
/// The plain loop over one calendar: what a parallel run has to agree with. Included by
/// engine.hpp only.
#pragma once

#include "kernel/engine.hpp"

namespace portflow::kernel {

template <std::movable Payload>
class Engine<Payload>::Sequence {
 public:
  Sequence(Engine& engine, const RunOptions& options) : engine_{engine}, options_{options} {
    for (std::uint32_t i = 0; i < engine_.size(); ++i) {
      Calendar<Payload>& from = engine_.seats_[i].calendar;
      while (!from.empty()) {
        const EventKey key = from.top();
        calendar_.push(key, {ProcessId{i}, from.pop()});
      }
    }
  }

  Result<RunSummary> run() {
    RunSummary summary;
    Sealer sealer{options_, calendar_.next()};
    while (calendar_.next() < options_.until) {
      if (!sealer.pass(calendar_.next())) {
        summary.stopped = true;
        break;
      }
      if (auto thrown = step()) return engine_.fault_of(*thrown);
      ++summary.events;
    }
    if (!summary.stopped) sealer.finish();
    summary.reached = summary.stopped ? calendar_.next() : options_.until;
    give_back();
    return summary;
  }

 private:
  std::optional<Thrown> step() {
    const EventKey key = calendar_.top();
    Routed event = calendar_.pop();
    Seat& seat = engine_.seats_[index(event.to)];
    OneSink sink{calendar_, event.to};
    Hands<Payload, OneSink> hands{sink, engine_.channels_, event.to, seat.serial};
    hands.take(key);
    return handle(*seat.process, event.body, hands, event.to);
  }

  /// Leaves what lies beyond the horizon to a later run.
  void give_back() {
    while (!calendar_.empty()) {
      const EventKey key = calendar_.top();
      Routed event = calendar_.pop();
      engine_.seats_[index(event.to)].calendar.push(key, std::move(event.body));
    }
  }

  Engine& engine_;
  const RunOptions& options_;
  Calendar<Routed> calendar_;
};

}  // namespace portflow::kernel
