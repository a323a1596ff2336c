/// \file time_axis.hpp
/// Instants to x and back, and the curves that the dock draws over such an axis.
#pragma once

#include "viz/panel.hpp"

namespace portflow::viz {

struct TimeAxis {
  SimTime from, to;
  Rect area;
  [[nodiscard]] float x(SimTime at) const {
    return area.x + static_cast<float>(static_cast<double>(area.w) *
                                       static_cast<double>((at - from).count()) /
                                       static_cast<double>((to - from).count()));
  }
  [[nodiscard]] SimTime time(float px) const {
    const double share = static_cast<double>((px - area.x) / area.w);
    return from +
           Duration(static_cast<std::int64_t>(share * static_cast<double>((to - from).count())));
  }
  [[nodiscard]] float width_of(Duration span) const {
    return area.w * static_cast<float>(static_cast<double>(span.count()) /
                                       static_cast<double>((to - from).count()));
  }
};

/// Waits or queues of the notable resources over `axis`, nights shaded, targets dashed, what
/// lies ahead of the present fainter; names and present values to the right.
/// Names and present values of the curves that draw_curves() chose, beside them.
void draw_curve_names(Frame& frame, const TimeAxis& axis);

/// \param labels  where the scale's numbers go, left of the axis
void draw_curves(Frame& frame, const TimeAxis& axis, Rect labels);

/// Breaches of the whole run by kind in `r`, with their numbers beside it.
void draw_breach_strip(Frame& frame, Rect r);
/// What fell where the mouse is; a click goes to the first of it.
void use_breach_strip(Frame& frame, Rect r);

/// Play, speed, jumps and bookmarks in one line.
void draw_transport(Frame& frame, Rect r);

}  // namespace portflow::viz
