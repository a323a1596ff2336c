// Lanes: who held which berth, track, bay or counter, over the dock's window.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/cause_bar.hpp"
#include "viz/format.hpp"
#include "viz/plan_parts.hpp"
#include "viz/time_axis.hpp"

namespace portflow::viz {
namespace {

constexpr float head_high = 26;
constexpr float row_high = 17;
constexpr std::uint32_t most_rows = 12;

/// A resource with its lanes.
struct Group {
  std::uint16_t resource{0};
  const Band* band{nullptr};
  std::uint32_t rows{0};
  [[nodiscard]] float high() const { return head_high + 34 + row_high * f32(rows) + 8; }
};

/// Berths and tracks first, then what people and boxes queue for; what is counted in tons or slots
/// has no lanes.
std::vector<Group> groups_of(const Frame& f, const Bands* bands) {
  std::vector<Group> out;
  const auto rank = [&](std::uint16_t r) {
    const std::string& unit = f.store.schema().resources[r].unit;
    return unit == "berth" ? 0 : unit == "track" ? 1 : unit == "crane" ? 2 : 3;
  };
  for (std::size_t i = 0; i < f.store.schema().resources.size(); ++i) {
    const auto r = static_cast<std::uint16_t>(i);
    const std::uint32_t units = f.store.levels().most_capacity(r);
    if (units == 0 || units > 60) continue;
    const Band* band = bands == nullptr ? nullptr : bands->of(r);
    const std::uint32_t rows =
        band == nullptr || band->left_out ? 0 : std::min({band->units, units, most_rows});
    out.push_back({r, band, rows});
  }
  std::stable_sort(out.begin(), out.end(), [&](const Group& a, const Group& b) {
    return rank(a.resource) < rank(b.resource);
  });
  return out;
}

/// Share in use over the window, a column a pixel pair, with the queue as a line over it.
void utilisation(Frame& f, const TimeAxis& axis, Rect r, std::uint16_t resource) {
  Canvas& c = f.canvas;
  c.fill(r, with_alpha(f.colours.row, 0.6f));
  std::vector<Point> line;
  float most = 1;
  std::vector<float> queues;
  for (float x = r.x; x < r.right(); x += 3) {
    const SimTime at = axis.time(x);
    const ResourceState s = f.store.levels().at(resource, at);
    const float high = (r.h - 2) * std::min(1.0f, s.fill());
    const bool ahead = at > f.view.now;
    if (s.capacity == 0) {
      c.fill({x, r.y, 2.5f, r.h},
             with_alpha(f.colours.cause[static_cast<std::size_t>(Cause::closed)], 0.35f));
    } else {
      c.fill({x, r.bottom() - high, 2.5f, high},
             with_alpha(s.breach ? f.colours.breach : f.colours.accent, ahead ? 0.25f : 0.55f));
    }
    queues.push_back(f32(s.queue));
    most = std::max(most, queues.back());
  }
  for (std::size_t i = 0; i < queues.size(); ++i) {
    line.push_back({r.x + 3 * f32(i), r.bottom() - 1 - (r.h - 4) * queues[i] / most});
  }
  if (most > 1) c.polyline(line, f.colours.flow[1], 1.5f);
}

void bars(Frame& f, const TimeAxis& axis, Rect r, const Group& group) {
  Canvas& c = f.canvas;
  std::vector<float> last(group.rows, -1e9f);
  for (const Bar& bar : group.band->within(axis.from, axis.to)) {
    if (bar.unit >= group.rows) continue;
    const float y = r.y + row_high * f32(bar.unit);
    const float from = std::max(r.x, axis.x(bar.from));
    const float end = std::min(r.right(), std::max(axis.x(bar.to), from + 1));
    // From afar many bars fall on one pixel: one of them is drawn.
    if (end <= last[bar.unit] + 0.5f) continue;
    last[bar.unit] = end;
    const Colour colour = f.colours.flow[static_cast<std::size_t>(bar.flow)];
    const bool ahead = bar.from > f.view.now;
    const Rect at{from, y + 1.5f, std::max(1.0f, end - from - 1), row_high - 3};
    c.fill(at, ahead ? with_alpha(colour, 0.5f) : colour, 2);
    if (at.w > 60) {
      const std::string name = short_name(name_of(f, bar.entity));
      if (c.width(Face::axis, name) < at.w - 8) {
        c.text_mid(Face::axis, {at.x + 5, at.centre().y}, ahead ? f.colours.text : ink_on(colour),
                   name);
      }
    }
    if (at.w > 5) plan_pick(f, at, bar.entity);
  }
}

void group_lanes(Frame& f, const TimeAxis& axis, Rect r, const Group& group) {
  Canvas& c = f.canvas;
  const ResourceState s = f.store.levels().at(group.resource, f.view.now);
  const bool chosen = f.view.selected == group.resource;
  const Rect head{f.area.x + 1, r.y, f.area.w - 2, head_high - 4};
  if (chosen) c.fill(head, f.colours.row);
  const Hit it = f.hit(fmt::format("group{}", group.resource).c_str(), head);
  if (it.pressed) f.view.selected = group.resource;
  c.text_fit(Face::label_strong, {f.area.x + 12, r.y + 11},
             it.hovered ? f.colours.accent : f.colours.text,
             f.store.resource_name(group.resource, f.view.language), r.w * 0.5f);
  std::string state = fmt::format("{}/{} {}", s.busy, s.capacity, f.say(Text::in_use));
  if (const std::string queue = queue_text(f, s); !queue.empty()) state += " · " + queue;
  c.text_mid(Face::caption, {r.right(), r.y + 11}, s.breach ? f.colours.breach : f.colours.text2,
             state, Align::right);
  utilisation(f, axis, {axis.area.x, r.y + head_high, axis.area.w, 30}, group.resource);
  c.text_mid(Face::axis, {axis.area.x - 8, r.y + head_high + 15}, f.colours.text3,
             f.say(Text::share_used), Align::right);
  for (std::uint32_t k = 0; k < group.rows; ++k) {
    const float y = r.y + head_high + 34 + row_high * (f32(k) + 0.5f);
    c.text_mid(Face::axis, {axis.area.x - 8, y}, f.colours.text3, std::to_string(k + 1),
               Align::right);
    c.line({axis.area.x, y + row_high / 2}, {axis.area.right(), y + row_high / 2},
           with_alpha(f.colours.line, 0.5f));
  }
  if (group.rows > 0) {
    bars(f, axis, {axis.area.x, r.y + head_high + 34, axis.area.w, row_high * f32(group.rows)},
         group);
  }
}

}  // namespace

void panel_gantt(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  c.text_mid(Face::body_strong, {a.x + 12, a.y + 18}, f.colours.text, f.say(Text::lanes_title));
  c.text_mid(Face::caption, {a.right() - 12, a.y + 18}, f.colours.text3, f.say(Text::lanes_note),
             Align::right);
  const Rect body{a.x, a.y + 36, a.w, a.h - 40};
  const TimeAxis axis{
      f.view.window_from, f.view.window_to, {a.x + 64, body.y, a.w - 64 - 14, body.h}};
  if (f.store.levels().empty()) {
    f.empty_state(Text::no_curves, Text::no_curves_hint, body);
    return;
  }
  const auto bands = f.archive == nullptr ? std::shared_ptr<const Bands>() : f.archive->bands();
  const std::vector<Group> groups = groups_of(f, bands.get());
  float whole = 0;
  for (const Group& group : groups) whole += group.high();
  f.view.gantt_scroll = std::clamp(f.view.gantt_scroll, 0.0f, std::max(0.0f, whole - body.h));
  c.clip(body);
  float y = body.y - f.view.gantt_scroll;
  for (const Group& group : groups) {
    if (y + group.high() > body.y && y < body.bottom()) {
      group_lanes(f, axis, {a.x, y, a.w - 14, group.high()}, group);
    }
    y += group.high();
  }
  const float x = axis.x(f.view.now);
  if (x >= axis.area.x && x <= axis.area.right()) {
    c.fill({std::round(x) - 1, body.y, 2, body.h}, f.colours.text);
  }
  c.unclip();
  const Hit ground = f.hit("lanes", body);
  if (body.contains(f.mouse()) && ImGui::GetIO().MouseWheel != 0) {
    f.view.gantt_scroll -= 48 * ImGui::GetIO().MouseWheel;
  }
  if (ground.held && f.mouse().x > axis.area.x) {
    go_to(f.view, f.store, axis.time(std::clamp(f.mouse().x, axis.area.x, axis.area.right())));
  }
  // How much of it shows.
  if (whole > body.h) {
    const float share = body.h / whole;
    c.fill({a.right() - 6, body.y + body.h * (f.view.gantt_scroll / whole), 3, body.h * share},
           f.colours.line2, 1.5f);
  }
}

}  // namespace portflow::viz
