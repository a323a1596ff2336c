#include <algorithm>
#include <cmath>
#include <limits>

#include "viz/format.hpp"
#include "viz/time_axis.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

struct Curve {
  std::uint16_t resource;
  std::vector<float> values;  // one a step of two px; minutes or entities
  float peak{0};
  Colour colour{};
};

float value_at(const Frame& f, std::uint16_t resource, SimTime at) {
  if (!f.view.curves_wait) return f32(f.store.levels().queue(resource, at));
  const auto wait = f.store.levels().wait(resource, at, hours(2));
  return wait ? f32(static_cast<double>(wait->count()) / 60000.0) : 0.0f;
}

Curve sample(const Frame& f, const TimeAxis& axis, std::uint16_t resource) {
  Curve curve{.resource = resource, .values = {}};
  for (float x = 0; x <= axis.area.w; x += 2) {
    curve.values.push_back(value_at(f, resource, axis.time(axis.area.x + x)));
    curve.peak = std::max(curve.peak, curve.values.back());
  }
  return curve;
}

/// Curves that read on one scale: the chosen or first notable one, then others whose peak is
/// neither lost below it nor dwarfs it.
std::vector<Curve> choose(const Frame& f, const TimeAxis& axis) {
  constexpr std::size_t most = 4;
  std::vector<std::uint16_t> order = f.store.notable();
  if (f.view.selected) order.insert(order.begin(), *f.view.selected);
  std::vector<Curve> out;
  for (std::size_t i = 0; i < order.size() && i < 24 && out.size() < most; ++i) {
    if (i > 0 && f.view.selected == order[i]) continue;
    Curve curve = sample(f, axis, order[i]);
    if (curve.peak <= 0 && !(i == 0 && f.view.selected)) continue;
    if (!out.empty() && (curve.peak > 4 * out[0].peak || curve.peak < 0.08f * out[0].peak)) {
      continue;
    }
    out.push_back(std::move(curve));
  }
  return out;
}

/// The least round number of the form 1, 2, 3 or 6 times a power of ten that holds `value`.
float round_up(float value) {
  float power = 1;
  while (power * 10 <= value) power *= 10;
  for (const float k : {1.0f, 1.2f, 1.6f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 8.0f}) {
    if (k * power >= value) return k * power;
  }
  return 10 * power;
}

void draw_nights(Frame& f, const TimeAxis& axis) {
  const Rect r = axis.area;
  f.canvas.clip(r);
  f.canvas.fill(r, with_alpha(f.colours.row, 0.5f));
  const SimTime first = axis.from - time_of_day(axis.from) - hours(24);
  for (SimTime day = first; day < axis.to; day += hours(24)) {
    const float from = axis.x(day + hours(20));
    const float to = axis.x(day + hours(32));
    f.canvas.fill({from, r.y, to - from, r.h}, f.colours.night);
  }
  f.canvas.unclip();
}

/// Fills what lies above `level` px under the curve, as thin columns.
void fill_over(Frame& f, const TimeAxis& axis, const Curve& curve, float k, float limit) {
  const Rect r = axis.area;
  for (std::size_t i = 0; i < curve.values.size(); ++i) {
    if (curve.values[i] <= limit) continue;
    const float top = r.bottom() - curve.values[i] * k;
    f.canvas.fill({r.x + f32(i) * 2, top, 2, r.bottom() - limit * k - top},
                  with_alpha(f.colours.breach, 0.22f));
  }
}

void draw_curve(Frame& f, const TimeAxis& axis, const Curve& curve, float k) {
  const Rect r = axis.area;
  std::vector<Point> points;
  points.reserve(curve.values.size());
  for (std::size_t i = 0; i < curve.values.size(); ++i) {
    points.push_back({r.x + f32(i) * 2, r.bottom() - 1 - curve.values[i] * k});
  }
  const float width = f.view.selected == curve.resource ? 2.5f : 2.0f;
  f.canvas.polyline(points, curve.colour, width);
}

}  // namespace

void draw_curves(Frame& f, const TimeAxis& axis, Rect labels) {
  draw_nights(f, axis);
  f.view.dock_shown.clear();
  const Rect r = axis.area;
  std::vector<Curve> curves = choose(f, axis);
  if (curves.empty()) {
    const bool none = f.store.levels().empty();
    f.empty_state(none ? Text::no_curves : Text::nothing_waiting,
                  none ? Text::no_curves_hint : Text::nothing_waiting_hint, r);
    return;
  }
  const Colour colours[] = {f.colours.flow[1], f.colours.flow[4], f.colours.accent,
                            f.colours.flow[2]};
  float most = 1;
  float target = 0;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    curves[i].colour = colours[i];
    f.view.dock_shown.push_back({curves[i].resource, colours[i]});
    most = std::max(most, curves[i].peak);
    const float own = f32(f.store.levels().target(curves[i].resource).count()) / 60000.0f;
    if (f.view.curves_wait && own > 0 && target == 0) target = own;
  }
  const float scale = round_up(std::max(most * 1.04f, target * 1.15f));
  const float k = (r.h - 4) / scale;
  for (const float share : {0.0f, 0.5f, 1.0f}) {
    const float y = r.bottom() - 1 - scale * share * k;
    f.canvas.line({r.x, y}, {r.right(), y}, with_alpha(f.colours.line2, share > 0 ? 0.45f : 1.0f));
    f.canvas.text_mid(Face::axis, {labels.right() - 10, std::max(y, r.y + 5)}, f.colours.text3,
                      number_text(static_cast<double>(scale * share), 2), Align::right);
  }
  f.canvas.clip(r);
  if (target > 0) {
    for (const Curve& curve : curves) {
      const float own = f32(f.store.levels().target(curve.resource).count()) / 60000.0f;
      if (own == target) fill_over(f, axis, curve, k, target);
    }
    const Point line[] = {{r.x, r.bottom() - 1 - target * k},
                          {r.right(), r.bottom() - 1 - target * k}};
    f.canvas.dashed(line, f.colours.breach, 1.5f, 6, 4);
  }
  for (auto curve = curves.rbegin(); curve != curves.rend(); ++curve) {
    draw_curve(f, axis, *curve, k);
  }
  f.canvas.unclip();
}

void draw_curve_names(Frame& f, const TimeAxis& axis) {
  const Rect r = axis.area;
  float y = r.y + 8;
  const float x = r.right() + 12;
  const float wide = f.area.right() - 12 - x;
  const auto entry = [&](const std::string& name, const std::string& value, Colour colour) {
    const float number = f.canvas.width(Face::caption_strong, value);
    f.canvas.fill({x, y - 1.5f, 10, 3}, colour, 1.5f);
    f.canvas.text_fit(Face::caption, {x + 16, y}, f.colours.text2, name, wide - number - 24);
    f.canvas.text_mid(Face::caption_strong, {x + wide, y}, f.colours.text, value, Align::right);
    y += 19;
  };
  float target = 0;
  for (const Shown& curve : f.view.dock_shown) {
    const double value = static_cast<double>(value_at(f, curve.resource, f.view.now));
    entry(f.store.resource_name(curve.resource, f.view.language),
          value >= 100 ? count_text(std::llround(value)) : number_text(value, 2), curve.colour);
    const float own = f32(f.store.levels().target(curve.resource).count()) / 60000.0f;
    if (f.view.curves_wait && target == 0) target = own;
  }
  if (target > 0) {
    entry(f.say(Text::target), number_text(static_cast<double>(target), 2), f.colours.breach);
  }
}

}  // namespace portflow::viz
