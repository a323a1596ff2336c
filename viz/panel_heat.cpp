// Hour by weekday: when a resource is waited for, over the whole run.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

/// Mean wait [min] by weekday and hour, and in how many hours of the run anybody began.
struct Heat {
  std::array<std::array<double, 24>, 7> minutes{};
  std::array<std::array<int, 24>, 7> seen{};
  double most{0};
};

Heat heat_of(const Store& store, std::uint16_t resource) {
  Heat heat;
  const SimTime first = store.begin() - time_of_day(store.begin()) % hours(1);
  for (SimTime at = first + hours(1); at <= store.end(); at += hours(1)) {
    const auto wait = store.levels().wait(resource, at, hours(1));
    if (!wait) continue;
    const SimTime in = at - hours(1);
    const auto day = static_cast<std::size_t>(weekday_of(in));
    const auto hour = static_cast<std::size_t>(time_of_day(in) / hours(1));
    heat.minutes[day][hour] += static_cast<double>(wait->count()) / 60000.0;
    ++heat.seen[day][hour];
  }
  for (std::size_t d = 0; d < 7; ++d) {
    for (std::size_t h = 0; h < 24; ++h) {
      if (heat.seen[d][h] > 0) heat.minutes[d][h] /= heat.seen[d][h];
      heat.most = std::max(heat.most, heat.minutes[d][h]);
    }
  }
  return heat;
}

Colour mix(Colour a, Colour b, float share) {
  Colour out = 0xff000000u;
  for (const int shift : {0, 8, 16}) {
    const float from = f32(a >> shift & 0xffu);
    const float to = f32(b >> shift & 0xffu);
    out |= static_cast<Colour>(from + (to - from) * share) << shift;
  }
  return out;
}

}  // namespace

std::optional<std::uint16_t> shown_resource(const Frame& f) {
  if (f.view.selected) return f.view.selected;
  if (f.store.notable().empty()) return std::nullopt;
  return f.store.notable().front();
}

void panel_heat(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  c.text_mid(Face::body_strong, {a.x + 12, a.y + 18}, f.colours.text, f.say(Text::heat_title));
  const Rect body{a.x, a.y + 36, a.w, a.h - 36};
  const auto resource = shown_resource(f);
  if (!resource) {
    f.empty_state(Text::nothing_waiting, Text::nothing_waiting_hint, body);
    return;
  }
  c.text_fit(Face::caption, {a.x + 12, a.y + 38}, f.colours.text2,
             f.store.resource_name(*resource, f.view.language), a.w - 24);
  const Heat heat = heat_of(f.store, *resource);
  const Rect r{a.x + 52, a.y + 56, a.w - 66, a.h - 104};
  const float wide = r.w / 24;
  const float high = r.h / 7;
  const Duration target = f.store.levels().target(*resource);
  const double limit = static_cast<double>(target.count()) / 60000.0;
  const auto today = static_cast<std::size_t>(weekday_of(f.view.now));
  const auto hour = static_cast<std::size_t>(time_of_day(f.view.now) / hours(1));
  // 3 June 2024 is a Monday: any week would do for the names.
  const SimTime monday = midnight({2024, 6, 3});
  for (std::size_t d = 0; d < 7; ++d) {
    const float y = r.y + high * f32(d);
    c.text_mid(Face::axis, {r.x - 10, y + high / 2}, f.colours.text2,
               weekday_name(monday + hours(24 * static_cast<int>(d)), f.view.language),
               Align::right);
    for (std::size_t h = 0; h < 24; ++h) {
      const Rect cell{r.x + wide * f32(h), y, wide - 2, high - 2};
      if (heat.seen[d][h] == 0) {
        c.fill(cell, with_alpha(f.colours.row, 0.5f));
        continue;
      }
      const double value = heat.minutes[d][h];
      const auto share = f32(heat.most > 0 ? std::sqrt(value / heat.most) : 0);
      const bool over = limit > 0 && value > limit;
      c.fill(cell, mix(f.colours.row, over ? f.colours.breach : f.colours.accent, share), 1);
      if (cell.w > 20) {
        const std::string number = short_number_text(value, 2);
        c.text_mid(Face::axis, cell.centre(), share > 0.6f ? f.colours.on_accent : f.colours.text2,
                   number, Align::centre);
      }
      f.copyable(fmt::format("cell{}", d * 24 + h).c_str(), cell,
                 fmt::format("{} {}", short_number_text(value, 3), f.say(Text::unit_min)),
                 fmt::format("{}, {:02}:00", f.store.resource_name(*resource, f.view.language), h));
    }
  }
  c.frame({r.x + wide * f32(hour) - 1, r.y + high * f32(today) - 1, wide, high}, f.colours.text, 2,
          2);
  for (int h = 0; h < 24; h += 3) {
    c.text_mid(Face::axis, {r.x + wide * f32(h), r.bottom() + 12}, f.colours.text3,
               fmt::format("{:02}", h));
  }
  c.text_mid(Face::axis, {r.x, a.bottom() - 14}, f.colours.text3, f.say(Text::heat_note));
}

}  // namespace portflow::viz
