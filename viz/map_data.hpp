/// \file map_data.hpp
/// Coastlines, sea lanes and railways from a folder of GeoJSON files, ready to draw.
///
/// Files: land_world, land_northeast_asia, land_dalian (polygons, coarse to fine), sea_lanes
/// and rail_lines (lines with a name). Each may be missing; then that much is not drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "viz/geo.hpp"
#include "viz/triangulate.hpp"

namespace portflow::viz {

/// One polygon with its part of the layer's vertices and triangles.
struct LandPart {
  GeoBox box;
  std::uint32_t first_vertex{0}, vertices{0};
  std::uint32_t first_index{0}, indexes{0};
};

/// A stroke of the coast; edges along the border of the layer's box are no coast.
struct CoastLine {
  GeoBox box;
  std::vector<Vertex> points;
};

struct LandLayer {
  GeoBox box;                          ///< what the file covers
  double least_zoom{0};                ///< px per degree from which this layer shows
  std::vector<Vertex> vertices;        ///< longitude and Mercator ordinate
  std::vector<std::uint32_t> indexes;  ///< triangles, relative to the part's first vertex
  std::vector<LandPart> parts;
  std::vector<CoastLine> coast;
};

struct MapLine {
  std::string name;
  std::vector<LonLat> points;
  std::vector<std::string> stops;  ///< of a railway: stations, one a point
};

struct MapData {
  std::vector<LandLayer> land;  ///< coarse to fine
  std::vector<MapLine> sea_lanes, rail_lines;
  [[nodiscard]] bool empty() const noexcept { return land.empty(); }
};

/// Reads what `folder` holds. An empty folder gives empty data.
/// \returns an input fault for a file that is not the GeoJSON it should be.
[[nodiscard]] Result<MapData> load_map(const std::string& folder);

}  // namespace portflow::viz
