/// \file hands.hpp
/// How a handler's orders become events: checked, given their key, and put where they belong.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "core/assert.hpp"
#include "kernel/seat.hpp"
#include "kernel/topology.hpp"

namespace portflow::kernel {

/// The hands of whichever process handles an event. Where events go is left to `Sink`, which
/// offers own(key, to, chain, body) and other(key, to, chain, body).
template <std::movable Payload, class Sink>
class Hands final : public Context<Payload> {
 public:
  /// \param processes  how many there are
  Hands(Sink& sink, const Topology& topology, std::size_t processes)
      : sink_{sink}, topology_{topology}, processes_{processes} {}

  /// From now on these are the hands of `seat`, whose process is `self` and handles the event
  /// `key`, which ends a chain of `chain` events.
  void turn_to(Seat<Payload>& seat, ProcessId self, const EventKey& key, std::uint32_t chain) {
    seat_ = &seat;
    self_ = self;
    key_ = key;
    const std::uint32_t longest = std::max(seat.chain, chain);
    seat.chain = longest + (longest < std::numeric_limits<std::uint32_t>::max() ? 1 : 0);
    ++seat.handled;
  }

  [[nodiscard]] SimTime now() const noexcept override { return key_.at; }
  [[nodiscard]] const EventKey& key() const noexcept override { return key_; }
  [[nodiscard]] ProcessId self() const noexcept { return self_; }

  [[gnu::flatten]] EventKey after(Duration delay, Payload&& body, Rank rank) override {
    if (delay <= Duration::zero()) refuse(delay);
    const EventKey key = next_key(delay, Duration::zero(), rank);
    sink_.own(key, self_, seat_->chain, std::move(body));
    return key;
  }

  bool cancel(const EventKey& scheduled) override {
    PORTFLOW_ASSERT(scheduled.source() == self_ && scheduled.serial() < seat_->serial,
                    fmt::format("cancelled what was not scheduled here: {}, at {}",
                                to_text(scheduled), to_text(key_)));
    if (scheduled <= key_) return false;
    if (seat_->cancelled == nullptr) {
      seat_->cancelled = std::make_unique<std::unordered_set<std::uint64_t>>();
    }
    return seat_->cancelled->insert(scheduled.order).second;
  }

  void send(ChannelId channel, Payload&& body, Duration extra, Rank rank) override {
    const auto index = static_cast<std::size_t>(channel);
    PORTFLOW_ASSERT(index < topology_.channels.size() && topology_.channels[index].from == self_,
                    fmt::format("channel {} does not start here, at {}", index, to_text(key_)));
    const Channel& way = topology_.channels[index];
    post(way.to, way.lookahead, extra, rank, std::move(body));
  }

  void send(MeshId mesh, ProcessId to, Payload&& body, Duration extra, Rank rank) override {
    const auto index = static_cast<std::size_t>(mesh);
    PORTFLOW_ASSERT(index < topology_.meshes.size() && static_cast<std::size_t>(to) < processes_,
                    fmt::format("mesh {} has no process {}, at {}", index,
                                static_cast<std::uint32_t>(to), to_text(key_)));
    post(to, topology_.meshes[index], extra, rank, std::move(body));
  }

 private:
  void post(ProcessId to, Duration lookahead, Duration extra, Rank rank, Payload&& body) {
    PORTFLOW_ASSERT(extra >= Duration::zero(),
                    fmt::format("extra {} at {}", portflow::to_text(extra), to_text(key_)));
    const EventKey key = next_key(extra, lookahead, rank);
    sink_.other(key, to, seat_->chain, std::move(body));
  }

  EventKey next_key(Duration delay, Duration lookahead, Rank rank) {
    const bool in_time = delay < end_of_time - key_.at - lookahead;
    if (!in_time || seat_->serial >= EventKey::most_serials) no_key(delay, in_time);
    return {key_.at + lookahead + delay, rank, self_, seat_->serial++};
  }

  // Apart from what scheduling is every time, which shall be short.
  [[gnu::noinline, gnu::cold]] void refuse(Duration delay) const {
    PORTFLOW_ASSERT(delay > Duration::zero(),
                    fmt::format("delay {} at {}", portflow::to_text(delay), to_text(key_)));
  }
  [[gnu::noinline, gnu::cold]] void no_key(Duration delay, bool in_time) const {
    PORTFLOW_ASSERT(in_time, fmt::format("delay {} ms passes the end of time at {}", delay.count(),
                                         to_text(key_)));
    PORTFLOW_ASSERT(seat_->serial < EventKey::most_serials, "a process scheduled too many events");
  }

  Sink& sink_;
  const Topology& topology_;
  std::size_t processes_;
  Seat<Payload>* seat_{nullptr};
  ProcessId self_{};
  EventKey key_;
};

}  // namespace portflow::kernel
