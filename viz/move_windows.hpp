/// \file move_windows.hpp
/// The rows of the table of moves, read a stretch at a time, so that a trace of any length fits.
///
///     window = a stretch of the record of at most six hours and 32,768 rows
///     while the trace is opened: of each window, where it begins and what instants it speaks of
///     for an instant: the windows that speak of it are read again, and kept while they are used
///
/// Moves that take longer than six hours would make every window speak of half a week; they are
/// few, and kept as they are (movers.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <vector>

#include "trace/batch.hpp"

namespace portflow::viz {

/// Rows [first, first + count) of the moves of a trace, in the order of the record; fewer where
/// the file cannot be read any more.
using MoveSource = std::function<std::vector<trace::Moved>(std::uint64_t first, std::size_t count)>;

/// Of rows that are all there, as those of tests are.
[[nodiscard]] MoveSource rows_in_memory(std::vector<trace::Moved> rows);

class MoveWindows {
 public:
  /// Longer than this is not for a window.
  static constexpr Duration reach{6 * 3600 * 1000};

  struct Window {
    std::uint64_t first{0};                                    ///< its first row in the table
    std::uint32_t count{0};                                    ///< of all its rows
    SimTime opened{};                                          ///< when its first row was recorded
    SimTime earliest{SimTime::max()}, latest{SimTime::min()};  ///< of those that it speaks of
  };

  /// Takes the next row of the table. \param spoken  whether the window is to speak of it
  void add(const trace::Moved& move, bool spoken);
  /// Rows so far.
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  void read_from(MoveSource source) { source_ = std::move(source); }

  /// Calls take(row number, row) for the rows of all windows that speak of `at`.
  template <class Take>
  void each(SimTime at, const Take& take) const {
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      if (windows_[w].earliest > at || windows_[w].latest <= at) continue;
      std::uint64_t number = windows_[w].first;
      for (const trace::Moved& row : load(w)) take(number++, row);
    }
  }
  /// Calls take(row number, row) for the rows of the windows that may hold an instant after (or
  /// before) `at` which is nearer than `best()`, the nearest windows first.
  template <class Take, class Best>
  void seek(SimTime at, bool forward, const Best& best, const Take& take) const {
    for (std::size_t i = 0; i < windows_.size(); ++i) {
      const std::size_t w = forward ? i : windows_.size() - 1 - i;
      const Window& window = windows_[w];
      if (forward ? window.latest <= at : window.earliest >= at) continue;
      const std::optional<SimTime> nearest = best();
      if (nearest && (forward ? window.earliest >= *nearest : window.latest <= *nearest)) continue;
      std::uint64_t number = window.first;
      for (const trace::Moved& row : load(w)) take(number++, row);
    }
  }

 private:
  static constexpr std::uint32_t most_rows = 32'768;
  static constexpr std::size_t most_kept = 1'000'000;  // rows, 40 bytes each
  struct Kept {
    std::size_t window;
    std::vector<trace::Moved> rows;
  };
  /// Valid until the next call.
  [[nodiscard]] const std::vector<trace::Moved>& load(std::size_t window) const;

  std::uint64_t rows_{0};
  std::vector<Window> windows_;
  MoveSource source_;
  mutable std::list<Kept> kept_;  // the one used last in front
  mutable std::size_t kept_rows_{0};
};

}  // namespace portflow::viz
