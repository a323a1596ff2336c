// The time dock: curves of the queues, the days, the whole run, and how to play them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/format.hpp"
#include "viz/panel.hpp"
#include "viz/time_axis.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

/// The bar of days under the curve: labels, shift ticks, weekend.
void draw_days(Frame& f, const TimeAxis& axis, Rect r) {
  Canvas& c = f.canvas;
  c.fill(r, f.colours.row);
  const Duration span = axis.to - axis.from;
  const bool narrow = axis.width_of(hours(24)) < 70;
  c.clip(r);
  for (SimTime day = axis.from - time_of_day(axis.from); day < axis.to; day += hours(24)) {
    const float x = axis.x(day);
    c.line({x, r.y}, {x, r.bottom()}, f.colours.line2);
    const bool today = f.view.now >= day && f.view.now < day + hours(24);
    const float text_x = std::max(x + 6, r.x + 6);
    const Face face = today ? Face::caption_strong : Face::caption;
    const std::string name =
        narrow ? short_day_text(day, f.view.language) : day_text(day, f.view.language);
    // A day of which little shows goes without its name rather than over its neighbour's.
    if (text_x + c.width(face, name) + 4 < axis.x(day + hours(24))) {
      c.text_mid(face, {text_x, r.y + 13}, today ? f.colours.text : f.colours.text2, name);
    }
    const int step = span <= hours(36) ? 2 : 12;
    for (int h = span <= hours(36) ? 0 : 8; h < 24; h += step) {
      const float tick = axis.x(day + hours(h));
      c.line({tick, r.bottom() - 6}, {tick, r.bottom()}, f.colours.line2);
      if (span <= hours(36) && h > 0) {
        c.text_mid(Face::axis, {tick, r.bottom() - 13}, f.colours.text3,
                   clock_text(day + hours(h), false), Align::centre);
      }
    }
    if (weekday_of(day) >= 5) {
      const float from = std::max(axis.x(day), r.x);
      c.fill({from, r.bottom() - 4, std::min(axis.x(day + hours(24)), r.right()) - from, 4},
             f.colours.holiday);
    }
  }
  c.unclip();
}

/// The whole run as bars of how many are under way; breaches coloured, the window bracketed.
void draw_run(Frame& f, Rect r, Rect labels) {
  Canvas& c = f.canvas;
  const auto slots = static_cast<std::size_t>(r.w / 6);
  const auto bars = f.store.activity(slots);
  const TimeAxis whole{f.store.begin(), f.store.end(), r};
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const float high = 2 + (r.h - 4) * bars[i].level;
    c.fill({r.x + f32(i) * r.w / f32(slots), r.bottom() - high, r.w / f32(slots) - 2, high},
           bars[i].breach ? f.colours.breach : f.colours.line2);
  }
  const float from = whole.x(f.view.window_from);
  const float to = whole.x(f.view.window_to);
  c.frame({from, r.y - 2, std::max(6.0f, to - from), r.h + 4}, f.colours.text2, 2, 1.5f);
  const float x = whole.x(f.view.now);
  c.fill({x - 1, r.y - 2, 2, r.h + 4}, f.colours.text);
  c.text_mid(Face::axis, {labels.right() - 10, r.centre().y}, f.colours.text3,
             f.say(Text::whole_run), Align::right);
  c.text_mid(Face::axis, {r.right() + 12, r.centre().y}, f.colours.text3,
             short_day_text(f.store.begin(), f.view.language) + " – " +
                 short_day_text(f.store.end(), f.view.language));
  if (f.hit("run", {r.x, r.y - 2, r.w, r.h + 4}).held) {
    go_to(f.view, f.store, whole.time(f.mouse().x));
  }
}

enum class Icon : std::uint8_t { begin, back, play, pause, end };

void draw_icon(Canvas& c, Icon icon, Point at, Colour colour) {
  const auto triangle = [&](float x, float dir) {
    const Point points[] = {
        {at.x + x - 4 * dir, at.y - 6}, {at.x + x + 5 * dir, at.y}, {at.x + x - 4 * dir, at.y + 6}};
    if (dir > 0) {
      c.polygon(points, colour);
    } else {
      const Point turned[] = {points[0], points[2], points[1]};
      c.polygon(turned, colour);
    }
  };
  if (icon == Icon::begin) {
    c.fill({at.x - 7, at.y - 6, 2.5f, 12}, colour);
    triangle(1, -1);
  } else if (icon == Icon::back) {
    triangle(-0.5f, -1);
  } else if (icon == Icon::play) {
    triangle(0.5f, 1);
  } else if (icon == Icon::pause) {
    c.fill({at.x - 5, at.y - 6, 3.5f, 12}, colour);
    c.fill({at.x + 1.5f, at.y - 6, 3.5f, 12}, colour);
  } else {
    triangle(-1, 1);
    c.fill({at.x + 4.5f, at.y - 6, 2.5f, 12}, colour);
  }
}

bool icon_button(Frame& f, const char* name, Rect r, Icon icon, bool on) {
  const bool pressed = f.button(name, r, "", on);
  draw_icon(f.canvas, icon, r.centre(), on ? f.colours.on_accent : f.colours.text);
  return pressed;
}

float draw_speed(Frame& f, float x, float y) {
  Canvas& c = f.canvas;
  x += c.text_mid(Face::label, {x, y}, f.colours.text2, f.say(Text::speed)) + 14;
  const Rect track{x, y - 2, 220, 4};
  const Hit it = f.hit("speed", {track.x - 8, y - 12, track.w + 16, 24});
  if (it.held) {
    f.view.speed = speed_at(static_cast<double>((f.mouse().x - track.x) / track.w));
  }
  const float share = f32(share_of(f.view.speed));
  c.fill(track, f.colours.control, 2);
  c.fill({track.x, track.y, track.w * share, 4}, f.colours.accent, 2);
  for (const double mark : {60.0, 3600.0, 86400.0}) {
    const float at = track.x + track.w * f32(share_of(mark));
    c.line({at, y + 6}, {at, y + 10}, f.colours.line2);
  }
  c.disc({track.x + track.w * share, y}, it.hovered || it.held ? 8.0f : 7.0f, f.colours.accent);
  const Rect value{track.right() + 16, y - 14, 92, 28};
  c.fill(value, f.colours.row, 4);
  c.frame(value, f.colours.line2, 4);
  c.text_mid(Face::label, value.centre(), f.colours.text, speed_text(f.view.speed, f.view.language),
             Align::centre);
  return value.right() + 14;
}

void draw_transport(Frame& f, Rect r) {
  View& v = f.view;
  const float y = r.centre().y;
  float x = r.x;
  const auto slot = [&](float wide) {
    const Rect out{x, y - 14, wide, 28};
    x += wide + 6;
    return out;
  };
  if (icon_button(f, "begin", slot(36), Icon::begin, false)) go_to(v, f.store, f.store.begin());
  const bool back = v.playing && v.reverse;
  if (icon_button(f, "back", slot(36), back ? Icon::pause : Icon::back, back)) {
    v.playing = !back;
    v.reverse = true;
  }
  const bool forth = v.playing && !v.reverse;
  if (icon_button(f, "play", slot(52), forth ? Icon::pause : Icon::play, true)) {
    v.playing = !forth;
    v.reverse = false;
  }
  if (icon_button(f, "end", slot(36), Icon::end, false)) go_to(v, f.store, f.store.end());
  x = draw_speed(f, x + 18, y);
  Canvas& c = f.canvas;
  if (r.right() - x > 620) {
    x += c.text_mid(Face::caption, {x, y}, f.colours.text3, f.say(Text::speed_range)) + 18;
  }
  c.line({x, y - 12}, {x, y + 12}, f.colours.line2);
  x += 18;
  x += c.text_mid(Face::label, {x, y}, f.colours.text2, f.say(Text::jump_to)) + 12;
  const auto jump = [&](const char* name, Text label) {
    const float wide = c.width(Face::caption, f.say(label)) + 28;
    return x + wide < r.right() && f.button(name, slot(wide), f.say(label));
  };
  if (!f.store.breaches().empty() && jump("breach", Text::next_breach)) {
    if (const auto next = next_breach(f.store, v.now, true)) go_to(v, f.store, *next);
  }
  if (!f.store.notable().empty() && jump("longest", Text::longest_queue)) {
    go_to(v, f.store, f.store.longest_wait());
  }
  if (const auto busiest = f.store.movers().busiest();
      busiest && jump("busiest", Text::busiest_hour)) {
    go_to(v, f.store, *busiest);
  }
}

void draw_playhead(Frame& f, const TimeAxis& axis, Rect curve, Rect days) {
  Canvas& c = f.canvas;
  const float x = std::round(axis.x(f.view.now));
  c.fill({x - 1, curve.y - 4, 2, days.bottom() - curve.y + 4}, f.colours.text);
  const std::string clock = clock_text(f.view.now, false);
  const float wide = c.width(Face::caption_strong, clock) + 16;
  const float left = std::clamp(x - wide / 2, f.area.x + 8, f.area.right() - wide - 8);
  c.fill({left, curve.y - 24, wide, 20}, f.colours.text, 4);
  c.text_mid(Face::caption_strong, {left + wide / 2, curve.y - 14}, f.colours.panel, clock,
             Align::centre);
}

}  // namespace

void panel_time(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float right = 290;  // for names of curves
  const Rect labels{a.x, a.y, 76, a.h};
  const Rect curve{labels.right(), a.y + 28, a.w - labels.w - right, a.h - 140};
  const Rect days{curve.x, curve.bottom(), curve.w, 40};
  const Rect run{curve.x, days.bottom() + 6, curve.w, 14};
  const TimeAxis axis{f.view.window_from, f.view.window_to, curve};

  float x = a.x + 12;
  x += c.text_mid(Face::body_strong, {x, a.y + 15}, f.colours.text,
                  f.say(f.view.curves_wait ? Text::curve_wait : Text::curve_queue)) +
       16;
  draw_curves(f, axis, labels);
  draw_days(f, axis, days);
  const double shown = static_cast<double>((f.view.window_to - f.view.window_from).count()) / 864e5;
  c.text_mid(Face::axis, {labels.right() - 10, days.centre().y}, f.colours.text3,
             short_number_text(shown, 2) + " " + f.say(Text::days_shown), Align::right);
  draw_playhead(f, axis, curve, days);

  const Hit drag = f.hit("scrub", {curve.x, curve.y, curve.w, curve.h + days.h});
  if (drag.held) go_to(f.view, f.store, axis.time(std::clamp(f.mouse().x, curve.x, curve.right())));
  if (drag.hovered && ImGui::GetIO().MouseWheel != 0) {
    const double factor = std::pow(0.8, static_cast<double>(ImGui::GetIO().MouseWheel));
    zoom_window(f.view, f.store,
                Duration(static_cast<std::int64_t>(
                    static_cast<double>((axis.to - axis.from).count()) * factor)));
  }
  draw_run(f, run, labels);
  draw_transport(f, {curve.x, run.bottom() + 4, a.right() - 12 - curve.x, 44});

  if (!f.store.notable().empty()) {
    const float wide = 66;
    const Rect wait{a.right() - 12 - 2 * wide - 2, a.y + 5, wide, 22};
    const Rect number{wait.right() + 2, wait.y, wide, 22};
    if (f.button("wait", wait, f.say(Text::mode_wait), f.view.curves_wait)) {
      f.view.curves_wait = true;
    }
    if (f.button("number", number, f.say(Text::mode_queue), !f.view.curves_wait)) {
      f.view.curves_wait = false;
    }
  }
}

}  // namespace portflow::viz
