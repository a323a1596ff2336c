/// \file triangulate.hpp
/// Triangles of a polygon with holes, by ear clipping.
///
/// Holes are joined to the outer ring by bridges (D. Eberly, Triangulation by Ear Clipping,
/// 2002); reflex vertices lie in a grid, so that an ear is tested against its neighbours
/// only and a coast of ten thousand points takes milliseconds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace portflow::viz {

/// A vertex in any flat coordinates.
struct Vertex {
  double x{0}, y{0};
  friend bool operator==(const Vertex&, const Vertex&) = default;
};

/// Signed area of a ring (counter-clockwise positive); the ring need not repeat its start.
[[nodiscard]] double signed_area(std::span<const Vertex> ring) noexcept;

/// Triples of indexes into the rings laid end to end; `rings[0]` is the outline, the others
/// are holes, in any orientation, without the closing repeat. Fewer than three points: none.
[[nodiscard]] std::vector<std::uint32_t> triangulate(std::span<const std::vector<Vertex>> rings);

}  // namespace portflow::viz
