// The map: land and lanes, who is under way, facilities with their queues, and its legend.
#include <algorithm>
#include <cmath>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

/// Drag pans, the wheel zooms about the mouse, the buttons about the centre.
void move_camera(Frame& f, Rect zoom_in, Rect zoom_out) {
  Camera& camera = f.view.camera;
  const auto zoom_about = [&](Point fixed, double factor) {
    const LonLat before = Projection(camera, f.area).inverse(fixed);
    camera.zoom = std::clamp(camera.zoom * factor, least_zoom, greatest_zoom);
    const LonLat after = Projection(camera, f.area).inverse(fixed);
    camera.centre.lon += before.lon - after.lon;
    camera.centre.lat = std::clamp(camera.centre.lat + before.lat - after.lat, -80.0, 80.0);
  };
  if (f.hit("zoom_in", zoom_in).pressed) zoom_about(f.area.centre(), 1.5);
  if (f.hit("zoom_out", zoom_out).pressed) zoom_about(f.area.centre(), 1 / 1.5);
  const Hit ground = f.hit("ground", f.area);
  const ImGuiIO& io = ImGui::GetIO();
  const bool right_drag =
      f.area.contains(f.mouse()) && ImGui::IsMouseDragging(ImGuiMouseButton_Right, 0);
  if ((ground.held || right_drag) && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    const Point c = f.area.centre();
    const float k = f.canvas.scale();
    const LonLat to =
        Projection(camera, f.area).inverse({c.x - io.MouseDelta.x / k, c.y - io.MouseDelta.y / k});
    camera.centre = {to.lon, std::clamp(to.lat, -80.0, 80.0)};
  }
  if (ground.hovered && io.MouseWheel != 0) {
    zoom_about(f.mouse(), std::pow(1.25, static_cast<double>(io.MouseWheel)));
  }
}

void draw_air_routes(Canvas& c, const Frame& f, const Projection& to,
                     const std::vector<Mover>& movers) {
  std::vector<std::uint16_t> drawn;
  for (const Mover& mover : movers) {
    if (mover.mode != Mode::aircraft) continue;
    if (std::find(drawn.begin(), drawn.end(), mover.route) != drawn.end()) continue;
    drawn.push_back(mover.route);
    const auto& path = f.store.movers().paths()[mover.route].points();
    for (std::size_t i = 1; i < path.size(); ++i) {
      // Only the part near the map: dots across an ocean are not worth their vertices.
      const Point a = to(path[i - 1]);
      const Point b = to(path[i]);
      const float far = length(b - a);
      if (far <= 0) continue;
      const Point step = (b - a) * (7 / far);
      const bool from_a = f.area.contains(a);
      if (!from_a && !f.area.contains(b)) continue;
      Point at = from_a ? a : b;
      for (float done = 0; done < far && f.area.contains(at); done += 7) {
        c.fill({at.x - 1, at.y - 1, 2, 2}, f.colours.text3);
        at = from_a ? at + step : at - step;
      }
    }
  }
}

void draw_zoom_button(Canvas& c, const Frame& f, Rect r, bool plus) {
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line, 4);
  const Point m = r.centre();
  c.fill({m.x - 5, m.y - 1, 10, 2}, f.colours.text);
  if (plus) c.fill({m.x - 1, m.y - 5, 2, 10}, f.colours.text);
}

}  // namespace

void panel_map(Frame& f) {
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const bool movers_known = f.store.movers().size() > 0;
  if (!movers_known && f.store.facilities(f.view.now).empty()) {
    // A map of somewhere would only mislead.
    f.card();
    f.empty_state(Text::no_place, Text::no_place_hint, a);
    return;
  }
  if (f.view.fit_map) {
    f.view.camera = home_camera(f.store, a);
    f.view.fit_map = false;
  }
  const Rect inset{a.x + 12, a.y + 12, std::min(300.0f, a.w * 0.24f),
                   std::min(210.0f, a.h * 0.34f)};
  const Rect counts = counts_area(a);
  const bool counted = movers_known && a.h > 400;
  const Rect zoom_in{a.right() - 12 - 32, counted ? counts.bottom() + 8 : a.y + 12, 32, 32};
  const Rect zoom_out{zoom_in.x, zoom_in.bottom() + 6, 32, 32};
  const Rect legend = legend_area(a);
  const bool roomy = a.h > 420 && a.w > 900;
  move_camera(f, zoom_in, zoom_out);

  const Projection to(f.view.camera, a);
  const std::vector<Mover> movers = f.store.movers().at(f.view.now);
  c.clip(a);
  draw_land(c, f.map, to, a, f.view.camera.zoom, f.colours);
  draw_graticule(c, to, a, f.colours);
  draw_lanes(c, f, to, f.view.camera);
  draw_air_routes(c, f, to, movers);
  std::vector<Rect> taken{zoom_in, zoom_out, {a.right() - 190, a.bottom() - 62, 190, 62}};
  if (counted) taken.push_back(counts);
  if (roomy) {
    taken.push_back(inset);
    taken.push_back(legend);
  }
  for (const Rect& r : draw_pilot_grounds(c, f, to)) taken.push_back(r);
  draw_stays(c, f, to, f.view.camera);
  draw_movers(c, f, to, f.view.camera, movers);
  if (f.view.camera.zoom >= 40) draw_facilities(c, f, to, taken);

  if (roomy) {
    draw_inset(c, f, inset, to.bounds(), movers);
    draw_legend(c, f, legend);
  }
  if (counted) draw_counts(c, f, counts, movers);
  draw_zoom_button(c, f, zoom_in, true);
  draw_zoom_button(c, f, zoom_out, false);
  draw_scale_bar(c, f, to, {a.right() - 16, a.bottom() - 34});
  if (!f.map.empty()) {
    c.text_halo(Face::axis, {a.right() - 12, a.bottom() - 22}, f.colours.text3, f.colours.sea,
                f.say(Text::coast_source), Align::right);
  }
  c.unclip();
  c.frame(a, f.colours.line, 4);
}

}  // namespace portflow::viz
