#include <algorithm>
#include <vector>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

constexpr GeoBox region{114, 29.5, 142, 51};

LonLat to_home(const Store& store) {
  for (const trace::FacilityInfo& info : store.schema().facilities) {
    if (info.placed) return {info.longitude, info.latitude};
  }
  return {};
}

void draw_places(Canvas& c, const Frame& f, const Projection& to, Rect r) {
  std::vector<Rect> taken;
  const auto label = [&](const RoutePlace& place) {
    const Point at = to(place.at);
    if (!r.inset(4).contains(at)) return;
    const std::string title = place_title(place.title, place.name, f.view.language);
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
  // The far ones first: those near the port the map itself shows, and few fit.
  std::vector<const RoutePlace*> far;
  const LonLat home = to_home(f.store);
  for (const RoutePlace& place : f.store.places()) {
    if (distance_km(place.at, home) > 250) far.push_back(&place);
  }
  std::stable_sort(far.begin(), far.end(),
                   [&](const RoutePlace* a, const RoutePlace* b) { return a->routes > b->routes; });
  for (const RoutePlace* place : far) label(*place);
}

}  // namespace

void draw_inset_ground(Canvas& c, const Frame& f, Rect r) {
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
  c.unclip();
  c.frame(r, f.colours.line2, 4);
}

void mark_inset(const Frame& f, Rect r, const std::vector<Mover>& movers, const Poses& poses) {
  const Projection to(fit(region, r, 0), r);
  const Rect room = r.inset(3);
  for (std::size_t i = 0; i < movers.size(); ++i) {
    const Point at = to.from_mercator(poses[i].at.lon, poses[i].at.lat);
    if (!room.contains(at)) continue;
    const float size = movers[i].mode == Mode::truck ? 1.5f : 3.5f;
    f.marks->mark(at, size, f.colours.flow[static_cast<std::size_t>(movers[i].flow)]);
  }
}

void draw_inset(Canvas& c, const Frame& f, Rect r, const GeoBox& view) {
  const Projection to(fit(region, r, 0), r);
  c.clip(r);
  draw_places(c, f, to, r);
  const Point nw = to({view.west, view.north});
  const Point se = to({view.east, view.south});
  const Rect seen{nw.x, nw.y, std::max(9.0f, se.x - nw.x), std::max(7.0f, se.y - nw.y)};
  c.frame(seen, f.colours.text, 1, 1.5f);
  c.unclip();
}

}  // namespace portflow::viz
