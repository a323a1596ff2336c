/// \file mark_image.hpp
/// Small marks by the hundred thousand: set as pixels of a picture that is drawn as one.
///
/// In software two triangles a mark cost far more than the pixels they cover; here a mark costs its
/// pixels, and the picture what its tiles cover that hold any.
#pragma once

#include <cstdint>
#include <vector>

#include "viz/canvas.hpp"

namespace portflow::viz {

class MarkImage {
 public:
  /// Clears it for `area` (logical px) at `scale` px each.
  void begin(Rect area, float scale);
  /// A square of `size` about `at`, both in logical px; cut off at the area's edge.
  void mark(Point at, float size, Colour colour);
  /// Adds its tiles to `canvas`.
  void draw(Canvas& canvas);

  [[nodiscard]] int width() const noexcept { return width_; }
  [[nodiscard]] int height() const noexcept { return height_; }
  /// width x height, 0xAABBGGRR, rows from the top.
  [[nodiscard]] const std::uint32_t* pixels() const noexcept { return pixels_.data(); }
  /// Another number for other contents.
  [[nodiscard]] std::uint64_t revision() const noexcept { return revision_; }

 private:
  static constexpr int tile = 32;  // px
  [[nodiscard]] int across() const noexcept { return (width_ + tile - 1) / tile; }

  Rect area_;
  float scale_{1};
  int width_{0}, height_{0};
  std::vector<std::uint32_t> pixels_;
  std::vector<bool> touched_;  // by tile
  std::uint64_t revision_{0};
};

}  // namespace portflow::viz
