/// \file breaches.hpp
/// Moments worth a look, by kind, in the order of time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/levels.hpp"
#include "viz/pages.hpp"
#include "viz/tally.hpp"

namespace portflow::viz {

enum class Breach : std::uint8_t {
  wait,  ///< a wait goes over its target
  idle,  ///< the last ship leaves a quay, or the last user anything else that is berths
  late,  ///< a box, a day later than half of its kind, is still not done
};
inline constexpr std::size_t breach_count = 3;

class Breaches {
 public:
  void add(Breach kind, SimTime at) { of(kind).push_back(at); }
  /// Brings them in order; after the last add().
  void sort();
  /// The next (or previous) one, if any.
  [[nodiscard]] std::optional<SimTime> next(Breach kind, SimTime from, bool forward) const;
  [[nodiscard]] const std::vector<SimTime>& all(Breach kind) const {
    return times_[static_cast<std::size_t>(kind)];
  }

 private:
  std::vector<SimTime>& of(Breach kind) { return times_[static_cast<std::size_t>(kind)]; }
  std::array<std::vector<SimTime>, breach_count> times_;
};

/// Totals of lives by role: what is usual, and who took longer.
class Totals {
 public:
  Totals() = default;
  explicit Totals(const trace::Schema& schema);
  void consume(const trace::Batch& batch);
  /// Ends them; fills the late ones of type box into `breaches`.
  void close(Breaches& breaches);
  /// The median of a role; empty where nobody of it ended.
  [[nodiscard]] std::optional<Duration> median(std::uint16_t role) const;

  /// A life this much longer than the median is late.
  static constexpr Duration grace{24 * 3600 * 1000};

 private:
  /// A life of type box.
  struct Box {
    std::uint32_t born{0};  // minutes from from_
    float seconds{0};
    std::uint16_t role{0};
  };
  static constexpr std::size_t page_boxes = 341;  // 4 kB
  struct Building {
    Pages<Box, page_boxes> pages{64};
    PagedSeries<Box, page_boxes> boxes;
    std::vector<Tally> lives;  // by role: seconds
  };
  SimTime from_{};
  std::unique_ptr<Building> building_;  // until closed
  std::vector<bool> boxes_;
  std::vector<std::optional<Duration>> medians_;
};

/// Adds the moments at which berths fall empty.
void find_idle(const trace::Schema& schema, const Levels& levels, Breaches& breaches);

}  // namespace portflow::viz
