#include "viz/movers.hpp"

#include <algorithm>
#include <optional>

namespace portflow::viz {
namespace {

constexpr std::size_t fan = 16;
constexpr Duration bin{15 * 60 * 1000};

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

void Movers::show(trace::EntityId entity, std::uint32_t number, std::uint16_t role,
                  std::uint16_t route, SimTime begin, SimTime end, SimTime at) const {
  Flow flow = flow_[role];
  const auto mode = static_cast<Mode>(how(role, route));
  if (mode == Mode::train) {
    const auto train = std::lower_bound(train_flows_.begin(), train_flows_.end(),
                                        std::pair{number, static_cast<Flow>(0)});
    if (train != train_flows_.end() && train->first == number) flow = train->second;
  }
  shown_.push_back(
      {.entity = entity,
       .mode = mode,
       .flow = flow,
       .small = mode == Mode::ship && std::binary_search(small_.begin(), small_.end(), entity),
       .cause = fates_.cause(number),
       .late = fates_.late(number, medians_[role]),
       .route = route,
       .along =
           static_cast<double>((at - begin).count()) / static_cast<double>((end - begin).count())});
}

void Movers::collect(std::size_t level, std::size_t block, SimTime at) const {
  if (latest_[level][block] <= at) return;
  if (level == 0) {
    const std::size_t end = std::min((block + 1) * fan, long_.size());
    for (std::size_t i = block * fan; i < end; ++i) {
      const Long& row = long_[i];
      if (row.begin > at) return;
      if (row.end <= at) continue;
      show(row.entity, row.number, row.role, row.route, row.begin, row.end, at);
    }
    return;
  }
  const std::size_t end = std::min((block + 1) * fan, latest_[level - 1].size());
  for (std::size_t child = block * fan; child < end; ++child) {
    std::size_t first = child;
    for (std::size_t l = level; l > 0; --l) first *= fan;
    if (long_[first].begin > at) break;
    collect(level - 1, child, at);
  }
}

const std::vector<Mover>& Movers::at(SimTime at) const {
  if (shown_at_ == at) return shown_;
  shown_.clear();
  shown_at_ = at;
  if (!long_.empty() && long_.front().begin <= at) collect(latest_.size() - 1, 0, at);
  windows_.each(at, [&](std::uint64_t row, const trace::Moved& move) {
    const auto number = static_cast<std::uint32_t>(row);
    if (move.begin > at || move.end <= at || is_long(move) || !fates_.drawn(number)) return;
    if (move.role >= flow_.size() || move.route >= paths_.size()) return;
    if (how(move.role, move.route) == not_drawn) return;
    show(move.entity, number, move.role, move.route, move.begin, move.end, at);
  });
  return shown_;
}

std::size_t Movers::bin_of(SimTime at) const noexcept {
  return at <= base_ ? 0 : static_cast<std::size_t>((at - base_) / bin) + 1;
}

std::size_t Movers::count_about(SimTime at) const {
  if (changes_.empty()) return 0;
  const std::int32_t count = changes_[std::min(bin_of(at), changes_.size() - 1)];
  return static_cast<std::size_t>(std::max(count, 0));
}

std::optional<SimTime> Movers::next_event(SimTime from, bool forward) const {
  std::optional<SimTime> best;
  const auto offer = [&](SimTime event) {
    if (forward ? event <= from : event >= from) return;
    if (!best || (forward ? event < *best : event > *best)) best = event;
  };
  const auto before = [](const Long& row, SimTime t) { return row.begin < t; };
  const auto after = [](SimTime t, const Long& row) { return t < row.begin; };
  if (forward) {
    const auto row = std::upper_bound(long_.begin(), long_.end(), from, after);
    if (row != long_.end()) offer(row->begin);
    const auto end = std::upper_bound(long_ends_.begin(), long_ends_.end(), from);
    if (end != long_ends_.end()) offer(*end);
  } else {
    const auto row = std::lower_bound(long_.begin(), long_.end(), from, before);
    if (row != long_.begin()) offer((row - 1)->begin);
    const auto end = std::lower_bound(long_ends_.begin(), long_ends_.end(), from);
    if (end != long_ends_.begin()) offer(*(end - 1));
  }
  windows_.seek(
      from, forward, [&] { return best; },
      [&](std::uint64_t row, const trace::Moved& move) {
        if (!fates_.drawn(static_cast<std::uint32_t>(row)) || is_long(move)) return;
        offer(move.begin);
        offer(move.end);
      });
  return best;
}

}  // namespace portflow::viz
