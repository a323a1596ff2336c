#include "viz/movers.hpp"

#include <algorithm>
#include <optional>

namespace portflow::viz {
namespace {

constexpr std::size_t fan = 16;

}  // namespace

Path::Path(std::vector<LonLat> points) : points_(std::move(points)) {
  double run = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (i > 0) run += distance_km(points_[i - 1], points_[i]);
    run_.push_back(run);
    plane_.push_back({points_[i].lon, mercator(points_[i].lat)});
  }
}

Path::Pose Path::pose(double share) const {
  return pose_on(points_, share);
}

Path::Pose Path::plane_pose(double share) const {
  return pose_on(plane_, share);
}

Path::Pose Path::pose_on(const std::vector<LonLat>& points, double share) const {
  if (points.empty()) return {};
  if (points.size() == 1 || length_km() <= 0) return {points[0], points[0]};
  const double run = std::clamp(share, 0.0, 1.0) * length_km();
  const auto after = std::upper_bound(run_.begin(), run_.end(), run);
  const auto next = std::min(static_cast<std::size_t>(after - run_.begin()), points.size() - 1);
  const LonLat a = points[next - 1];
  const LonLat b = points[next];
  const double leg = run_[next] - run_[next - 1];
  const double part = leg > 0 ? (run - run_[next - 1]) / leg : 0;
  const LonLat at{a.lon + (b.lon - a.lon) * part, a.lat + (b.lat - a.lat) * part};
  return {at, {at.lon + (b.lon - a.lon), at.lat + (b.lat - a.lat)}};
}

void Movers::collect(std::size_t level, std::size_t block, Tick at, std::vector<Mover>& out) const {
  if (latest_[level][block] <= at) return;
  if (level == 0) {
    const std::size_t end = std::min((block + 1) * fan, rows_.size());
    for (std::size_t i = block * fan; i < end; ++i) {
      const Row& row = rows_[i];
      if (row.begin > at) return;
      if (row.end <= at) continue;
      out.push_back({.row = static_cast<std::uint32_t>(i),
                     .entity = row.entity,
                     .mode = static_cast<Mode>(row.mode),
                     .flow = static_cast<Flow>(row.flow),
                     .small = row.small != 0,
                     .cause = row.cause == 15 ? no_wait : static_cast<std::uint8_t>(row.cause),
                     .late = static_cast<Late>(row.late),
                     .route = row.route,
                     .along = static_cast<double>(at - row.begin) /
                              static_cast<double>(row.end - row.begin)});
    }
    return;
  }
  const std::size_t end = std::min((block + 1) * fan, latest_[level - 1].size());
  for (std::size_t child = block * fan; child < end; ++child) {
    std::size_t first = child;
    for (std::size_t l = level; l > 0; --l) first *= fan;
    if (rows_[first].begin > at) break;
    collect(level - 1, child, at, out);
  }
}

std::vector<Mover> Movers::at(SimTime at) const {
  std::vector<Mover> out;
  if (at < base_ || rows_.empty()) return out;
  const Tick now = tick(at);
  if (rows_.front().begin <= now) collect(latest_.size() - 1, 0, now, out);
  // Between two ticks everyone has gone a little further.
  return out;
}

std::size_t Movers::count(SimTime at) const {
  const Tick now = tick(at);
  const auto begun = std::upper_bound(rows_.begin(), rows_.end(), now,
                                      [](Tick t, const Row& row) { return t < row.begin; }) -
                     rows_.begin();
  const auto ended = std::upper_bound(ends_.begin(), ends_.end(), now) - ends_.begin();
  return static_cast<std::size_t>(begun - ended);
}

std::optional<SimTime> Movers::next_event(SimTime from, bool forward) const {
  const Tick now = tick(from);
  const auto begin_before = [](const Row& row, Tick t) { return row.begin < t; };
  const auto before_begin = [](Tick t, const Row& row) { return t < row.begin; };
  std::optional<Tick> best;
  if (forward) {
    const auto row = std::upper_bound(rows_.begin(), rows_.end(), now, before_begin);
    if (row != rows_.end()) best = row->begin;
    const auto end = std::upper_bound(ends_.begin(), ends_.end(), now);
    if (end != ends_.end() && (!best || *end < *best)) best = *end;
  } else {
    const auto row = std::lower_bound(rows_.begin(), rows_.end(), now, begin_before);
    if (row != rows_.begin()) best = (row - 1)->begin;
    const auto end = std::lower_bound(ends_.begin(), ends_.end(), now);
    if (end != ends_.begin() && (!best || *(end - 1) > *best)) best = *(end - 1);
  }
  return best ? std::optional(time(*best)) : std::nullopt;
}

std::optional<SimTime> Movers::busiest() const {
  if (rows_.empty()) return std::nullopt;
  SimTime best = time(rows_.front().begin);
  std::size_t most = count(best);
  for (SimTime t = best; t < time(ends_.back()); t += std::chrono::hours(1)) {
    if (const std::size_t now = count(t); now > most) {
      most = now;
      best = t;
    }
  }
  return best;
}

}  // namespace portflow::viz
