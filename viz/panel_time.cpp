// The time dock: curves of the queues, the days, the whole run, and how to play them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

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
    if (text_x + c.width(face, name) + 4 < std::min(axis.x(day + hours(24)), r.right())) {
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
    const bool holiday = f.store.is_holiday(day);
    if (holiday || weekday_of(day) >= 5) {
      const float from = std::max(axis.x(day), r.x);
      const float high = holiday ? 6.0f : 3.0f;
      c.fill({from, r.bottom() - high, std::min(axis.x(day + hours(24)), r.right()) - from, high},
             f.colours.holiday);
    }
    if (holiday && axis.width_of(hours(24)) > 70) {
      c.text_mid(Face::axis, {text_x, r.y + 28}, f.colours.text2, f.say(Text::holiday));
    }
  }
  c.unclip();
}

/// The whole run as bars of how many are under way; breaches coloured.
void draw_run_bars(Frame& f, Rect r, Rect labels) {
  Canvas& c = f.canvas;
  const auto slots = static_cast<std::size_t>(r.w / 6);
  const auto bars = f.store.activity(slots);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const float high = 2 + (r.h - 4) * bars[i].level;
    c.fill({r.x + f32(i) * r.w / f32(slots), r.bottom() - high, r.w / f32(slots) - 2, high},
           bars[i].breach ? f.colours.breach : f.colours.line2);
  }
  c.text_mid(Face::axis, {labels.right() - 10, r.centre().y}, f.colours.text3,
             f.say(Text::whole_run), Align::right);
  c.text_mid(Face::axis, {r.right() + 12, r.centre().y}, f.colours.text3,
             short_day_text(f.store.begin(), f.view.language) + " – " +
                 short_day_text(f.store.end(), f.view.language));
}

struct Span {
  SimTime from, to;
};

/// What lies between where the mouse went down and where it is; empty for a click without a drag.
std::optional<Span> dragged(const Frame& f, const TimeAxis& axis) {
  const auto at = [&](float x) { return axis.time(std::clamp(x, axis.area.x, axis.area.right())); };
  const SimTime anchor = at(ImGui::GetIO().MouseClickedPos[0].x / f.canvas.scale());
  const SimTime here = at(f.mouse().x);
  const Span span{std::min(anchor, here), std::max(anchor, here)};
  return axis.width_of(span.to - span.from) < 4 ? std::nullopt : std::optional(span);
}

/// Lets the curves show it, or half an hour of it.
void show(Frame& f, Span span) {
  const Duration least =
      std::min<Duration>(std::chrono::minutes(30), f.store.end() - f.store.begin());
  View& v = f.view;
  v.window_from = std::clamp<SimTime>(span.from, f.store.begin(), f.store.end() - least);
  v.window_to = std::clamp<SimTime>(span.to, v.window_from + least, f.store.end());
}

/// The span that is being dragged: shaded, with its ends and length in words.
void draw_span(Frame& f, const TimeAxis& axis, Rect r, Span span) {
  Canvas& c = f.canvas;
  const float from = axis.x(span.from);
  const float to = axis.x(span.to);
  c.fill({from, r.y, to - from, r.h}, with_alpha(f.colours.accent, 0.22f));
  for (const float x : {from, to}) c.line({x, r.y}, {x, r.bottom()}, f.colours.accent, 1.5f);
  const auto moment = [&](SimTime at) {
    return day_text(at, f.view.language) + " " + clock_text(at, false);
  };
  const std::string words = moment(span.from) + " – " + moment(span.to) + " · " +
                            span_text(span.to - span.from, f.view.language);
  const float wide = c.width(Face::caption_strong, words) + 20;
  const Rect chip{std::clamp((from + to - wide) / 2, r.x + 2, r.right() - wide - 2), r.y + 4, wide,
                  22};
  c.fill(chip, f.colours.panel, 4);
  c.frame(chip, f.colours.accent, 4);
  c.text_mid(Face::caption_strong, chip.centre(), f.colours.text, words, Align::centre);
}

/// Moves the curves' window along, the present staying where it is.
void pan(Frame& f, double share) {
  View& v = f.view;
  const Duration span = v.window_to - v.window_from;
  const auto by = Duration(static_cast<std::int64_t>(static_cast<double>(span.count()) * share));
  v.window_from = std::clamp<SimTime>(v.window_from + by, f.store.begin(), f.store.end() - span);
  v.window_to = v.window_from + span;
}

/// The window and the present in the whole run; dragging goes there, with Shift it sets the window.
void draw_run(Frame& f, Rect r) {
  Canvas& c = f.canvas;
  const TimeAxis whole{f.store.begin(), f.store.end(), r};
  const float from = whole.x(f.view.window_from);
  const float to = whole.x(f.view.window_to);
  c.frame({from, r.y - 2, std::max(6.0f, to - from), r.h + 4}, f.colours.text2, 2, 1.5f);
  const float x = whole.x(f.view.now);
  c.fill({x - 1, r.y - 2, 2, r.h + 4}, f.colours.text);
  const Hit it = f.hit("run", {r.x, r.y - 2, r.w, r.h + 4});
  if (!it.held) return;
  const SimTime here = whole.time(std::clamp(f.mouse().x, r.x, r.right()));
  if (!ImGui::GetIO().KeyShift) {
    go_to(f.view, f.store, here);
  } else if (const auto span = dragged(f, whole)) {
    show(f, *span);
  }
}

/// Flags on the bar of days; a click goes there.
void draw_flags(Frame& f, const TimeAxis& axis, Rect r) {
  Canvas& c = f.canvas;
  const auto& marks = f.view.bookmarks;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const float x = std::round(axis.x(marks[i].at));
    if (x < r.x || x > r.right()) continue;
    c.fill({x - 0.5f, r.y - 8, 1.5f, r.h + 8}, f.colours.bookmark);
    const Rect flag{x, r.y - 10, 16, 14};
    c.fill(flag, f.colours.bookmark, 2);
    c.text_mid(Face::axis_strong, flag.centre(), f.colours.panel, std::to_string(i + 1),
               Align::centre);
    if (f.hit(fmt::format("flag{}", i).c_str(), flag).pressed) {
      go_to(f.view, f.store, marks[i].at);
    }
  }
}

void draw_playhead(Frame& f, const TimeAxis& axis, Rect curve, Rect days) {
  Canvas& c = f.canvas;
  if (f.view.now < axis.from || f.view.now > axis.to) return;  // the window was moved away
  const float x = std::round(axis.x(f.view.now));
  c.fill({x - 1, curve.y - 4, 2, days.bottom() - curve.y + 4}, f.colours.text);
  const std::string clock = clock_text(f.view.now, false);
  const float wide = c.width(Face::caption_strong, clock) + 16;
  // Beside the title, not over it.
  const char* const title = f.say(f.view.curves_wait ? Text::curve_wait : Text::curve_queue);
  const float least = f.area.x + 24 + c.width(Face::body_strong, title);
  const float left = std::clamp(x - wide / 2, least, f.area.right() - wide - 8);
  c.fill({left, curve.y - 24, wide, 20}, f.colours.text, 4);
  c.text_mid(Face::caption_strong, {left + wide / 2, curve.y - 14}, f.colours.panel, clock,
             Align::centre);
}

}  // namespace

namespace {

/// Where the parts of the dock lie.
struct Dock {
  Rect labels, curve, days, breaches, run;
  TimeAxis axis;
};
Dock dock_of(const Frame& f) {
  constexpr float right = 290;  // for names of curves
  const Rect a = f.area;
  const Rect labels{a.x, a.y, 76, a.h};
  const Rect curve{labels.right(), a.y + 28, a.w - labels.w - right, a.h - 152};
  const Rect days{curve.x, curve.bottom(), curve.w, 40};
  const Rect breaches{curve.x, days.bottom() + 5, curve.w, 12};
  return {labels,
          curve,
          days,
          breaches,
          {curve.x, breaches.bottom() + 3, curve.w, 14},
          {f.view.window_from, f.view.window_to, curve}};
}

void curve_choice(Frame& f) {
  constexpr float wide = 66;
  const Rect wait{f.area.right() - 12 - 2 * wide - 2, f.area.y + 5, wide, 22};
  const Rect number{wait.right() + 2, wait.y, wide, 22};
  if (f.button("wait", wait, f.say(Text::mode_wait), f.view.curves_wait)) {
    f.view.curves_wait = true;
  }
  if (f.button("number", number, f.say(Text::mode_queue), !f.view.curves_wait)) {
    f.view.curves_wait = false;
  }
}

}  // namespace

void panel_time_ground(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Dock dock = dock_of(f);
  c.text_mid(Face::body_strong, {f.area.x + 12, f.area.y + 15}, f.colours.text,
             f.say(f.view.curves_wait ? Text::curve_wait : Text::curve_queue));
  draw_curves(f, dock.axis, dock.labels);
  draw_days(f, dock.axis, dock.days);
  const double shown = static_cast<double>((dock.axis.to - dock.axis.from).count()) / 864e5;
  c.text_mid(Face::axis, {dock.labels.right() - 10, dock.days.centre().y}, f.colours.text3,
             short_number_text(shown, 2) + " " + f.say(Text::days_shown), Align::right);
  draw_breach_strip(f, dock.breaches);
  draw_run_bars(f, dock.run, dock.labels);
}

void panel_time(Frame& f) {
  const Dock dock = dock_of(f);
  const TimeAxis& axis = dock.axis;
  const Rect& curve = dock.curve;
  draw_curve_names(f, axis);
  // What lies ahead is fainter.
  const float now = std::clamp(axis.x(f.view.now), curve.x, curve.right());
  f.canvas.fill({now, curve.y, curve.right() - now, curve.h}, with_alpha(f.colours.panel, 0.45f));
  draw_playhead(f, axis, curve, dock.days);
  draw_flags(f, axis, dock.days);

  const Hit drag = f.hit("scrub", {curve.x, curve.y, curve.w, curve.h + dock.days.h});
  const bool let_go = ImGui::IsItemDeactivated();
  const bool shift = ImGui::GetIO().KeyShift;
  const auto span = shift && (drag.held || let_go) ? dragged(f, axis) : std::nullopt;
  if (span && let_go) show(f, *span);
  if (span && drag.held)
    draw_span(f, axis, {curve.x, curve.y, curve.w, curve.h + dock.days.h}, *span);
  if (drag.held && !shift) {
    go_to(f.view, f.store, axis.time(std::clamp(f.mouse().x, curve.x, curve.right())));
  }
  // Two fingers sideways on a touchpad, or a wheel that tilts.
  if (drag.hovered && ImGui::GetIO().MouseWheelH != 0) {
    pan(f, -0.1 * static_cast<double>(ImGui::GetIO().MouseWheelH));
  }
  if (drag.hovered && ImGui::GetIO().MouseWheel != 0) {
    const double factor = std::pow(0.8, static_cast<double>(ImGui::GetIO().MouseWheel));
    zoom_window(f.view, f.store,
                Duration(static_cast<std::int64_t>(
                    static_cast<double>((axis.to - axis.from).count()) * factor)));
  }
  use_breach_strip(f, dock.breaches);
  draw_run(f, dock.run);
  draw_transport(f, {curve.x, dock.run.bottom() + 4, f.area.right() - 12 - curve.x, 44});
  if (!f.store.notable().empty()) curve_choice(f);
}

}  // namespace portflow::viz
