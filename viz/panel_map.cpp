// The map: land and lanes, who is under way, facilities with their queues, and its legend.
#include <algorithm>
#include <cmath>

#include "viz/entity_words.hpp"
#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

/// Drag pans, the wheel zooms about the mouse, the buttons about the centre.
/// \returns what the mouse did to the ground, where a press without a drag is a click
Hit move_camera(Frame& f, Rect zoom_in, Rect zoom_out) {
  Camera camera = f.view.camera;
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
  if (ground.held || right_drag || (ground.hovered && io.MouseWheel != 0)) f.view.goal.reset();
  // The ground below is drawn already: what moved shows in the next frame, all at once.
  if (!(camera == f.view.camera)) f.view.moved = camera;
  Hit click = ground;
  click.pressed = ground.pressed && io.MouseDragMaxDistanceSqr[0] < 16;
  return click;
}

/// What a click on the map does.
void take(Frame& f, Pick pick) {
  if (pick.kind == Pick::Kind::entity) choose(f.view, pick.id);
  if (pick.kind == Pick::Kind::facility) {
    f.view.chosen.reset();
    f.view.facility = static_cast<std::uint16_t>(pick.id);
  }
}

/// Keeps the camera over whoever is followed.
void follow(const Frame& f) {
  if (!f.view.following || !f.view.chosen || f.archive == nullptr) return;
  const auto life = f.archive->life(*f.view.chosen);
  if (!life) return;
  const auto place = place_of(*life, f.store, f.view.now);
  if (!place) return;
  Camera goal = f.view.goal.value_or(f.view.camera);
  goal.centre = *place;
  goal.zoom = std::max(goal.zoom, 1500.0);
  f.view.goal = goal;
}

/// Where the name of the chosen one goes, which other labels keep clear of.
std::optional<Rect> chosen_label(const Canvas& c, const Frame& f, const Projection& to) {
  if (!f.view.chosen || f.archive == nullptr) return std::nullopt;
  const auto life = f.archive->life(*f.view.chosen);
  if (!life) return std::nullopt;
  const auto place = place_of(*life, f.store, f.view.now);
  if (!place) return std::nullopt;
  const Point at = to(*place);
  return Rect{at.x - 16, at.y - 16, 40 + c.width(Face::label_strong, life->name), 32};
}

/// The ways of the chosen one so far, and where it is.
void draw_chosen(Canvas& c, const Frame& f, const Projection& to) {
  if (!f.view.chosen || f.archive == nullptr) return;
  const auto life = f.archive->life(*f.view.chosen);
  if (!life) return;
  const auto& paths = f.store.movers().paths();
  for (const trace::Moved& move : life->moves) {
    if (move.begin > f.view.now || move.route >= paths.size()) continue;
    std::vector<Point> points;
    for (const LonLat p : paths[move.route].points()) points.push_back(to(p));
    c.dashed(points, f.colours.bookmark, 2, 6, 4);
  }
  const auto place = place_of(*life, f.store, f.view.now);
  if (!place) return;
  const Point at = to(*place);
  c.circle(at, 14, f.colours.bookmark, 2.5f);
  c.text_halo(Face::label_strong, {at.x + 20, at.y - 9}, f.colours.bookmark, f.colours.sea,
              life->name);
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

/// What movers may be coloured by, as a row of buttons over the map.
struct ColourChoice {
  ColourBy by;
  Text words;
};
constexpr ColourChoice colour_choices[] = {{ColourBy::flow, Text::by_flow},
                                           {ColourBy::cause, Text::by_cause},
                                           {ColourBy::lateness, Text::by_lateness}};

/// Where each button lies, and the whole row last.
std::vector<Rect> colour_rects(const Frame& f, Point at) {
  const Canvas& c = f.canvas;
  std::vector<Rect> out;
  float x = at.x + 22 + c.width(Face::caption, f.say(Text::colour_by));
  for (const ColourChoice& choice : colour_choices) {
    const float wide = c.width(Face::caption_strong, f.say(choice.words)) + 20;
    out.push_back({x, at.y + 4, wide, 26});
    x += wide + 4;
  }
  out.push_back({at.x, at.y, x - at.x + 4, 34});
  return out;
}

void draw_colour_buttons(Canvas& c, const Frame& f, const std::vector<Rect>& rects) {
  const Rect& whole = rects.back();
  c.fill(whole, with_alpha(f.colours.panel, 0.94f), 4);
  c.frame(whole, f.colours.line, 4);
  c.text_mid(Face::caption, {whole.x + 12, whole.centre().y}, f.colours.text2,
             f.say(Text::colour_by));
  for (std::size_t i = 0; i + 1 < rects.size(); ++i) {
    const bool on = f.view.colour_by == colour_choices[i].by;
    if (on) c.fill(rects[i], f.colours.accent, 4);
    c.text_mid(on ? Face::caption_strong : Face::caption, rects[i].centre(),
               on ? f.colours.on_accent : f.colours.text, f.say(colour_choices[i].words),
               Align::centre);
  }
}

void draw_title(Canvas& c, const Frame& f, const char* title, float left) {
  const float wide = c.width(Face::label_strong, title);
  const Rect r{f.area.x + left + 12, f.area.y + 12, wide + 24, 30};
  c.fill(r, with_alpha(f.colours.panel, 0.94f), 4);
  c.frame(r, f.colours.line2, 4);
  c.text_mid(Face::label_strong, {r.x + 12, r.centre().y}, f.colours.text, title);
}

void draw_zoom_button(Canvas& c, const Frame& f, Rect r, bool plus) {
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line, 4);
  const Point m = r.centre();
  c.fill({m.x - 5, m.y - 1, 10, 2}, f.colours.text);
  if (plus) c.fill({m.x - 1, m.y - 5, 2, 10}, f.colours.text);
}

/// Where words for a film or a slide go, if there are any.
std::optional<Rect> caption_area(const Frame& f) {
  if (f.view.title.empty()) return std::nullopt;
  const float wide = f.canvas.width(Face::clock, f.view.title) + 40;
  return Rect{f.area.centre().x - wide / 2, f.area.y + 12, wide, 44};
}

/// A map of somewhere would only mislead where nothing has a place.
bool shows_map(const Store& store, SimTime at) {
  return store.movers().size() > 0 || !store.facilities(at).empty();
}

}  // namespace

/// A map of two has a title, and leaves out what both would show alike.
/// \param left  px of it that another map covers
void draw_map(Frame& f, const char* title, float left) {
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const bool movers_known = f.store.movers().size() > 0;
  if (!shows_map(f.store, f.view.now)) {
    f.card();
    f.empty_state(Text::no_place, Text::no_place_hint, a);
    return;
  }
  follow(f);
  const std::vector<Rect> colour_by = colour_rects(f, {a.x + 12, a.y + 12});
  // They lie over the map: their clicks come before those of the ground.
  for (std::size_t i = 0; title == nullptr && movers_known && i + 1 < colour_by.size(); ++i) {
    if (f.hit(f.say(colour_choices[i].words), colour_by[i]).pressed) {
      f.view.colour_by = colour_choices[i].by;
    }
  }
  const Rect inset = title == nullptr ? inset_area(f) : Rect{};
  const Rect counts = counts_area(a);
  const bool counted = title == nullptr && movers_known && a.h > 400;
  const Rect zoom_in{a.right() - 12 - 32,
                     counted            ? counts.bottom() + 8
                     : title != nullptr ? a.y + 52
                                        : a.y + 12,
                     32, 32};
  const Rect zoom_out{zoom_in.x, zoom_in.bottom() + 6, 32, 32};
  const Rect legend = legend_area(a, movers_known);
  const bool roomy = inset.w > 0;
  const Hit ground = move_camera(f, zoom_in, zoom_out);
  Picker picker(f.mouse(), ground.hovered && !f.still, ground.pressed);

  const Projection to(f.view.camera, a);
  const std::vector<Mover>& movers = f.store.movers().at(f.view.now);
  c.clip(a);
  draw_air_routes(c, f, to, movers);
  std::vector<Rect> taken{zoom_in, zoom_out, {a.right() - 190, a.bottom() - 62, 190, 62}};
  const auto caption = title == nullptr ? caption_area(f) : std::nullopt;
  if (caption) taken.push_back(*caption);
  if (counted) taken.push_back(counts);
  taken.push_back(title == nullptr ? colour_by.back() : Rect{a.x, a.y, a.w, 52});
  if (roomy) {
    taken.push_back(inset);
    taken.push_back(legend);
  }
  for (const Rect& r : draw_pilot_grounds(c, f, to)) taken.push_back(r);
  if (f.view.camera.zoom >= 40) {
    for (const Rect& r : draw_weather(c, f, to)) taken.push_back(r);
  }
  draw_stays(c, f, to, f.view.camera, picker);
  draw_movers(c, f, to, f.view.camera, movers, poses_of(f.store, movers), inset, picker);
  if (const auto label = chosen_label(c, f, to)) taken.push_back(*label);
  if (f.view.camera.zoom >= 40) draw_facilities(c, f, to, taken, picker);
  draw_chosen(c, f, to);
  if (picker.pressed()) take(f, picker.pick());

  if (title != nullptr) {
    draw_title(c, f, title, left);
  } else if (movers_known) {
    draw_colour_buttons(c, f, colour_by);
  }
  if (caption) {
    c.fill(*caption, with_alpha(f.colours.panel, 0.94f), 4);
    c.text_mid(Face::clock, caption->centre(), f.colours.text, f.view.title, Align::centre);
  }
  if (roomy) {
    draw_inset(c, f, inset, to.bounds());
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

Rect inset_area(const Frame& f) {
  const Rect a = f.area;
  if (a.h <= 420 || a.w <= 900) return {};
  const float y = a.y + 12 + 34 + 8;  // below the row of colours
  return {a.x + 12, y, std::min(300.0f, a.w * 0.24f), std::min(210.0f, a.h * 0.34f)};
}

void panel_ground(Frame& f) {
  if (!shows_map(f.store, f.view.now)) return;
  if (f.view.fit_map) {
    f.view.camera = home_camera(f.store, f.area);
    f.view.fit_map = false;
  }
  const Projection to(f.view.camera, f.area);
  f.canvas.clip(f.area);
  draw_land(f.canvas, f.map, to, f.area, f.view.camera.zoom, f.colours);
  draw_graticule(f.canvas, to, f.area, f.colours);
  draw_lanes(f.canvas, f, to, f.view.camera);
  if (f.view.tab != Tab::compare && f.store.movers().size() > 0) {
    if (const Rect inset = inset_area(f); inset.w > 0) {
      draw_inset_ground(f.canvas, f, inset);
    }
  }
  f.canvas.unclip();
}

}  // namespace portflow::viz
