/// \file lane.hpp
/// What one worker has to itself: hands for the processes that it handles, and mail for every
/// shard. Included by engine.hpp only.
#pragma once

#include <algorithm>

#include "core/own_lines.hpp"
#include "kernel/engine.hpp"
#include "kernel/post.hpp"
#include "kernel/speeds.hpp"
#include "kernel/stream.hpp"

namespace portflow::kernel {

template <std::movable Payload>
struct alignas(own_lines) Engine<Payload>::Lane {
  Lane(const Topology& topology, std::span<const std::uint32_t> shard_of, std::size_t processes)
      : shards{shard_of}, hands{*this, topology, processes} {}

  /// Makes room for mail to `count` shards. \pre there is no mail.
  void expect(std::size_t count, std::span<const std::uint32_t> shard_of) {
    alone = count == 1;
    shards = shard_of;
    next.assign(count, never);
    handled.assign(count, 0);
    least.assign(count, never);
    for (Post& post : posts) post.clear(count);
    mail = std::vector<Mail>(count);
  }

  /// Only what is sent or left from now on counts for the least event of a shard.
  void forget() { std::ranges::fill(least, never); }

  /// Handles the events of `its`, which is shard number `number`, before `limit`; `most` of them
  /// at the most. What is thrown ends it.
  void advance(Shard& its, std::uint32_t number, std::vector<Seat<Payload>>& seats,
               const EventKey& limit, std::uint64_t most) {
    calendar = &its.calendar;
    shard = number;
    const std::uint64_t before = events;
    SimTime& due = least[number];
    // What this worker sent to the shard itself comes out of its mail before anything after it.
    const auto take_in = [&] {
      if (calendar->next() >= due) [[unlikely]] {
        take_in_own(due);
      }
    };
    try {
      for (; calendar->top() < limit && events - before < most; take_in()) {
        Event<Payload>& event = calendar->take();
        Seat<Payload>& seat = seats[index(event.to)];
        if (seat.forgets(event.key)) [[unlikely]] {
          calendar->done();
          continue;
        }
        if (seats.size() > at_hand) {
          const auto [soon, later] = calendar->upcoming();
          __builtin_prefetch(seats[index(soon)].process.get(), 1);
          __builtin_prefetch(&seats[index(later)], 1);
        }
        ++events;
        hands.turn_to(seat, event.to, event.key, event.chain);
        seat.process->handle(event.body, hands);
        calendar->done();
      }
    } catch (...) {
      calendar->done();
      Thrown fresh = thrown_at(hands);
      if (!thrown || fresh.key < thrown->key) thrown = std::move(fresh);
    }
    if (due != never) take_in_own(due);
  }

  /// Sorts what was written to shard `i`, `until` so much of it (Stream::written), into `its`
  /// calendar.
  void sort_into(Calendar<Payload>& its, std::size_t i, std::uint32_t until) {
    mail[i].read(until, [&](Event<Payload>& event) {
      its.push(event.key, event.to, event.chain, std::move(event.body));
    });
  }

  void own(EventKey key, ProcessId to, std::uint32_t chain, Payload&& body) {
    calendar->push(key, to, chain, std::move(body));
  }

  void other(EventKey key, ProcessId to, std::uint32_t chain, Payload&& body) {
    if (alone) {
      calendar->push(key, to, chain, std::move(body));
      return;
    }
    // The own shard's events go by mail too: whether it is the own one no processor can foresee
    // where processes send to anybody, and a wrong guess costs more than the way through the mail.
    const std::uint32_t there = shards[index(to)];
    mail[there].write(key, 0U, to, chain, std::move(body));
    // By value: std::min() would have the key put into memory, to be read back as a whole at once.
    SimTime& earliest = least[there];
    if (key.at < earliest) earliest = key.at;
  }

  /// Sorts in what this worker sent to the shard whose events it handles.
  /// \param due  the least time among them, from now on `never`
  [[gnu::noinline]] void take_in_own(SimTime& due) {
    if (alone) return;
    due = never;
    sort_into(*calendar, shard, mail[shard].written());
  }

  /// So many processes are in the cache anyway; of more, those that come next are fetched.
  static constexpr std::size_t at_hand = 16;

  using Mail = Stream<Event<Payload>>;

  Calendar<Payload>* calendar{nullptr};
  std::uint32_t shard{0};
  bool alone{true};                       ///< all processes stand in one shard
  std::span<const std::uint32_t> shards;  ///< of each process
  Hands<Payload, Lane> hands;
  std::uint64_t events{0};
  std::optional<Thrown> thrown;

  std::vector<Mail> mail;     ///< to each shard
  std::array<Post, 2> posts;  ///< by window, even and odd: what is read, and what is written

  OwnVector<SimTime> least;          ///< of each shard: what was left or sent there of late
  OwnVector<SimTime> next;           ///< of each shard: before which nothing more happens there
  OwnVector<std::uint64_t> handled;  ///< of each shard: events when this worker last took it
  Pace::Wall idle{0};                ///< waited for others
  Effort effort;                     ///< in strides, since speeds were last looked at
};

}  // namespace portflow::kernel
