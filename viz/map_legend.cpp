#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/format.hpp"
#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

/// Flows that somebody on this map carries; what never shows needs no explaining.
std::vector<Flow> flows_of(const Store& store) {
  std::vector<Flow> out;
  for (std::size_t i = 0; i < flow_count; ++i) {
    if (store.movers().carries(static_cast<Flow>(i))) out.push_back(static_cast<Flow>(i));
  }
  return out;
}

void sample_ring(Canvas& c, const Frame& f, Point at, const char* number, bool breach) {
  c.circle(at, 13, f.colours.control, 4);
  c.arc(at, 13, breach ? 0.64f : 0.78f, breach ? f.colours.breach : f.colours.accent, 4);
  c.text_mid(Face::axis_strong, at, f.colours.text, number, Align::centre);
  if (breach) c.dashed_circle(at, 18, f.colours.breach, 1.5f);
}

/// The colours in use, from (x, top) down.
void colour_part(Canvas& c, const Frame& f, float x, float top) {
  float y = top + 24;
  const auto line = [&](Colour colour, const std::string& words) {
    c.fill({x, y - 6, 12, 12}, colour, 2);
    c.text_fit(Face::caption, {x + 22, y}, f.colours.text2, words, 140);
    y += 21;
  };
  if (f.view.colour_by == ColourBy::flow) {
    c.text_mid(Face::caption_strong, {x, top}, f.colours.text, f.say(Text::legend_flow));
    for (const Flow flow : flows_of(f.store)) {
      line(f.colours.flow[static_cast<std::size_t>(flow)], flow_title(flow, f.view.language));
    }
  } else if (f.view.colour_by == ColourBy::cause) {
    c.text_mid(Face::caption_strong, {x, top}, f.colours.text, f.say(Text::legend_cause));
    y -= 3;
    for (const Cause cause : {Cause::not_due, Cause::behind, Cause::busy, Cause::closed,
                              Cause::batch, Cause::not_yet_filed}) {
      line(f.colours.cause[static_cast<std::size_t>(cause)], cause_title(cause, f.view.language));
    }
    line(f.colours.text3, f.say(Text::no_wait_known));
  } else {
    c.text_mid(Face::caption_strong, {x, top}, f.colours.text, f.say(Text::legend_late));
    line(late_colour(f.colours, Late::none), f.say(Text::late_none));
    line(late_colour(f.colours, Late::some), f.say(Text::late_some));
    line(late_colour(f.colours, Late::much), f.say(Text::late_much));
    line(late_colour(f.colours, Late::unknown), f.say(Text::late_unknown));
  }
}

/// The shapes of the modes.
void mode_part(Canvas& c, const Frame& f, float x, float top) {
  c.text_mid(Face::caption_strong, {x, top}, f.colours.text, f.say(Text::legend_mode));
  const Colour ink = f.colours.text;
  float y = top + 24;
  const auto line = [&](Text words) {
    c.text_mid(Face::caption, {x + 40, y}, f.colours.text2, f.say(words));
    y += 21;
  };
  draw_mark(c, Mode::ship, {x + 12, y}, 0, 24, ink, 0);
  line(Text::mode_ship);
  for (int w = 0; w < 3; ++w) draw_mark(c, Mode::train, {x + 3 + f32(w) * 9, y}, 0, 7, ink, 0);
  line(Text::mode_train);
  draw_mark(c, Mode::wagon, {x + 12, y}, 0, 7, ink, 0);
  line(Text::mode_wagon);
  draw_mark(c, Mode::truck, {x + 12, y}, 0, 4, ink, 0);
  line(Text::mode_truck);
  draw_mark(c, Mode::aircraft, {x + 12, y}, -0.8f, 20, ink, 0);
  line(Text::mode_aircraft);
  const auto& places = f.store.places();
  if (std::any_of(places.begin(), places.end(), [&](const RoutePlace& place) {
        return place.pilot_ground && !f.store.facility_at(place.at);
      })) {
    const Point d{x + 12, y};
    const Point diamond[] = {
        {d.x, d.y - 7}, {d.x + 7, d.y}, {d.x, d.y + 7}, {d.x - 7, d.y}, {d.x, d.y - 7}};
    c.polyline(diamond, f.colours.text2, 1.5f);
    line(Text::pilot_ground);
  }
}

/// What rings and numbers say.
void ring_part(Canvas& c, const Frame& f, float x, float top) {
  c.text_mid(Face::caption_strong, {x, top}, f.colours.text, f.say(Text::legend_facility));
  sample_ring(c, f, {x + 20, top + 40}, "42", false);
  c.text_mid(Face::caption, {x + 52, top + 31}, f.colours.text2, f.say(Text::ring_full));
  c.text_mid(Face::caption, {x + 52, top + 49}, f.colours.text2, f.say(Text::ring_number));
  sample_ring(c, f, {x + 20, top + 100}, "27", true);
  c.text_mid(Face::caption, {x + 52, top + 91}, f.colours.text2, f.say(Text::ring_breach));
  c.text_mid(Face::caption, {x + 52, top + 109}, f.colours.text2, f.say(Text::ring_breach_2));
}

}  // namespace

Rect legend_area(Rect map, bool movers) {
  constexpr float high = 172;
  return {map.x + 12, map.bottom() - 12 - high, movers ? 630.0f : 220.0f, high};
}

void draw_legend(Canvas& c, const Frame& f, Rect r) {
  c.fill(r, with_alpha(f.colours.panel, 0.94f), 4);
  c.frame(r, f.colours.line, 4);
  const float top = r.y + 17;
  if (f.store.movers().size() == 0) {
    ring_part(c, f, r.x + 14, top);
    return;
  }
  colour_part(c, f, r.x + 14, top);
  mode_part(c, f, r.x + 186, top);
  ring_part(c, f, r.x + 424, top);
}

Rect counts_area(Rect map) {
  constexpr float wide = 172;
  return {map.right() - 12 - wide, map.y + 12, wide, 174};
}

void draw_counts(Canvas& c, const Frame& f, Rect r, const std::vector<Mover>& movers) {
  std::array<std::size_t, mode_count> counts{};
  for (const Mover& mover : movers) ++counts[static_cast<std::size_t>(mover.mode)];
  const Stays& stays = f.store.movers().stays();
  c.fill(r, with_alpha(f.colours.panel, 0.94f), 4);
  c.frame(r, f.colours.line, 4);
  c.text_mid(Face::caption_strong, {r.x + 12, r.y + 17}, f.colours.text, f.say(Text::on_the_map));
  float y = r.y + 40;
  const auto line = [&](Mode mode, Text words, std::size_t count) {
    const float size = mode == Mode::ship       ? 18.0f
                       : mode == Mode::aircraft ? 16.0f
                       : mode == Mode::truck    ? 4.0f
                                                : 7.0f;
    const float angle = mode == Mode::aircraft ? -0.8f : 0.0f;
    if (mode == Mode::train) draw_mark(c, mode, {r.x + 12.5f, y}, 0, size, f.colours.text2, 0);
    draw_mark(c, mode, {r.x + 21, y}, angle, size, f.colours.text2, 0);
    c.text_mid(Face::caption, {r.x + 40, y}, f.colours.text2, f.say(words));
    c.text_mid(Face::caption_strong, {r.right() - 12, y}, f.colours.text,
               count_text(static_cast<std::int64_t>(count)), Align::right);
    y += 20;
  };
  const auto moving = [&](Mode mode) { return counts[static_cast<std::size_t>(mode)]; };
  line(Mode::ship, Text::ships_at_sea, moving(Mode::ship));
  line(Mode::ship, Text::ships_at_anchor, stays.count(f.view.now, Haven::anchorage));
  line(Mode::ship, Text::ships_at_berth, stays.count(f.view.now, Haven::berth));
  line(Mode::truck, Text::trucks, moving(Mode::truck));
  line(Mode::train, Text::trains, moving(Mode::train));
  line(Mode::wagon, Text::boxes_by_rail, moving(Mode::wagon));
  line(Mode::aircraft, Text::aircraft, moving(Mode::aircraft));
}

void draw_scale_bar(Canvas& c, const Frame& f, const Projection& to, Point end) {
  double km = 1;
  for (const double step :
       {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0}) {
    if (step * to.px_per_km() <= 150) km = step;
  }
  const float wide = f32(km * to.px_per_km());
  const bool zh = f.view.language == Language::zh;
  c.text_halo(Face::caption, {end.x, end.y - 24}, f.colours.text, f.colours.sea,
              short_number_text(km, 4) + (zh ? " 公里" : " km"), Align::right);
  c.fill({end.x - wide, end.y - 2, wide, 2}, f.colours.text);
  for (const float share : {0.0f, 0.5f, 1.0f}) {
    c.fill({end.x - wide * share - (share == 0.0f ? 2.0f : 0.0f), end.y - 7, 2, 7}, f.colours.text);
  }
}

}  // namespace portflow::viz
