#include <algorithm>
#include <cmath>

#include "viz/map_parts.hpp"
#include "viz/map_signs.hpp"

namespace portflow::viz {
namespace {

/// The camera that takes a sign apart: on its members, at most to where each stands alone.
Camera inside(const Frame& f, const Sign& sign) {
  GeoBox box{1e9, 1e9, -1e9, -1e9};
  for (const FacilityState& member : sign.members) {
    const trace::FacilityInfo& info = f.store.schema().facilities[member.facility];
    box = {std::min(box.west, info.longitude), std::min(box.south, info.latitude),
           std::max(box.east, info.longitude), std::max(box.north, info.latitude)};
  }
  return fit(box, f.area, std::min(200.0f, f.area.h * 0.3f));
}

}  // namespace

void draw_facilities(Canvas& c, const Frame& f, const Projection& to,
                     const std::vector<Rect>& taken, Picker& picker) {
  std::vector<Sign> signs = visible_signs(c, f, to);
  label_signs(c, f, to, signs, taken);
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const Sign& sign = signs[i];
    const bool group = sign.members.size() > 1;
    draw_sign(c, f, sign, false);
    picker.offer(
        sign.at, group ? 22 : 17,
        {group ? Pick::Kind::cluster : Pick::Kind::facility, group ? i : sign.worst().facility});
  }
  if (picker.pick().kind != Pick::Kind::cluster) return;
  const Sign& sign = signs[picker.pick().id];
  draw_sign_card(c, f, sign);
  if (picker.pressed()) f.view.goal = inside(f, sign);
}

Camera home_camera(const Store& store, Rect area) {
  std::vector<double> lons;
  std::vector<double> lats;
  std::vector<LonLat> all;
  for (const trace::FacilityInfo& info : store.schema().facilities) {
    if (!info.placed) continue;
    all.push_back({info.longitude, info.latitude});
    lons.push_back(info.longitude);
    lats.push_back(info.latitude);
  }
  if (all.empty()) return {};
  const auto median = [](std::vector<double>& v) {
    std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
    return v[v.size() / 2];
  };
  const LonLat middle{median(lons), median(lats)};
  for (const RoutePlace& place : store.places()) {
    if (place.pilot_ground) all.push_back(place.at);
  }
  GeoBox box{middle.lon, middle.lat, middle.lon, middle.lat};
  for (const LonLat p : all) {
    if (std::abs(p.lon - middle.lon) > 0.9 || std::abs(p.lat - middle.lat) > 0.7) continue;
    box = {std::min(box.west, p.lon), std::min(box.south, p.lat), std::max(box.east, p.lon),
           std::max(box.north, p.lat)};
  }
  Camera camera = fit(box, area, std::min(120.0f, area.h * 0.2f));
  camera.zoom = std::min(camera.zoom, 1800.0);
  return camera;
}

}  // namespace portflow::viz
