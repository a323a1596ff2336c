// Yards of a plan: each a field of cells, as many of them filled as the yard is full.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/format.hpp"
#include "viz/plan_parts.hpp"

namespace portflow::viz {
namespace {

/// Blocks of ten bays by five tiers: a field that reads as a yard, cell by cell in order.
void cells(Frame& f, Rect r, const ResourceState& s, std::uint32_t all) {
  Canvas& c = f.canvas;
  constexpr float cell = 9;
  constexpr int bays = 10;
  constexpr int tiers = 4;
  const float block_wide = bays * cell + 10;
  const float block_high = tiers * cell + 10;
  const int across = std::max(1, static_cast<int>(r.w / block_wide));
  const int down = std::max(1, static_cast<int>(r.h / block_high));
  const int total = across * down * bays * tiers;
  const double filled =
      all == 0 ? 0 : static_cast<double>(s.busy) / static_cast<double>(all) * total;
  int n = 0;
  for (int row = 0; row < down; ++row) {
    for (int column = 0; column < across; ++column) {
      const float x = r.x + block_wide * f32(column);
      const float y = r.y + block_high * f32(row);
      c.fill({x - 2, y - 2, bays * cell + 3, tiers * cell + 3}, f.colours.row, 2);
      for (int i = 0; i < bays * tiers; ++i, ++n) {
        const Rect at{x + cell * f32(i % bays), y + cell * f32(i / bays), cell - 1.5f, cell - 1.5f};
        // The blocks fill evenly: each has its share of what is full.
        const double here = filled / static_cast<double>(total) * bays * tiers;
        const bool on = i < static_cast<int>(std::lround(here));
        c.fill(at, on ? with_alpha(f.colours.accent, 0.75f) : with_alpha(f.colours.line2, 0.35f));
      }
    }
  }
}

/// Cranes of the same facility, as marks in use and not.
void yard_cranes(Frame& f, std::uint16_t facility, Point at, float room) {
  Canvas& c = f.canvas;
  for (std::size_t r = 0; r < f.store.schema().resources.size(); ++r) {
    const trace::ResourceInfo& info = f.store.schema().resources[r];
    if (info.facility != facility || info.unit != "crane") continue;
    const ResourceState s = f.store.levels().at(static_cast<std::uint16_t>(r), f.view.now);
    const float step = std::min(6.0f, room / f32(std::max(1u, s.capacity)));
    for (std::uint32_t k = 0; k < s.capacity; ++k) {
      c.fill({at.x + step * f32(k), at.y - 5, 2.5f, 10},
             k < s.busy ? f.colours.text : f.colours.line2);
    }
    return;
  }
}

bool is_plug(const Frame& f, std::uint16_t resource) {
  return f.store.schema().resources[resource].name.ends_with(".plug");
}

/// Sockets as a row of posts, as many of them lit as boxes are plugged in.
void plugs(Frame& f, Rect r, const ResourceState& s) {
  Canvas& c = f.canvas;
  constexpr float step = 9;
  const int across = std::max(1, static_cast<int>(r.w / step));
  const int down = std::max(1, static_cast<int>(r.h / 14));
  const int total = across * down;
  const int on = static_cast<int>(std::lround(s.fill() * f32(total)));
  const Colour lit = f.colours.flow[static_cast<std::size_t>(Flow::passengers)];
  for (int i = 0; i < total; ++i) {
    const Point at{r.x + step * f32(i % across) + 3, r.y + 14 * f32(i / across) + 5};
    const Colour colour = i < on ? lit : f.colours.line2;
    c.fill({at.x - 2.5f, at.y - 2, 5, 6}, colour, 1);
    c.fill({at.x - 2, at.y - 5, 1.2f, 3}, colour);
    c.fill({at.x + 1, at.y - 5, 1.2f, 3}, colour);
  }
}

}  // namespace

void plan_yards(Frame& f, Rect r, const std::vector<std::uint16_t>& yards) {
  if (yards.empty()) return;
  Canvas& c = f.canvas;
  // Large yards first; small stores share what is left.
  std::vector<std::uint16_t> order = yards;
  std::stable_sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) {
    return f.store.levels().most_capacity(a) > f.store.levels().most_capacity(b);
  });
  // Plugs have a place of their own, however few they are.
  const auto plug = std::find_if(order.begin(), order.end(),
                                 [&](std::uint16_t yard) { return is_plug(f, yard); });
  if (plug != order.end()) std::rotate(order.begin(), plug, plug + 1);
  const std::size_t most = r.w > 1100 ? 5 : 4;
  if (order.size() > most) order.resize(most);
  std::sort(order.begin(), order.end());
  const float gap = 14;
  const float wide = (r.w - gap * f32(order.size() - 1)) / f32(order.size());
  float x = r.x;
  for (const std::uint16_t yard : order) {
    const ResourceState s = f.store.levels().at(yard, f.view.now);
    const std::uint32_t all = std::max(1u, s.capacity);
    const trace::ResourceInfo& info = f.store.schema().resources[yard];
    const trace::FacilityInfo& facility = f.store.schema().facilities[info.facility];
    const Rect own{x, r.y, wide, r.h};
    const Rect room = plan_section(
        f, own, is_plug(f, yard) ? f.say(Text::plugs) : pick(facility.title, f.view.language),
        percent_text(static_cast<double>(s.busy) / static_cast<double>(all)), s.fill() > 0.9f);
    c.text_fit(Face::axis, {room.x, room.y + 4}, f.colours.text3,
               fmt::format("{} / {} {}", count_text(s.busy), count_text(s.capacity), info.unit),
               wide * 0.5f);
    yard_cranes(f, info.facility, {room.x + wide * 0.5f, room.y + 4}, wide * 0.5f - 4);
    const Rect field{room.x + 2, room.y + 18, wide - 4, room.h - 22};
    if (is_plug(f, yard)) {
      plugs(f, field, s);
    } else {
      cells(f, field, s, all);
    }
    x += wide + gap;
  }
}

}  // namespace portflow::viz
