// Border halls: counters open and shut, who is served, and the people who wait.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "viz/format.hpp"
#include "viz/plan_parts.hpp"

namespace portflow::viz {
namespace {

/// One kind of counter of a hall: a row of desks, its people in line before them.
void desks(Frame& f, Rect r, std::uint16_t resource) {
  Canvas& c = f.canvas;
  const ResourceState s = f.store.levels().at(resource, f.view.now);
  const Duration target = f.store.levels().target(resource);
  const auto parts = f.store.resource_parts(resource, f.view.language);
  std::string state = fmt::format("{}/{} {}", s.busy, s.capacity, f.say(Text::open_desks));
  if (s.wait) state += " · " + span_text(*s.wait, f.view.language);
  if (target.count() > 0) {
    state += fmt::format(" ({} {})", f.say(Text::target), span_text(target, f.view.language));
  }
  const Rect room =
      plan_section(f, r, parts.resource.empty() ? parts.facility : parts.resource, state, s.breach);
  const std::uint32_t all = std::max(1u, f.store.levels().most_capacity(resource));
  const float step = std::min(34.0f, room.w / f32(all));
  for (std::uint32_t k = 0; k < all; ++k) {
    const Rect desk{room.x + step * f32(k), room.y, step - 4, 14};
    if (k >= s.capacity) {
      c.hatch(desk, f.colours.cause[static_cast<std::size_t>(Cause::closed)]);
    } else if (k < s.busy) {
      c.fill(desk, f.colours.flow[static_cast<std::size_t>(Flow::passengers)], 2);
    }
    c.frame(desk, f.colours.line2, 2);
  }
  // Lines before the open desks, one person a dot, filled like the hall is: row by row.
  const std::uint32_t open = std::max(1u, s.capacity);
  const auto rows = static_cast<std::uint32_t>(std::max(1.0f, (room.h - 22) / 8));
  for (std::uint32_t i = 0; i < std::min(s.queue, open * rows); ++i) {
    const float x = room.x + step * f32(i % open) + step / 2 - 2;
    c.disc(
        {x, room.y + 24 + 8 * f32(i / open)}, 3,
        s.breach ? f.colours.breach : f.colours.flow[static_cast<std::size_t>(Flow::passengers)]);
  }
  if (s.queue > open * rows) {
    c.text_mid(Face::caption_strong, {room.right(), room.bottom() - 8}, f.colours.text,
               fmt::format("+{}", count_text(s.queue - open * rows)), Align::right);
  } else if (s.queue > 0) {
    c.text_mid(Face::caption, {room.right(), room.y + 26}, f.colours.text2,
               fmt::format("{} {}", count_text(s.queue), f.say(Text::in_line)), Align::right);
  }
}

}  // namespace

void plan_halls(Frame& f, Rect r, const std::vector<std::uint16_t>& counters) {
  std::map<std::uint16_t, std::vector<std::uint16_t>> halls;
  for (const std::uint16_t c : counters) {
    halls[f.store.schema().resources[c].facility].push_back(c);
  }
  constexpr float gap = 20;
  const auto n = f32(halls.size());
  const float wide = (r.w - gap * (n - 1)) / n;
  float x = r.x;
  for (const auto& [facility, own] : halls) {
    const Rect hall{x, r.y, wide, r.h};
    f.canvas.fill(hall, f.colours.row, 4);
    const std::string& title = pick(f.store.schema().facilities[facility].title, f.view.language);
    f.canvas.text_fit(Face::lead, {hall.x + 14, hall.y + 20}, f.colours.text, title, wide - 28);
    const float high = (hall.h - 48) / f32(own.size());
    float y = hall.y + 44;
    for (const std::uint16_t counter : own) {
      desks(f, {hall.x + 14, y, wide - 28, high - 12}, counter);
      y += high;
    }
    x += wide + gap;
  }
}

}  // namespace portflow::viz
