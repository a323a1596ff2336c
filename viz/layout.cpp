#include "viz/layout.hpp"

#include <algorithm>

namespace portflow::viz {

Layout overview(float width, float height) {
  constexpr float gap = 8;
  constexpr float top = 48;
  constexpr float tiles = 92;
  constexpr float status = 24;
  const float dock = 140 + std::clamp(84 + (height - 960) * 0.25f, 84.0f, 240.0f);
  // The map keeps what the fixed rows leave, and never vanishes on a small window.
  const float middle = std::max(160.0f, height - top - tiles - status - dock - 4 * gap);
  const float side = std::clamp(width * 0.217f, 320.0f, 416.0f);
  const float y = top + gap + tiles + gap;
  const float causes = std::min(264.0f, middle * 0.45f);

  Layout l;
  l.screen = {0, 0, width, height};
  l.top = {0, 0, width, top};
  l.kpi = {gap, top + gap, width - 2 * gap, tiles};
  l.map = {gap, y, width - side - 3 * gap, middle};
  l.queues = {width - side - gap, y, side, middle - causes - gap};
  l.causes = {width - side - gap, y + middle - causes, side, causes};
  l.dock = {gap, y + middle + gap, width - 2 * gap, dock};
  l.status = {0, height - status, width, status};
  return l;
}

}  // namespace portflow::viz
