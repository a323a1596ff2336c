#include "viz/levels.hpp"

#include <algorithm>

namespace portflow::viz {
namespace {
using std::chrono::hours;
}

float ResourceState::fill() const noexcept {
  return capacity == 0 ? 0.0f : static_cast<float>(busy) / static_cast<float>(capacity);
}

Levels::Levels(const trace::Schema& schema, const trace::Batch& batch)
    : series_(schema.resources.size()), rows_(batch.levels.size()) {
  for (std::size_t i = 0; i < series_.size(); ++i) {
    series_[i].target = Duration(static_cast<std::int64_t>(schema.resources[i].wait_target_ms));
  }
  for (const trace::Level& row : batch.levels) {
    if (row.resource >= series_.size()) continue;
    auto& points = series_[row.resource].points;
    const bool first = points.empty();
    points.push_back({row.at, row.waited + (first ? 0 : points.back().waited),
                      row.started + (first ? 0 : points.back().started), row.queued,
                      row.span.count(), row.busy_now, row.capacity_now, row.queue_now});
  }
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
  const auto& p = series_[a].points;
  const auto& q = series_[b].points;
  return std::equal(p.begin(), p.end(), q.begin(), q.end(), [](const Point& x, const Point& y) {
    return x.at == y.at && x.waited == y.waited && x.started == y.started;
  });
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
  if (gone.started <= 0) return std::nullopt;
  return Duration(gone.waited / gone.started);
}

double Levels::queue(std::uint16_t resource, SimTime at) const {
  const Series& series = series_[resource];
  const std::size_t n = upto(series, at);
  if (n == 0) return 0;
  const Point& point = series.points[n - 1];
  return point.span > 0 ? static_cast<double>(point.queued) / static_cast<double>(point.span) : 0;
}

bool Levels::ever_waited(std::uint16_t resource) const {
  const auto& points = series_[resource].points;
  return !points.empty() && points.back().waited > 0;
}

}  // namespace portflow::viz
