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
  if (!state.wait) state.wait = wait(resource, at, hours(24));
  state.breach = series.target.count() > 0 && state.wait && *state.wait > series.target;
  return state;
}

std::optional<Duration> Levels::wait(std::uint16_t resource, SimTime at, Duration window) const {
  const Series& series = series_[resource];
  const std::size_t n = upto(series, at);
  const std::size_t before = upto(series, at - window);
  if (n == 0) return std::nullopt;
  const Point& last = series.points[n - 1];
  const std::int64_t started =
      last.started - (before > 0 ? series.points[before - 1].started : 0);
  const std::int64_t waited = last.waited - (before > 0 ? series.points[before - 1].waited : 0);
  if (started <= 0) return std::nullopt;
  return Duration(waited / started);
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
