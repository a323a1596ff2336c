/// \file tickets.hpp
/// What entities are called by until their births are in the run's one order.
///
/// Processes run ahead of each other, so nobody can count births while they happen. Each recorder
/// draws blocks of tickets instead; who gets which block depends on the threads. When rows are
/// merged, births are counted, and the tickets of all rows give way to these numbers, which depend
/// on nothing but the run. Since tickets are dense, a table by ticket is all that takes.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace portflow::trace {

/// Gives out blocks of tickets to the recorders of a run.
class TicketBlocks {
 public:
  static constexpr std::uint32_t block = 256;

  /// The first ticket of a block of its own; 0 when all 2^32 are gone. Any thread may ask.
  [[nodiscard]] std::uint32_t next() noexcept {
    const std::uint64_t first = block * next_.fetch_add(1, std::memory_order_relaxed);
    return first <= UINT32_MAX ? static_cast<std::uint32_t>(first) : 0;
  }

 private:
  std::atomic<std::uint64_t> next_{1};  ///< so that 0 is nobody's ticket
};

/// The numbers of those who hold tickets.
class TicketNumbers {
 public:
  /// Counts a birth. \returns its number, from 1; 0 where it has no ticket
  std::uint32_t count(std::uint32_t ticket) {
    if (ticket == 0) return 0;
    if (ticket >= numbers_.size())
      numbers_.resize(std::size_t{ticket} + ticket / 2 + TicketBlocks::block);
    return numbers_[ticket] = ++counted_;
  }

  /// The number behind a ticket; 0 where nobody was born with it.
  [[nodiscard]] std::uint32_t of(std::uint32_t ticket) const noexcept {
    return ticket < numbers_.size() ? numbers_[ticket] : 0;
  }

 private:
  std::vector<std::uint32_t> numbers_;  ///< by ticket
  std::uint32_t counted_{0};
};

}  // namespace portflow::trace
