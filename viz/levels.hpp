/// \file levels.hpp
/// Fill, queue and recent wait of every resource at any instant, from the Level rows.
///
/// A Level row speaks of one interval; what shows at an instant is the state at the end of
/// the last interval that was over by then. Waits are means over those that ended in the two
/// hours before it. Points lie in pages (pages.hpp), so that a trace of any length fits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/pages.hpp"

namespace portflow::viz {

/// A resource at an instant.
struct ResourceState {
  std::uint32_t busy{0}, capacity{0}, queue{0};
  std::optional<Duration> wait;  ///< mean of the recent waits; empty when none ended
  bool breach{false};            ///< a promised wait is broken
  [[nodiscard]] float fill() const noexcept;
};

class Levels {
 public:
  Levels() : Levels(trace::Schema{}) {}
  Levels(const trace::Schema& schema, const trace::Batch& batch);
  /// Or batch by batch.
  explicit Levels(const trace::Schema& schema);
  void consume(const trace::Batch& batch);

  [[nodiscard]] ResourceState at(std::uint16_t resource, SimTime at) const;

  /// Mean wait of those who started in (at - window, at]; empty when nobody did.
  [[nodiscard]] std::optional<Duration> wait(std::uint16_t resource, SimTime at,
                                             Duration window) const;
  /// Mean length of the queue over the interval that ended last by `at`.
  [[nodiscard]] double queue(std::uint16_t resource, SimTime at) const;

  /// Several resources as one at `at`: sums, the mean wait over all of them, and a breach
  /// where one of them breaks its own target.
  [[nodiscard]] ResourceState together(std::span<const std::uint16_t> resources, SimTime at) const;
  /// Whether two resources have always had the same waits, as those held together do.
  [[nodiscard]] bool same_waits(std::uint16_t a, std::uint16_t b) const;

  /// Whether anything is recorded of it by `at`.
  [[nodiscard]] bool known(std::uint16_t resource, SimTime at) const {
    return upto(series_[resource], at) > 0;
  }
  /// The most units that were ever in service there.
  [[nodiscard]] std::uint32_t most_capacity(std::uint16_t resource) const {
    return series_[resource].most_capacity;
  }
  /// When it went from somebody in use to nobody, to the interval.
  [[nodiscard]] std::vector<SimTime> emptied(std::uint16_t resource) const;
  /// Whether anybody ever waited there.
  [[nodiscard]] bool ever_waited(std::uint16_t resource) const;
  [[nodiscard]] bool empty() const noexcept { return rows_ == 0; }
  [[nodiscard]] std::size_t resources() const noexcept { return series_.size(); }
  [[nodiscard]] Duration target(std::uint16_t resource) const { return series_[resource].target; }

 private:
  /// The state from `at` on. An interval in which nothing changed has none of its own.
  struct Point {
    SimTime at{};
    std::int64_t waited{0};  // running sums up to and with this interval
    std::uint32_t started{0};
    float mean_queue{0};  // over this interval
    std::uint32_t busy{0}, capacity{0}, queue{0};
    [[nodiscard]] bool like(const Point& o) const noexcept {
      return waited == o.waited && started == o.started && mean_queue == o.mean_queue &&
             busy == o.busy && capacity == o.capacity && queue == o.queue;
    }
  };
  static constexpr std::size_t page_points = 100;
  struct Series {
    PagedSeries<Point, page_points> points;
    Duration target{0};
    std::uint32_t most_capacity{0};
  };
  [[nodiscard]] Point point(const Series& series, std::size_t number) const {
    return series.points.at(pages_, number);
  }
  /// How many points of `series` have at <= `at`.
  [[nodiscard]] std::size_t upto(const Series& series, SimTime at) const;
  /// The last point by `at`, with waits and starts of the `window` before it alone.
  [[nodiscard]] Point over(const Series& series, SimTime at, Duration window) const;

  std::vector<Series> series_;
  std::size_t rows_{0};
  static constexpr std::size_t most_pages = 4'000;  // 16 MB
  Pages<Point, page_points> pages_{most_pages};
};

}  // namespace portflow::viz
