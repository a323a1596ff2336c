#include "viz/levels.hpp"

#include <algorithm>
#include <utility>

namespace portflow::viz {
namespace {
using std::chrono::hours;
}

float ResourceState::fill() const noexcept {
  return capacity == 0 ? 0.0f : static_cast<float>(busy) / static_cast<float>(capacity);
}

Levels::Levels(const trace::Schema& schema, const trace::Batch& batch) : Levels(schema) {
  consume(batch);
}

Levels::Levels(const trace::Schema& schema) : series_(schema.resources.size()) {
  for (std::size_t i = 0; i < series_.size(); ++i) {
    series_[i].target = Duration(static_cast<std::int64_t>(schema.resources[i].wait_target_ms));
  }
}

void Levels::consume(const trace::Batch& batch) {
  rows_ += batch.levels.size();
  for (const trace::Level& row : batch.levels) {
    if (row.resource >= series_.size()) continue;
    std::uint32_t& most = series_[row.resource].most_capacity;
    most = std::max(most, row.capacity_now);
    Series& series = series_[row.resource];
    Point point{.at = row.at,
                .waited = row.waited,
                .started = row.started,
                .busy = row.busy_now,
                .capacity = row.capacity_now,
                .queue = row.queue_now};
    if (row.span.count() > 0) {
      point.mean_queue = static_cast<float>(static_cast<double>(row.queued) /
                                            static_cast<double>(row.span.count()));
    }
    if (series.points.size() > 0) {
      const Point& last = series.points.last();
      point.waited += last.waited;
      point.started += last.started;
      if (last.like(point)) continue;
    }
    series.points.add(pages_, point);
  }
}

std::size_t Levels::upto(const Series& series, SimTime at) const {
  return series.points.upto(pages_, at, [](SimTime t, const Point& p) { return t < p.at; });
}

ResourceState Levels::at(std::uint16_t resource, SimTime at) const {
  const Series& series = series_[resource];
  ResourceState state;
  const std::size_t n = upto(series, at);
  if (n == 0) return state;
  const Point point = this->point(series, n - 1);
  state.busy = point.busy;
  state.capacity = point.capacity;
  state.queue = point.queue;
  state.wait = wait(resource, at, hours(2));
  state.breach = series.target.count() > 0 && state.wait && *state.wait > series.target;
  return state;
}

ResourceState Levels::together(std::span<const std::uint16_t> resources, SimTime at) const {
  ResourceState sum;
  std::int64_t started = 0;
  std::int64_t waited = 0;
  for (const std::uint16_t r : resources) {
    const ResourceState one = this->at(r, at);
    sum.busy += one.busy;
    sum.capacity += one.capacity;
    sum.queue += one.queue;
    sum.breach = sum.breach || one.breach;
    const Point gone = over(series_[r], at, hours(2));
    started += gone.started;
    waited += gone.waited;
  }
  if (started > 0) sum.wait = Duration(waited / started);
  return sum;
}

bool Levels::same_waits(std::uint16_t a, std::uint16_t b) const {
  // Queues and units may differ: what counts is when waits ended, and how long they were.
  struct Walk {
    const Levels& levels;
    const Series& series;
    std::size_t number{0};
    std::uint32_t started{0};
    /// The next point at which any wait ended.
    std::optional<Point> next() {
      while (number < series.points.size()) {
        const Point point = levels.point(series, number++);
        if (std::exchange(started, point.started) != point.started) return point;
      }
      return std::nullopt;
    }
  };
  Walk p{*this, series_[a]};
  Walk q{*this, series_[b]};
  for (;;) {
    const auto x = p.next();
    const auto y = q.next();
    if (!x || !y) return !x && !y;
    if (x->at != y->at || x->waited != y->waited || x->started != y->started) return false;
  }
}

Levels::Point Levels::over(const Series& series, SimTime at, Duration window) const {
  const std::size_t n = upto(series, at);
  if (n == 0) return {};
  Point out = point(series, n - 1);
  if (const std::size_t before = upto(series, at - window); before > 0) {
    const Point then = point(series, before - 1);
    out.waited -= then.waited;
    out.started -= then.started;
  }
  return out;
}

std::optional<Duration> Levels::wait(std::uint16_t resource, SimTime at, Duration window) const {
  const Point gone = over(series_[resource], at, window);
  if (gone.started == 0) return std::nullopt;
  return Duration(gone.waited / gone.started);
}

double Levels::queue(std::uint16_t resource, SimTime at) const {
  const Series& series = series_[resource];
  const std::size_t n = upto(series, at);
  if (n == 0) return 0;
  return static_cast<double>(point(series, n - 1).mean_queue);
}

std::vector<SimTime> Levels::emptied(std::uint16_t resource) const {
  std::vector<SimTime> out;
  const Series& series = series_[resource];
  std::uint32_t busy = 0;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const Point here = point(series, i);
    if (std::exchange(busy, here.busy) > 0 && here.busy == 0) out.push_back(here.at);
  }
  return out;
}

bool Levels::ever_waited(std::uint16_t resource) const {
  const auto& points = series_[resource].points;
  return points.size() > 0 && points.last().waited > 0;
}

}  // namespace portflow::viz
