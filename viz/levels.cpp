#include "viz/levels.hpp"

#include <algorithm>

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
    auto& points = series_[row.resource].points;
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
    if (!points.empty()) {
      point.waited += points.back().waited;
      point.started += points.back().started;
    }
    if (!points.empty() && points.back().like(point)) continue;
    const Duration stretch = row.span * static_cast<std::int64_t>(together_);
    if (together_ > 1 && !points.empty() && stretch.count() > 0 &&
        (points.back().at - SimTime{}) / stretch == (row.at - SimTime{}) / stretch) {
      points.back() = point;
    } else {
      points.push_back(point);
    }
  }
}

void Levels::close() {
  for (Series& series : series_) series.points.shrink_to_fit();
}

std::size_t Levels::upto(const Series& series, SimTime at) {
  const auto after = std::upper_bound(series.points.begin(), series.points.end(), at,
                                      [](SimTime t, const Point& p) { return t < p.at; });
  return static_cast<std::size_t>(after - series.points.begin());
}

ResourceState Levels::at(std::uint16_t resource, SimTime at) const {
  const Series& series = series_[resource];
  ResourceState state;
  const std::size_t n = upto(series, at);
  if (n == 0) return state;
  const Point& point = series.points[n - 1];
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
  const auto next = [](const std::vector<Point>& points, std::size_t from) {
    while (from < points.size() &&
           points[from].started == (from == 0 ? 0 : points[from - 1].started)) {
      ++from;
    }
    return from;
  };
  const auto& p = series_[a].points;
  const auto& q = series_[b].points;
  std::size_t i = next(p, 0);
  std::size_t j = next(q, 0);
  for (; i < p.size() && j < q.size(); i = next(p, i + 1), j = next(q, j + 1)) {
    if (p[i].at != q[j].at || p[i].waited != q[j].waited || p[i].started != q[j].started) {
      return false;
    }
  }
  return i >= p.size() && j >= q.size();
}

Levels::Point Levels::over(const Series& series, SimTime at, Duration window) {
  const std::size_t n = upto(series, at);
  if (n == 0) return {};
  Point out = series.points[n - 1];
  if (const std::size_t before = upto(series, at - window); before > 0) {
    out.waited -= series.points[before - 1].waited;
    out.started -= series.points[before - 1].started;
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
  return static_cast<double>(series.points[n - 1].mean_queue);
}

std::vector<SimTime> Levels::emptied(std::uint16_t resource) const {
  std::vector<SimTime> out;
  const auto& points = series_[resource].points;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].busy == 0 && points[i - 1].busy > 0) out.push_back(points[i].at);
  }
  return out;
}

bool Levels::ever_waited(std::uint16_t resource) const {
  const auto& points = series_[resource].points;
  return !points.empty() && points.back().waited > 0;
}

}  // namespace portflow::viz
