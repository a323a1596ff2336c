#include <algorithm>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

/// Points of `path` on the screen, in runs that touch `area` grown by a margin, so that a
/// line across the globe costs only what shows of it.
std::vector<std::vector<Point>> visible(const std::vector<LonLat>& path, const Projection& to,
                                        Rect area) {
  const Rect near = area.inset(-60);
  std::vector<std::vector<Point>> runs;
  bool open = false;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const Point a = to(path[i - 1]);
    const Point b = to(path[i]);
    const Rect leg{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x) + 0.1f,
                   std::abs(a.y - b.y) + 0.1f};
    if (!leg.meets(near)) {
      open = false;
      continue;
    }
    if (!open) runs.push_back({a});
    runs.back().push_back(b);
    open = true;
  }
  return runs;
}

void draw_rail(Canvas& c, std::span<const Point> run, const Palette& colours) {
  c.polyline(run, colours.rail, 3);
  c.dashed(run, colours.land, 1.5f, 6, 6);
}

}  // namespace

void draw_lanes(Canvas& c, const Frame& f, const Projection& to, const Camera& camera) {
  const Palette& colours = f.colours;
  const Rect area = f.area;
  const auto each = [&](const std::vector<LonLat>& path, auto&& draw) {
    for (const auto& run : visible(path, to, area)) draw(run);
  };
  for (const MapLine& lane : f.map.sea_lanes) {
    each(lane.points, [&](const auto& run) { c.polyline(run, colours.lane, 1.5f); });
  }
  const bool close = camera.zoom >= 400;
  const auto& routes = f.store.schema().routes;
  const auto& paths = f.store.movers().paths();
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const auto& points = paths[i].points();
    const std::string& mode = routes[i].mode;
    const bool local = paths[i].length_km() < 80;
    if (mode == "road") {
      each(points, [&](const auto& run) { c.polyline(run, colours.road, close ? 1.5f : 1.0f); });
    } else if (mode == "sea" && local) {
      each(points, [&](const auto& run) { c.dashed(run, colours.rail, 1.5f, 6, 6); });
    }
  }
  for (const MapLine& line : f.map.rail_lines) {
    each(line.points, [&](const auto& run) {
      if (close) {
        draw_rail(c, run, colours);
      } else {
        c.polyline(run, colours.rail, 1.5f);
      }
    });
  }
}

std::vector<Rect> draw_pilot_grounds(Canvas& c, const Frame& f, const Projection& to) {
  std::vector<Rect> taken;
  const auto draw = [&](LonLat place, const std::string& title) {
    const Point at = to(place);
    if (!f.area.inset(8).contains(at)) return;
    const Point corners[] = {
        {at.x, at.y - 9}, {at.x + 9, at.y}, {at.x, at.y + 9}, {at.x - 9, at.y}};
    c.polygon(corners, f.colours.sea);
    const Point outline[] = {corners[0], corners[1], corners[2], corners[3], corners[0]};
    c.polyline(outline, f.colours.text2, 1.5f);
    const float wide =
        c.text_halo(Face::caption, {at.x + 15, at.y - 9}, f.colours.text2, f.colours.sea, title);
    taken.push_back({at.x - 10, at.y - 10, wide + 28, 20});
  };
  for (const RoutePlace& place : f.store.places()) {
    if (place.pilot_ground && !f.store.facility_at(place.at))
      draw(place.at, place_title(place.title, place.name, f.view.language));
  }
  return taken;
}

}  // namespace portflow::viz
