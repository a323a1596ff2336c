/// \file map_parts.hpp
/// The layers of the map, bottom to top; panel_map.cpp puts them together.
#pragma once

#include <vector>

#include "viz/panel.hpp"
#include "viz/pick.hpp"

namespace portflow::viz {

/// Sea, land and coast, coarse layers under fine ones.
void draw_land(Canvas& canvas, const MapData& map, const Projection& to, Rect area, double zoom,
               const Palette& colours);

/// A grid of degrees under everything.
void draw_graticule(Canvas& canvas, const Projection& to, Rect area, const Palette& colours);

/// Sea lanes, railways, and the roads and approaches of the trace.
void draw_lanes(Canvas& canvas, const Frame& frame, const Projection& to, const Camera& camera);

/// Diamonds where pilots board, with their names.
/// \returns what they cover, for labels to keep clear of
std::vector<Rect> draw_pilot_grounds(Canvas& canvas, const Frame& frame, const Projection& to);

/// Everyone under way, as hulls, trucks, wagons and aircraft; as points below 40 px a degree.
void draw_movers(Canvas& canvas, const Frame& frame, const Projection& to, const Camera& camera,
                 const std::vector<Mover>& movers, Picker& picker);

/// What a mover is drawn in.
[[nodiscard]] Colour mover_colour(const Frame& frame, const Mover& mover);
[[nodiscard]] Colour late_colour(const Palette& colours, Late late);

/// Berths along their quays, ships at them, and those at anchor off their pilot ground.
void draw_stays(Canvas& canvas, const Frame& frame, const Projection& to, const Camera& camera,
                Picker& picker);

/// One mark of the legend and the map, heading along (cos, sin) of `angle`.
void draw_mark(Canvas& canvas, Mode mode, Point at, float angle, float size, Colour colour,
               Colour edge);

/// Discs, rings and labels of the facilities; `taken` is what labels must keep clear of.
void draw_facilities(Canvas& canvas, const Frame& frame, const Projection& to,
                     const std::vector<Rect>& taken, Picker& picker);

/// The region around, with what is under way there and a bracket round the map's own view.
void draw_inset(Canvas& canvas, const Frame& frame, Rect r, const GeoBox& view,
                const std::vector<Mover>& movers);

/// Colour, shape and ring explained, rings alone where nothing ever moves; `r` is where.
void draw_legend(Canvas& canvas, const Frame& frame, Rect r);
[[nodiscard]] Rect legend_area(Rect map, bool movers);

/// How many ships, trucks, trains and aircraft are under way or lie still; `r` is where.
[[nodiscard]] Rect counts_area(Rect map);
void draw_counts(Canvas& canvas, const Frame& frame, Rect r, const std::vector<Mover>& movers);

void draw_scale_bar(Canvas& canvas, const Frame& frame, const Projection& to, Point right_end);

/// The camera on the placed facilities that lie together, with some sea around.
[[nodiscard]] Camera home_camera(const Store& store, Rect area);

}  // namespace portflow::viz
