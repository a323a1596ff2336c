/// \file layout.hpp
/// Where every area of the overview lies, in logical px: the one table of positions.
#pragma once

#include "viz/canvas.hpp"

namespace portflow::viz {

struct Layout {
  Rect screen, top, kpi, map, queues, causes, dock, status;
};

/// The overview for a window of `width` x `height` logical px (at least 1280 x 720 reads well).
/// The dock's curve takes what a high window can spare, 84..240 px.
[[nodiscard]] Layout overview(float width, float height);

}  // namespace portflow::viz
