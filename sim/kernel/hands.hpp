/// \file hands.hpp
/// How a handler's orders become events: checked, given their key, and put where they belong.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "kernel/calendar.hpp"
#include "kernel/process.hpp"
#include "kernel/safe_bound.hpp"

namespace portflow::kernel {

/// An event on its way to a process.
template <std::movable Payload>
struct Delivery {
  ProcessId to{};
  EventKey key;
  Payload body;
};

/// The hands of process `self` while it handles the event `key`. Where events go is left to
/// `Sink`, which offers own(key, body) and other(to, key, body).
template <std::movable Payload, class Sink>
class Hands final : public Context<Payload> {
 public:
  Hands(Sink& sink, std::span<const Channel> channels, ProcessId self, std::uint64_t& serial)
      : sink_{sink}, channels_{channels}, self_{self}, serial_{serial} {}

  void take(const EventKey& key) noexcept { key_ = key; }

  [[nodiscard]] SimTime now() const noexcept override { return key_.at; }
  [[nodiscard]] const EventKey& key() const noexcept override { return key_; }

  void after(Duration delay, Payload body, Rank rank) override {
    PORTFLOW_ASSERT(delay > Duration::zero(),
                    fmt::format("delay {} at {}", portflow::to_text(delay), to_text(key_)));
    sink_.own(next_key(delay, rank), std::move(body));
  }

  void send(ChannelId channel, Payload body, Duration extra, Rank rank) override {
    const auto index = static_cast<std::size_t>(channel);
    PORTFLOW_ASSERT(index < channels_.size() && channels_[index].from == self_,
                    fmt::format("channel {} does not start here, at {}", index, to_text(key_)));
    PORTFLOW_ASSERT(extra >= Duration::zero(),
                    fmt::format("extra {} at {}", portflow::to_text(extra), to_text(key_)));
    const Channel& way = channels_[index];
    const auto delay = extra < unreachable_delay ? way.lookahead + extra : extra;
    sink_.other(way.to, next_key(delay, rank), std::move(body));
  }

 private:
  static constexpr Duration unreachable_delay = end_of_time.time_since_epoch();

  EventKey next_key(Duration delay, Rank rank) {
    PORTFLOW_ASSERT(
        delay < end_of_time - key_.at,
        fmt::format("delay {} ms passes the end of time at {}", delay.count(), to_text(key_)));
    return {key_.at + delay, rank, self_, serial_++};
  }

  Sink& sink_;
  std::span<const Channel> channels_;
  ProcessId self_;
  std::uint64_t& serial_;
  EventKey key_;
};

}  // namespace portflow::kernel
