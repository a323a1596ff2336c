/// \file geo.hpp
/// From WGS 84 to the screen: Mercator about a centre, so that shapes keep their angles.
#pragma once

#include "viz/canvas.hpp"

namespace portflow::viz {

/// Degrees; longitudes may run on past 180 where a line crosses the date line.
struct LonLat {
  double lon{0}, lat{0};
  friend bool operator==(const LonLat&, const LonLat&) = default;
};

/// Degrees, west < east and south < north.
struct GeoBox {
  double west{0}, south{0}, east{0}, north{0};
  [[nodiscard]] constexpr bool contains(LonLat p) const {
    return p.lon >= west && p.lon <= east && p.lat >= south && p.lat <= north;
  }
  [[nodiscard]] constexpr bool meets(const GeoBox& o) const {
    return west < o.east && o.west < east && south < o.north && o.south < north;
  }
};

/// Great-circle distance [km], on a sphere of 6371 km.
[[nodiscard]] double distance_km(LonLat a, LonLat b) noexcept;

/// Mercator ordinate of a latitude, in degrees of longitude; clamped to 85 degrees.
[[nodiscard]] double mercator(double lat) noexcept;
[[nodiscard]] double inverse_mercator(double y) noexcept;

/// What the map looks at.
struct Camera {
  LonLat centre{121.75, 38.98};
  double zoom{700};  ///< px per degree of latitude at the centre
  friend bool operator==(const Camera&, const Camera&) = default;
};

/// The least and greatest zoom [px per degree].
inline constexpr double least_zoom = 3;
inline constexpr double greatest_zoom = 60'000;

class Projection {
 public:
  Projection(const Camera& camera, Rect area);
  [[nodiscard]] Point operator()(LonLat p) const noexcept {
    return from_mercator(p.lon, mercator(p.lat));
  }
  /// As above, for an ordinate that is projected already.
  [[nodiscard]] Point from_mercator(double lon, double y) const noexcept {
    return {static_cast<float>(x0_ + lon * scale_), static_cast<float>(y0_ - y * scale_)};
  }
  [[nodiscard]] LonLat inverse(Point p) const noexcept;
  /// What `area` shows.
  [[nodiscard]] GeoBox bounds() const noexcept;
  /// px per km at the centre.
  [[nodiscard]] double px_per_km() const noexcept;

 private:
  Rect area_;
  double zoom_, scale_, x0_, y0_;
};

/// The camera that shows `box` inside `area` with `margin` px around it.
[[nodiscard]] Camera fit(const GeoBox& box, Rect area, float margin);

}  // namespace portflow::viz
