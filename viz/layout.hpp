/// \file layout.hpp
/// Where every area lies, in logical px: the one table of positions. An area without width is not
/// shown.
#pragma once

#include "viz/canvas.hpp"
#include "viz/view.hpp"

namespace portflow::viz {

struct Layout {
  Rect screen, top, kpi, map, queues, causes, dock, status;
  Rect card, why, account, strip;               ///< of a chosen entity
  Rect terminal;                                ///< the plan of a port
  Rect gantt, heat, distribution;               ///< lanes and curves
  Rect verdict, tiles, map_b, strip_b, movers;  ///< two traces
  Rect side_edge, dock_edge;                    ///< between areas: whoever drags them resizes
};

/// The areas of `view`'s tab for a window of `width` x `height` logical px (at least 1280 x 720
/// reads well). The dock's curve takes what a high window can spare, 84..240 px; below 1366 px the
/// column at the side shows only when it is asked for, and two maps share one below 1600 px.
[[nodiscard]] Layout layout_of(const View& view, float width, float height);

/// Whether both maps lie over one another, either side of a handle.
[[nodiscard]] bool swipes(const View& view, float width);

}  // namespace portflow::viz
