#include "viz/geo.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace portflow::viz {
namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double km_per_degree = 6371.0 * radians;

}  // namespace

double distance_km(LonLat a, LonLat b) noexcept {
  const double dlat = (b.lat - a.lat) * radians / 2;
  const double dlon = (b.lon - a.lon) * radians / 2;
  const double h = std::sin(dlat) * std::sin(dlat) + std::cos(a.lat * radians) *
                                                         std::cos(b.lat * radians) *
                                                         std::sin(dlon) * std::sin(dlon);
  return 2 * 6371.0 * std::asin(std::min(1.0, std::sqrt(h)));
}

double mercator(double lat) noexcept {
  const double clamped = std::clamp(lat, -85.0, 85.0) * radians;
  return std::log(std::tan(std::numbers::pi / 4 + clamped / 2)) / radians;
}

double inverse_mercator(double y) noexcept {
  return (2 * std::atan(std::exp(y * radians)) - std::numbers::pi / 2) / radians;
}

Projection::Projection(const Camera& camera, Rect area)
    : area_(area),
      zoom_(camera.zoom),
      scale_(camera.zoom * std::cos(camera.centre.lat * radians)),
      x0_(static_cast<double>(area.centre().x) - camera.centre.lon * scale_),
      y0_(static_cast<double>(area.centre().y) + mercator(camera.centre.lat) * scale_) {}

LonLat Projection::inverse(Point p) const noexcept {
  return {(static_cast<double>(p.x) - x0_) / scale_,
          inverse_mercator((y0_ - static_cast<double>(p.y)) / scale_)};
}

GeoBox Projection::bounds() const noexcept {
  const LonLat nw = inverse({area_.x, area_.y});
  const LonLat se = inverse({area_.right(), area_.bottom()});
  return {nw.lon, se.lat, se.lon, nw.lat};
}

double Projection::px_per_km() const noexcept {
  return zoom_ / km_per_degree;
}

Camera fit(const GeoBox& box, Rect area, float margin) {
  Camera camera;
  camera.centre.lon = (box.west + box.east) / 2;
  const double north = mercator(box.north);
  const double south = mercator(box.south);
  camera.centre.lat = inverse_mercator((north + south) / 2);
  const double wide = std::max(40.0f, area.w - 2 * margin);
  const double high = std::max(40.0f, area.h - 2 * margin);
  const double scale =
      std::min(wide / std::max(1e-6, box.east - box.west), high / std::max(1e-6, north - south));
  camera.zoom =
      std::clamp(scale / std::cos(camera.centre.lat * radians), least_zoom, greatest_zoom);
  return camera;
}

}  // namespace portflow::viz
