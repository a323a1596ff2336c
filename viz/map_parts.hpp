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

/// Where a mover is on the plane of Mercator, and which way it goes.
using Poses = std::vector<Path::Pose>;
[[nodiscard]] Poses poses_of(const Store& store, const std::vector<Mover>& movers);

/// Everyone under way, as hulls, trucks, wagons and aircraft; as points below 40 px a degree.
/// \param inset  where the region lies over the map, or an empty one
void draw_movers(Canvas& canvas, const Frame& frame, const Projection& to, const Camera& camera,
                 const std::vector<Mover>& movers, const Poses& poses, Rect inset, Picker& picker);

/// A shade of fog or a rose of wind where weather shuts a place, with its name.
/// \returns what labels are to keep clear of
std::vector<Rect> draw_weather(Canvas& canvas, const Frame& frame, const Projection& to);

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

/// Where the region around is shown, over the map; empty where there is no room.
[[nodiscard]] Rect inset_area(const Frame& frame);
/// Its land, lanes and railways, which do not change from frame to frame.
void draw_inset_ground(Canvas& canvas, const Frame& frame, Rect r);
/// Who is under way there, as marks of the frame's image.
void mark_inset(const Frame& frame, Rect r, const std::vector<Mover>& movers, const Poses& poses);
/// Names, and a bracket round the map's own view.
void draw_inset(Canvas& canvas, const Frame& frame, Rect r, const GeoBox& view);

/// Colour, shape and ring explained, rings alone where nothing ever moves; `r` is where.
void draw_legend(Canvas& canvas, const Frame& frame, Rect r);
[[nodiscard]] Rect legend_area(Rect map, bool movers);

/// How many ships, trucks, trains and aircraft are under way or lie still; `r` is where.
[[nodiscard]] Rect counts_area(Rect map);
void draw_counts(Canvas& canvas, const Frame& frame, Rect r, const std::vector<Mover>& movers);

void draw_scale_bar(Canvas& canvas, const Frame& frame, const Projection& to, Point right_end);

/// All of it: what a panel of a map shows. A map of two has a title, and leaves out what both would
/// show alike.
/// \param left  px of it that the other map covers
void draw_map(Frame& frame, const char* title, float left);

/// The camera on the placed facilities that lie together, with some sea around.
[[nodiscard]] Camera home_camera(const Store& store, Rect area);

}  // namespace portflow::viz
