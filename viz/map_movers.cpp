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
    const Path::Pose pose = path.pose(share);
    const Point at = to(pose.at);
    const Point ahead = to(pose.ahead) - at;
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

void draw_movers(Canvas& c, const Frame& f, const Projection& to, const Camera& camera,
                 const std::vector<Mover>& movers) {
  const bool points_only = camera.zoom < 40;
  const bool city = camera.zoom >= 400;
  const Rect near = f.area.inset(-40);
  const auto& paths = f.store.movers().paths();
  // Small marks lie under large ones.
  for (const Mode layer : {Mode::truck, Mode::wagon, Mode::train, Mode::ship, Mode::aircraft}) {
    for (const Mover& mover : movers) {
      if (mover.mode != layer) continue;
      const Path& path = paths[mover.route];
      const Path::Pose pose = path.pose(mover.along);
      Point at = to(pose.at);
      if (!near.contains(at) && layer != Mode::train) continue;
      const Point ahead = to(pose.ahead) - at;
      const float angle = std::atan2(ahead.y, ahead.x);
      const Colour colour = f.colours.flow[static_cast<std::size_t>(mover.flow)];
      if (points_only) {
        c.fill({at.x - 1, at.y - 1, 2.5f, 2.5f}, colour);
      } else if (layer == Mode::truck) {
        // Each direction keeps to its own side, as on the road.
        at = at + Point{-std::sin(angle), std::cos(angle)} * (city ? 4.0f : 1.5f);
        draw_mark(c, layer, at, angle, city ? 4.0f : 3.0f, colour, 0);
      } else if (layer == Mode::wagon) {
        draw_mark(c, layer, at, angle, city ? 7.0f : 4.0f, colour, f.colours.land);
      } else if (layer == Mode::train) {
        draw_train(c, path, mover.along, to, to.px_per_km(), colour, f.colours.land, city ? 8 : 3);
      } else if (layer == Mode::ship) {
        const float size = city ? (mover.small ? 20.0f : 32.0f) : (mover.small ? 9.0f : 12.0f);
        draw_mark(c, layer, at, angle, size, colour, f.colours.sea);
      } else {
        draw_mark(c, layer, at, angle, city ? 22.0f : 14.0f, colour, 0);
      }
    }
  }
}

void draw_stays(Canvas& c, const Frame& f, const Projection& to, const Camera& camera) {
  if (camera.zoom < 400) return;
  for (const Stay& stay : f.store.movers().stays().at(f.view.now)) {
    const Point place = to(stay.at);
    if (!f.area.contains(place)) continue;
    // At anchor in rows of four off the pilot ground; alongside two by two off the quay.
    const bool anchored = stay.haven == Haven::anchorage;
    const float column = f32(stay.spot % 4);
    const float row = f32(stay.spot / 4);
    const Point at =
        anchored ? place + Point{34 + 38 * column, 26 + 18 * row}
                 : place + Point{40 + 33 * f32(stay.spot % 2), 24 + 13 * f32(stay.spot / 2)};
    const float size = stay.small ? 18.0f : 28.0f;
    const Colour colour = f.colours.flow[static_cast<std::size_t>(stay.flow)];
    draw_mark(c, Mode::ship, at, anchored ? -1.2f : 0.12f, size, colour, f.colours.sea);
  }
}

}  // namespace portflow::viz
