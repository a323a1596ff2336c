/// \file clusters.hpp
/// Which signs of a map stand for several facilities: what would cover one another becomes one.
///
///     first, those of one family (the three gates of a terminal) that lie within `family` px;
///     then, again and again, the two nearest that lie within `least` px of one another;
///     what is left moves apart by at most `shift`, and what is still too close becomes one.
///
/// The nearer the map, the fewer meet: zooming in takes a cluster apart.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "viz/canvas.hpp"

namespace portflow::viz {

/// One sign: whom it stands for, and where it stands.
struct Cluster {
  std::vector<std::size_t> members;  ///< in the order given; at least one
  Point place;                       ///< the middle of their true places
  Point at;                          ///< where the sign stands
};

/// Distances in px.
struct Spacing {
  float family{72}, least{40}, shift{24};
};

/// \param families  equal words make a family; an empty one stands alone. As long as `places`.
[[nodiscard]] std::vector<Cluster> clusters_of(std::span<const Point> places,
                                               std::span<const std::string> families,
                                               Spacing spacing = {});

/// What titles have in common, to name several by: `Dayaowan quay` of `Dayaowan quay, phase 1` and
/// `Dayaowan quay, phase 2`, and of Chinese ones beginning and end. Empty where that is nothing.
[[nodiscard]] std::string common_title(std::span<const std::string> titles);

}  // namespace portflow::viz
