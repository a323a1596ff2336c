#include "viz/map_data.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

namespace portflow::viz {
namespace {

using Json = nlohmann::json;

Result<std::optional<Json>> read(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::ifstream in(path);
  Json json = Json::parse(in, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("features")) {
    return fail(Failure::input, "not a GeoJSON feature collection", {.file = path});
  }
  return std::optional<Json>(std::move(json));
}

LonLat place(const Json& pair) {
  return {pair.at(0).get<double>(), pair.at(1).get<double>()};
}

GeoBox around(const std::vector<LonLat>& points) {
  GeoBox box{1e9, 1e9, -1e9, -1e9};
  for (const LonLat p : points) {
    box = {std::min(box.west, p.lon), std::min(box.south, p.lat), std::max(box.east, p.lon),
           std::max(box.north, p.lat)};
  }
  return box;
}

/// Where the file was cut off its edges run along the box: those are no coast.
bool on_border(const GeoBox& box, LonLat a, LonLat b) {
  const auto near = [](double u, double v) { return std::abs(u - v) < 1e-4; };
  return (near(a.lon, box.west) && near(b.lon, box.west)) ||
         (near(a.lon, box.east) && near(b.lon, box.east)) ||
         (near(a.lat, box.south) && near(b.lat, box.south)) ||
         (near(a.lat, box.north) && near(b.lat, box.north));
}

void add_coast(LandLayer& layer, const std::vector<LonLat>& ring) {
  std::vector<LonLat> run;
  const auto flush = [&] {
    if (run.size() > 1) {
      CoastLine line{.box = around(run), .points = {}};
      for (const LonLat p : run) line.points.push_back({p.lon, mercator(p.lat)});
      layer.coast.push_back(std::move(line));
    }
    run.clear();
  };
  // Short runs keep culling by box worth while on a long coast.
  constexpr std::size_t longest_run = 200;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const LonLat a = ring[i];
    const LonLat b = ring[(i + 1) % ring.size()];
    if (on_border(layer.box, a, b)) {
      flush();
      continue;
    }
    if (run.empty()) run.push_back(a);
    run.push_back(b);
    if (run.size() >= longest_run) flush();
  }
  flush();
}

void add_polygon(LandLayer& layer, const Json& rings) {
  std::vector<std::vector<Vertex>> flat;
  LandPart part;
  part.first_vertex = static_cast<std::uint32_t>(layer.vertices.size());
  part.first_index = static_cast<std::uint32_t>(layer.indexes.size());
  for (const Json& ring : rings) {
    std::vector<LonLat> points;
    for (const Json& pair : ring) points.push_back(place(pair));
    if (points.size() > 1 && points.front().lon == points.back().lon &&
        points.front().lat == points.back().lat) {
      points.pop_back();
    }
    if (flat.empty()) part.box = around(points);
    add_coast(layer, points);
    auto& out = flat.emplace_back();
    for (const LonLat p : points) out.push_back({p.lon, mercator(p.lat)});
    layer.vertices.insert(layer.vertices.end(), out.begin(), out.end());
  }
  const std::vector<std::uint32_t> triangles = triangulate(flat);
  layer.indexes.insert(layer.indexes.end(), triangles.begin(), triangles.end());
  part.vertices = static_cast<std::uint32_t>(layer.vertices.size()) - part.first_vertex;
  part.indexes = static_cast<std::uint32_t>(triangles.size());
  layer.parts.push_back(part);
}

LandLayer land_layer(const Json& json, double least_zoom) {
  LandLayer layer;
  const Json& box = json.at("bbox");
  layer.box = {box.at(0).get<double>(), box.at(1).get<double>(), box.at(2).get<double>(),
               box.at(3).get<double>()};
  layer.least_zoom = least_zoom;
  for (const Json& feature : json.at("features")) {
    const Json& geometry = feature.at("geometry");
    if (geometry.at("type") == "Polygon") add_polygon(layer, geometry.at("coordinates"));
    if (geometry.at("type") == "MultiPolygon") {
      for (const Json& rings : geometry.at("coordinates")) add_polygon(layer, rings);
    }
  }
  return layer;
}

std::vector<MapLine> lines(const Json& json) {
  std::vector<MapLine> out;
  for (const Json& feature : json.at("features")) {
    if (feature.at("geometry").at("type") != "LineString") continue;
    MapLine line;
    const Json& properties = feature.at("properties");
    line.name = properties.value("name", "");
    line.stops = properties.value("stations", std::vector<std::string>{});
    for (const Json& pair : feature.at("geometry").at("coordinates")) {
      line.points.push_back(place(pair));
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace

Result<MapData> load_map(const std::string& folder) {
  MapData data;
  struct Layer {
    const char* file;
    double least_zoom;
  };
  std::string path;
  try {
    for (const Layer& layer :
         {Layer{"land_world", 0}, Layer{"land_northeast_asia", 20}, Layer{"land_dalian", 150}}) {
      path = folder + "/" + layer.file + ".geojson";
      auto json = read(path);
      if (!json) return tl::unexpected(json.error());
      if (*json) data.land.push_back(land_layer(**json, layer.least_zoom));
    }
    for (auto [file, target] :
         {std::pair{"sea_lanes", &data.sea_lanes}, std::pair{"rail_lines", &data.rail_lines}}) {
      path = folder + "/" + file + ".geojson";
      auto json = read(path);
      if (!json) return tl::unexpected(json.error());
      if (*json) *target = lines(**json);
    }
  } catch (const Json::exception& e) {
    return fail(Failure::input, std::string("unexpected GeoJSON: ") + e.what(), {.file = path});
  }
  return data;
}

}  // namespace portflow::viz
