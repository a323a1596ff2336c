#include <cmath>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

void fill_part(Canvas& c, const LandLayer& layer, const LandPart& part, const Projection& to,
               double shift, Colour colour) {
  if (part.indexes == 0) return;
  ImDrawList& list = c.list();
  list.PrimReserve(static_cast<int>(part.indexes), static_cast<int>(part.vertices));
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  const auto base = list._VtxCurrentIdx;
  for (std::uint32_t i = 0; i < part.vertices; ++i) {
    const Vertex v = layer.vertices[part.first_vertex + i];
    list.PrimWriteVtx(c.px(to.from_mercator(v.x + shift, v.y)), white, colour);
  }
  for (std::uint32_t i = 0; i < part.indexes; ++i) {
    list.PrimWriteIdx(static_cast<ImDrawIdx>(base + layer.indexes[part.first_index + i]));
  }
}

GeoBox shifted(GeoBox box, double by) {
  return {box.west + by, box.south, box.east + by, box.north};
}

bool holds(const GeoBox& outer, const GeoBox& inner) {
  return outer.contains({inner.west, inner.south}) && outer.contains({inner.east, inner.north});
}

void draw_layer(Canvas& c, const LandLayer& layer, const Projection& to, const GeoBox& seen,
                const Palette& colours, bool coarsest) {
  if (!coarsest) {
    const Point nw = to({layer.box.west, layer.box.north});
    const Point se = to({layer.box.east, layer.box.south});
    c.fill({nw.x, nw.y, se.x - nw.x, se.y - nw.y}, colours.sea);
  }
  for (const double shift : {-360.0, 0.0, 360.0}) {
    if (!shifted(layer.box, shift).meets(seen)) continue;
    for (const LandPart& part : layer.parts) {
      if (shifted(part.box, shift).meets(seen)) fill_part(c, layer, part, to, shift, colours.land);
    }
    std::vector<Point> points;
    for (const CoastLine& line : layer.coast) {
      if (!shifted(line.box, shift).meets(seen)) continue;
      points.clear();
      for (const Vertex v : line.points) {
        const Point p = to.from_mercator(v.x + shift, v.y);
        // Points closer than half a pixel add nothing but work.
        if (points.empty() || length(p - points.back()) > 0.7f) points.push_back(p);
      }
      c.polyline(points, colours.coast, 1);
    }
  }
}

}  // namespace

void draw_land(Canvas& c, const MapData& map, const Projection& to, Rect area, double zoom,
               const Palette& colours) {
  c.fill(area, colours.sea);
  const GeoBox seen = to.bounds();
  std::size_t first = 0;
  for (std::size_t i = 0; i < map.land.size(); ++i) {
    if (zoom >= map.land[i].least_zoom && holds(map.land[i].box, seen)) first = i;
  }
  for (std::size_t i = first; i < map.land.size(); ++i) {
    const LandLayer& layer = map.land[i];
    if (zoom < layer.least_zoom) continue;
    draw_layer(c, layer, to, seen, colours, i == 0);
  }
}

void draw_graticule(Canvas& c, const Projection& to, Rect area, const Palette& colours) {
  const GeoBox seen = to.bounds();
  const double span = seen.east - seen.west;
  double step = 30;
  for (const double s : {10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02}) {
    if (span / s <= 8) step = s;
  }
  const Colour colour = with_alpha(colours.line2, 0.28f);
  for (double lon = std::ceil(seen.west / step) * step; lon < seen.east; lon += step) {
    const float x = std::round(to({lon, seen.south}).x);
    c.fill({x, area.y, 1, area.h}, colour);
  }
  for (double lat = std::ceil(seen.south / step) * step; lat < seen.north; lat += step) {
    const float y = std::round(to({seen.west, lat}).y);
    c.fill({area.x, y, area.w, 1}, colour);
  }
}

}  // namespace portflow::viz
