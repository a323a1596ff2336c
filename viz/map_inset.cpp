#include <algorithm>
#include <cmath>
#include <optional>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

constexpr GeoBox region{114, 29.5, 142, 51};

/// Where a lane ends or a railway stops that is called so.
std::optional<LonLat> end_of_line(const MapData& map, std::string_view wanted) {
  for (const MapLine& lane : map.sea_lanes) {
    if (lane.name.starts_with(wanted) && !lane.points.empty()) return lane.points.back();
  }
  for (const MapLine& line : map.rail_lines) {
    for (std::size_t i = 0; i < std::min(line.stops.size(), line.points.size()); ++i) {
      if (line.stops[i] == wanted) return line.points[i];
    }
  }
  return std::nullopt;
}

void draw_places(Canvas& c, const Frame& f, const Projection& to, Rect r) {
  std::vector<Rect> taken;
  const auto label = [&](LonLat place, const std::string& name) {
    const Point at = to(place);
    if (!r.inset(4).contains(at)) return;
    const std::string title = place_title(name, f.view.language);
    const float wide = c.width(Face::axis, title);
    for (const bool right : {true, false}) {
      const Rect room{right ? at.x + 5 : at.x - 5 - wide, at.y - 8, wide, 16};
      if (room.x < r.x + 2 || room.right() > r.right() - 2) continue;
      if (std::any_of(taken.begin(), taken.end(), [&](const Rect& o) { return o.meets(room); })) {
        continue;
      }
      taken.push_back(room);
      c.disc(at, 2, f.colours.text2);
      c.text_halo(Face::axis, {room.x, at.y - c.height(Face::axis) / 2}, f.colours.text,
                  f.colours.sea, title);
      return;
    }
  };
  // The far ends of lanes and railways, few enough to read.
  for (const char* wanted :
       {"Shanghai", "Busan", "Tokyo", "Manzhouli", "Harbin", "Tianjin", "Vladivostok", "Qingdao"}) {
    if (const auto place = end_of_line(f.map, wanted)) label(*place, wanted);
  }
}

}  // namespace

void draw_inset(Canvas& c, const Frame& f, Rect r, const GeoBox& view,
                const std::vector<Mover>& movers) {
  c.clip(r);
  const Camera camera = fit(region, r, 0);
  const Projection to(camera, r);
  draw_land(c, f.map, to, r, camera.zoom, f.colours);
  for (const MapLine& lane : f.map.sea_lanes) {
    std::vector<Point> points;
    points.reserve(lane.points.size());
    for (const LonLat p : lane.points) points.push_back(to(p));
    c.polyline(points, f.colours.lane, 1);
  }
  for (const MapLine& line : f.map.rail_lines) {
    std::vector<Point> points;
    points.reserve(line.points.size());
    for (const LonLat p : line.points) points.push_back(to(p));
    c.polyline(points, f.colours.rail, 1);
  }
  for (const Mover& mover : movers) {
    const Point at = to(f.store.movers().paths()[mover.route].pose(mover.along).at);
    if (!r.contains(at)) continue;
    const float size = mover.mode == Mode::truck ? 1.5f : 3.5f;
    c.fill({at.x - size / 2, at.y - size / 2, size, size},
           f.colours.flow[static_cast<std::size_t>(mover.flow)]);
  }
  draw_places(c, f, to, r);
  const Point nw = to({view.west, view.north});
  const Point se = to({view.east, view.south});
  const Rect seen{nw.x, nw.y, std::max(9.0f, se.x - nw.x), std::max(7.0f, se.y - nw.y)};
  c.frame(seen, f.colours.text, 1, 1.5f);
  c.unclip();
  c.frame(r, f.colours.line2, 4);
}

}  // namespace portflow::viz
