#include "viz/layout.hpp"

#include <algorithm>

namespace portflow::viz {
namespace {

constexpr float gap = 8;
constexpr float top = 48;
constexpr float status = 24;

/// Whether the column at the side shows.
bool sided(const View& view, Rect room) {
  return view.side.value_or(room.w + 2 * gap >= 1366);
}

/// Its width: what somebody dragged it to, or `own`.
float side_of(const View& view, Rect room, float own) {
  if (!sided(view, room)) return 0;
  return view.side_wide > 0 ? std::clamp(view.side_wide, 320.0f, std::min(640.0f, room.w * 0.5f))
                            : own;
}

/// Splits `room`; what is left of the column, and the edge between them.
Rect beside(Layout& l, Rect room, float side) {
  if (side <= 0) return room;
  const Rect main{room.x, room.y, room.w - side - gap, room.h};
  l.side_edge = {main.right(), room.y, gap, room.h};
  return main;
}

/// Figures above, the map or the plan left, queues and causes right.
void overview(Layout& l, const View& view, Rect room) {
  const float tiles = view.figures ? 92.0f + gap : 0.0f;
  if (view.figures) l.kpi = {room.x, room.y, room.w, 92};
  const Rect middle{room.x, room.y + tiles, room.w, room.h - tiles};
  const float side = side_of(view, room, std::clamp((room.w + 2 * gap) * 0.217f, 320.0f, 416.0f));
  const float causes = std::min(264.0f, middle.h * 0.45f);
  const Rect main = beside(l, middle, side);
  (view.tab == Tab::terminal ? l.terminal : l.map) = main;
  if (side <= 0) return;
  l.queues = {main.right() + gap, middle.y, side, middle.h - causes - gap};
  l.causes = {main.right() + gap, middle.bottom() - causes, side, causes};
}

/// The card's column left, the map or the plan over the path right.
void selected(Layout& l, const View& view, Rect room) {
  const float left = std::clamp(room.w * 0.26f, 360.0f, 488.0f);
  constexpr float card = 164;
  const float why = std::min(236.0f, (room.h - card) * 0.42f);
  l.card = {room.x, room.y, left, card};
  l.why = {room.x, l.card.bottom() + gap, left, why};
  l.account = {room.x, l.why.bottom() + gap, left, room.bottom() - l.why.bottom() - gap};
  const float strip = std::min(240.0f, room.h * 0.36f);
  const Rect main{room.x + left + gap, room.y, room.w - left - gap, room.h - strip - gap};
  (view.tab == Tab::terminal ? l.terminal : l.map) = main;
  l.strip = {main.x, main.bottom() + gap, main.w, strip};
}

void lanes(Layout& l, const View& view, Rect room) {
  const float side = side_of(view, room, std::clamp(room.w * 0.34f, 420.0f, 640.0f));
  l.gantt = beside(l, room, side);
  if (side <= 0) return;
  const float heat = room.h * 0.5f;
  l.heat = {l.gantt.right() + gap, room.y, side, heat - gap};
  l.distribution = {l.heat.x, room.y + heat, side, room.h - heat};
}

void compare(Layout& l, const View& view, Rect room) {
  l.verdict = {room.x, room.y, room.w, 40};
  float y = l.verdict.bottom() + gap;
  if (view.figures) {
    l.tiles = {room.x, y, room.w, 116};
    y = l.tiles.bottom() + gap;
  }
  const float side = side_of(view, room, std::clamp(room.w * 0.3f, 420.0f, 568.0f));
  const Rect both = beside(l, {room.x, y, room.w, room.bottom() - y}, side);
  if (side > 0) l.movers = {both.right() + gap, y, side, both.h};
  if (!view.chosen && swipes(view, room.w + 2 * gap)) {
    l.map = l.map_b = both;
    return;
  }
  const float wide = (both.w - gap) / 2;
  const Rect first{room.x, y, wide, both.h};
  const Rect second{first.right() + gap, y, wide, first.h};
  // Both paths of a chosen one, side by side, in the place of the maps.
  (view.chosen ? l.strip : l.map) = first;
  (view.chosen ? l.strip_b : l.map_b) = second;
}

}  // namespace

bool swipes(const View& view, float width) {
  return view.versus == Versus::swipe || width < 1600;
}

Layout layout_of(const View& view, float width, float height) {
  const float dock =
      152 + (view.dock_high > 0 ? std::clamp(view.dock_high, 84.0f, 240.0f)
                                : std::clamp(84 + (height - 960) * 0.25f, 84.0f, 240.0f));
  // The middle keeps what the fixed rows leave, and never vanishes on a small window.
  const float middle = std::max(240.0f, height - top - status - dock - 3 * gap);
  const Rect room{gap, top + gap, width - 2 * gap, middle};
  Layout l;
  l.screen = {0, 0, width, height};
  l.top = {0, 0, width, top};
  l.dock = {gap, room.bottom() + gap, width - 2 * gap, dock};
  l.dock_edge = {gap, room.bottom(), width - 2 * gap, gap};
  l.status = {0, height - status, width, status};
  if (view.tab == Tab::lanes) {
    lanes(l, view, room);
  } else if (view.tab == Tab::compare) {
    compare(l, view, room);
  } else if (view.chosen) {
    selected(l, view, room);
  } else {
    overview(l, view, room);
  }
  return l;
}

}  // namespace portflow::viz
