/// \file process.hpp
/// What a logical process is, and the only ways it may act on the world.
///
/// A process owns its state. It changes that state while handling an event and reaches other
/// processes only by sending. Because every way between two processes adds its lookahead to
/// what is sent, no message can arrive in a receiver's past: causality holds by construction,
/// not by review.
///
/// Sources: K. M. Chandy and J. Misra (1979), IEEE TSE SE-5(5), 440-452, for lookahead;
/// D. M. Nicol (1993), J. ACM 40(2), 304-333, for windows.
#pragma once

#include <concepts>
#include <utility>

#include "core/time.hpp"
#include "kernel/event_key.hpp"

namespace portflow::kernel {

/// The hands of a process; valid only during one call of Process::handle.
template <std::movable Payload>
class Context {
 public:
  virtual ~Context() = default;

  [[nodiscard]] virtual SimTime now() const noexcept = 0;

  /// The key of the event in hand, for messages about bugs.
  [[nodiscard]] virtual const EventKey& key() const noexcept = 0;

  /// Schedules `body` for this process at now() + `delay`.
  /// \returns the key of the new event, by which it can be cancelled
  /// \pre delay > 0, so that no event sorts before its cause. A breach is a bug: it stops the
  ///      run and prints the EventKey in hand.
  virtual EventKey after(Duration delay, Payload&& body, Rank rank = Rank::normal) = 0;

  /// Takes back what this process scheduled with after(): it will not be handled.
  /// \returns false if it was handled or cancelled before
  /// \pre after() of this process returned `scheduled`. Breach by another process's key: as for
  ///      after().
  virtual bool cancel(const EventKey& scheduled) = 0;

  /// Sends `body` over `channel`; it arrives at now() + lookahead + `extra`.
  /// \param extra  time beyond the channel's lookahead, >= 0
  /// \pre `channel` starts at this process. Breach: as for after().
  virtual void send(ChannelId channel, Payload&& body, Duration extra = Duration::zero(),
                    Rank rank = Rank::normal) = 0;

  /// Sends `body` over `mesh` to `to`, whoever that is; it arrives at now() + lookahead +
  /// `extra`. \pre as for the other send().
  virtual void send(MeshId mesh, ProcessId to, Payload&& body, Duration extra = Duration::zero(),
                    Rank rank = Rank::normal) = 0;
};

/// One logical process: facilities, traffic sources or authorities that share a clock.
template <std::movable Payload>
class Process {
 public:
  virtual ~Process() = default;

  /// Handles one event; `body` may be moved from. Calls for one process never overlap and
  /// come in EventKey order. What is thrown here is a bug, caught at the window's edge: the
  /// run stops, its trace stays readable.
  virtual void handle(Payload& body, Context<Payload>& context) = 0;
};

}  // namespace portflow::kernel
