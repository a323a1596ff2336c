/// \file fates.hpp
/// How the life of each mover went, in two bytes a move: what it waited for longest, and how many
/// hours it took. That is known when it ends, long after the move was recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "trace/batch.hpp"

namespace portflow::viz {

/// How long a life takes, against half of its kind.
enum class Late : std::uint8_t { unknown, none, some, much };
/// For whoever did not wait, or has not ended.
inline constexpr std::uint8_t no_wait = 0xff;

class Fates {
 public:
  void expect(std::size_t moves);
  /// Takes the next row of the table of moves, whether its mover is drawn or not.
  void add(const trace::Moved& move, bool drawn);
  /// A box turns out to be aboard a train.
  void hide(std::uint32_t number);
  void end(const trace::Ended& ended);
  /// After the last end().
  void close();

  [[nodiscard]] bool drawn(std::uint32_t number) const noexcept {
    return number >= codes_.size() || codes_[number] != hidden;
  }
  /// A number of Cause, or no_wait.
  [[nodiscard]] std::uint8_t cause(std::uint32_t number) const noexcept;
  /// \param median  of the lives of its kind
  [[nodiscard]] Late late(std::uint32_t number, std::optional<Duration> median) const noexcept;

 private:
  // Twelve bits of hours over four of cause.
  static constexpr std::uint16_t unknown_hours = 0xfff;
  static constexpr std::uint16_t no_cause = 0xf;
  static constexpr std::uint16_t unknown = unknown_hours << 4 | no_cause;
  static constexpr std::uint16_t hidden = unknown_hours << 4 | 0xe;
  /// Beyond so many nobody is told apart: they are grey, as those are who have not ended.
  static constexpr std::size_t most_moves = 80'000'000;
  static constexpr std::size_t most_living = 1'500'000;
  static constexpr std::uint32_t no_move = 0xffff'ffff;

  struct Move {
    std::uint32_t number, before;  // before: a place in moves_, of the same entity
  };
  std::vector<std::uint16_t> codes_;  // by row number
  // Of those who have not ended: their last move, and the chain of earlier ones.
  std::unordered_map<trace::EntityId, std::uint32_t> living_;
  std::vector<Move> moves_;
  std::vector<std::uint32_t> free_;  // places in moves_
};

}  // namespace portflow::viz
