#include <algorithm>
#include <array>
#include <cmath>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

/// `p` turned by `angle` and moved to `at`.
Point placed(Point p, Point at, float cosine, float sine) {
  return {at.x + p.x * cosine - p.y * sine, at.y + p.x * sine + p.y * cosine};
}

template <std::size_t N>
void shape(Canvas& c, const std::array<Point, N>& points, Point at, float angle, float k,
           Colour colour, Colour edge) {
  const float cosine = std::cos(angle);
  const float sine = std::sin(angle);
  std::array<Point, N + 1> turned;
  for (std::size_t i = 0; i < N; ++i) turned[i] = placed(points[i] * k, at, cosine, sine);
  turned[N] = turned[0];
  c.polygon(std::span(turned).first(N), colour);
  if (edge != 0) c.polyline(turned, edge, 1);
}

constexpr std::array<Point, 5> hull{
    {{-0.5f, -0.17f}, {0.22f, -0.17f}, {0.5f, 0}, {0.22f, 0.17f}, {-0.5f, 0.17f}}};
constexpr std::array<Point, 4> wagon{
    {{-0.5f, -0.36f}, {0.5f, -0.36f}, {0.5f, 0.36f}, {-0.5f, 0.36f}}};
constexpr std::array<Point, 4> fuselage{
    {{-0.5f, -0.06f}, {0.44f, -0.06f}, {0.44f, 0.06f}, {-0.5f, 0.06f}}};
constexpr std::array<Point, 4> wing_left{
    {{0.12f, 0.0f}, {-0.16f, -0.5f}, {-0.28f, -0.5f}, {-0.1f, 0.0f}}};
constexpr std::array<Point, 4> wing_right{
    {{0.12f, 0.0f}, {-0.1f, 0.0f}, {-0.28f, 0.5f}, {-0.16f, 0.5f}}};
constexpr std::array<Point, 3> nose{{{0.42f, -0.06f}, {0.54f, 0.0f}, {0.42f, 0.06f}}};
constexpr std::array<Point, 4> tail{
    {{-0.38f, -0.01f}, {-0.5f, -0.2f}, {-0.56f, -0.2f}, {-0.5f, 0.0f}}};
constexpr std::array<Point, 4> tail_right{
    {{-0.38f, 0.01f}, {-0.5f, 0.0f}, {-0.56f, 0.2f}, {-0.5f, 0.2f}}};

void draw_train(Canvas& c, const Path& path, double along, const Projection& to, double px_per_km,
                Colour colour, Colour edge, int wagons) {
  const double step = 9 / std::max(1e-9, path.length_km() * px_per_km);
  for (int w = 0; w < wagons; ++w) {
    const double share = along - step * w;
    if (share < 0) break;
    const Path::Pose pose = path.plane_pose(share);
    const Point at = to.from_mercator(pose.at.lon, pose.at.lat);
    const Point ahead = to.from_mercator(pose.ahead.lon, pose.ahead.lat) - at;
    shape(c, wagon, at, std::atan2(ahead.y, ahead.x), 7, colour, edge);
  }
}

}  // namespace

void draw_mark(Canvas& c, Mode mode, Point at, float angle, float size, Colour colour,
               Colour edge) {
  if (mode == Mode::ship) {
    shape(c, hull, at, angle, size, colour, edge);
  } else if (mode == Mode::aircraft) {
    for (const auto& part : {fuselage, wing_left, wing_right, tail, tail_right}) {
      shape(c, part, at, angle, size, colour, 0);
    }
    shape(c, nose, at, angle, size, colour, 0);
  } else if (mode == Mode::train || mode == Mode::wagon) {
    shape(c, wagon, at, angle, size, colour, edge);
  } else {
    c.fill({at.x - size / 2, at.y - size / 2, size, size}, colour);
  }
}

Colour mover_colour(const Frame& f, const Mover& mover) {
  if (f.base != nullptr && f.comparison != nullptr) {
    const std::int64_t change = f.comparison->changes.of(mover.entity);
    return change < -60 ? f.colours.better : change > 60 ? f.colours.worse : f.colours.text3;
  }
  if (f.view.colour_by == ColourBy::cause) {
    return mover.cause == no_wait ? f.colours.text3 : f.colours.cause[mover.cause];
  }
  if (f.view.colour_by == ColourBy::lateness) return late_colour(f.colours, mover.late);
  return f.colours.flow[static_cast<std::size_t>(mover.flow)];
}

Colour late_colour(const Palette& colours, Late late) {
  if (late == Late::none) return colours.accent;
  if (late == Late::some) return colours.bookmark;
  return late == Late::much ? colours.breach : colours.text3;
}

Poses poses_of(const Store& store, const std::vector<Mover>& movers) {
  const auto& paths = store.movers().paths();
  Poses poses;
  poses.reserve(movers.size());
  for (const Mover& mover : movers) poses.push_back(paths[mover.route].plane_pose(mover.along));
  return poses;
}

namespace {

/// Which spots of the area a mark stands on already: of thousands on one road, those that would
/// cover one another are drawn once.
class Spots {
 public:
  Spots(Rect area, float spot)
      : area_(area), spot_(spot), wide_(static_cast<std::size_t>(area.w / spot) + 2) {
    taken_.resize(wide_ * (static_cast<std::size_t>(area.h / spot) + 2));
  }
  /// Whether `at`, within the area, was free; it is not any more.
  bool take(Point at) {
    const auto column = static_cast<std::size_t>((at.x - area_.x) / spot_);
    const auto row = static_cast<std::size_t>((at.y - area_.y) / spot_);
    auto taken = taken_[row * wide_ + column];
    if (taken) return false;
    taken_[row * wide_ + column] = true;
    return true;
  }

 private:
  Rect area_;
  float spot_;
  std::size_t wide_;
  std::vector<bool> taken_;
};

/// Beyond so many large marks in sight they are drawn plain, and those that would cover one another
/// once.
constexpr std::size_t crowd = 600;

struct Drawing {
  Canvas& c;
  const Frame& f;
  const Projection& to;
  double zoom;
  Rect inset;
  Picker& picker;
  Spots spots;
  [[nodiscard]] bool city() const { return zoom >= 400; }
  [[nodiscard]] bool shown(Point at, float margin) const {
    return f.area.contains(at) && !inset.inset(-margin).contains(at);
  }
};

/// Trucks and wagons: many, small, each on its own side of the road.
void draw_small(Drawing& d, const Mover& mover, Point at, Point ahead) {
  const bool truck = mover.mode == Mode::truck;
  if (truck) {
    const float far = std::max(1e-6f, length(ahead));
    at = at + Point{-ahead.y, ahead.x} * ((d.city() ? 4.0f : 1.5f) / far);
  }
  if (!d.shown(at, truck ? 3 : 6)) return;
  d.picker.offer(at, 4, {Pick::Kind::entity, mover.entity});
  if (!d.spots.take(at)) return;
  const Colour colour = mover_colour(d.f, mover);
  if (truck) {
    d.f.marks->mark(at, d.city() ? 4.0f : 3.0f, colour);
  } else {
    draw_mark(d.c, mover.mode, at, std::atan2(ahead.y, ahead.x), d.city() ? 7.0f : 4.0f, colour,
              d.f.colours.land);
  }
}

void draw_large(Drawing& d, const Mover& mover, const Path& path, Point at, Point ahead,
                bool plain) {
  const float angle = std::atan2(ahead.y, ahead.x);
  const Colour colour = mover_colour(d.f, mover);
  float size = 5;
  if (mover.mode == Mode::train) {
    draw_train(d.c, path, mover.along, d.to, d.to.px_per_km(), colour, d.f.colours.land,
               d.city() ? 8 : 3);
  } else if (mover.mode == Mode::ship) {
    size = d.city() ? (mover.small ? 20.0f : 32.0f) : (mover.small ? 9.0f : 12.0f);
    draw_mark(d.c, mover.mode, at, angle, size, colour, plain ? 0 : d.f.colours.sea);
  } else {
    size = d.city() ? 22.0f : 14.0f;
    draw_mark(d.c, mover.mode, at, angle, size, colour, 0);
  }
  d.picker.offer(at, std::max(6.0f, size * 0.45f), {Pick::Kind::entity, mover.entity});
}

/// One of the large ones that are in sight.
struct Seen {
  const Mover* mover;
  Point at, ahead;
};

void draw_seen(Drawing& d, const std::vector<Seen>& seen) {
  const bool crowded = seen.size() > crowd;
  Spots room(d.f.area.inset(-80), d.city() ? 12.0f : 6.0f);
  const auto& paths = d.f.store.movers().paths();
  for (const Mode layer : {Mode::train, Mode::ship, Mode::aircraft}) {
    for (const Seen& one : seen) {
      if (one.mover->mode != layer || (crowded && !room.take(one.at))) continue;
      draw_large(d, *one.mover, paths[one.mover->route], one.at, one.ahead, crowded);
    }
  }
}

}  // namespace

void draw_movers(Canvas& c, const Frame& f, const Projection& to, const Camera& camera,
                 const std::vector<Mover>& movers, const Poses& poses, Rect inset, Picker& picker) {
  Drawing d{c, f, to, camera.zoom, inset, picker, Spots(f.area, 2)};
  const bool points_only = camera.zoom < 40;
  const Rect near = f.area.inset(-40);
  std::vector<Seen> large;
  // Small marks lie under large ones.
  f.marks->begin(f.area, c.scale());
  for (std::size_t i = 0; i < movers.size(); ++i) {
    const Mover& mover = movers[i];
    const Path::Pose& pose = poses[i];
    const Point at = to.from_mercator(pose.at.lon, pose.at.lat);
    const bool small = mover.mode == Mode::truck || mover.mode == Mode::wagon;
    // A train reaches far behind its head.
    if (!(mover.mode == Mode::train ? f.area.inset(-79) : near).contains(at)) continue;
    if (points_only) {
      if (!d.shown(at, 2)) continue;
      picker.offer(at, 3, {Pick::Kind::entity, mover.entity});
      if (d.spots.take(at)) f.marks->mark(at, 2.5f, mover_colour(f, mover));
      continue;
    }
    const Point ahead = to.from_mercator(pose.ahead.lon, pose.ahead.lat) - at;
    if (small) {
      draw_small(d, mover, at, ahead);
    } else if (!inset.inset(-12).contains(at)) {
      large.push_back({&mover, at, ahead});
    }
  }
  if (inset.w > 0) mark_inset(f, inset, movers, poses);
  f.marks->draw(c);
  draw_seen(d, large);
}

}  // namespace portflow::viz
