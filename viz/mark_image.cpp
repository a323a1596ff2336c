#include "viz/mark_image.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::viz {

void MarkImage::begin(Rect area, float scale) {
  const int wide = static_cast<int>(std::ceil(area.w * scale));
  const int high = static_cast<int>(std::ceil(area.h * scale));
  area_ = area;
  scale_ = scale;
  revision_ = 0x243f6a8885a308d3ull;
  if (wide != width_ || high != height_) {
    width_ = std::max(wide, 0);
    height_ = std::max(high, 0);
    pixels_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), 0);
    const int down = (height_ + tile - 1) / tile;
    touched_.assign(static_cast<std::size_t>(across() * down), false);
    return;
  }
  for (std::size_t t = 0; t < touched_.size(); ++t) {
    if (!touched_[t]) continue;
    touched_[t] = false;
    const int x = static_cast<int>(t) % across() * tile;
    const int y = static_cast<int>(t) / across() * tile;
    for (int row = y; row < std::min(y + tile, height_); ++row) {
      std::fill_n(pixels_.begin() + std::ptrdiff_t{row} * width_ + x, std::min(tile, width_ - x),
                  0u);
    }
  }
}

void MarkImage::mark(Point at, float size, Colour colour) {
  const int side = std::max(1, static_cast<int>(std::lround(size * scale_)));
  const int left = static_cast<int>(std::lround((at.x - area_.x - size / 2) * scale_));
  const int top = static_cast<int>(std::lround((at.y - area_.y - size / 2) * scale_));
  const int x0 = std::max(left, 0);
  const int y0 = std::max(top, 0);
  const int x1 = std::min(left + side, width_);
  const int y1 = std::min(top + side, height_);
  if (x0 >= x1 || y0 >= y1) return;
  for (int y = y0; y < y1; ++y) {
    std::fill_n(pixels_.begin() + std::ptrdiff_t{y} * width_ + x0, x1 - x0, colour);
  }
  for (const int y : {y0, y1 - 1}) {
    for (const int x : {x0, x1 - 1}) {
      touched_[static_cast<std::size_t>(y / tile * across() + x / tile)] = true;
    }
  }
  const auto place = static_cast<std::uint64_t>(y0) << 20 | static_cast<std::uint64_t>(x0);
  revision_ = (revision_ ^ place ^ std::uint64_t{colour} << 32) * 0x9e3779b97f4a7c15ull;
  revision_ ^= revision_ >> 29;
}

void MarkImage::draw(Canvas& canvas) {
  const int down = (height_ + tile - 1) / tile;
  const ImVec2 origin = canvas.px({area_.x, area_.y});
  const auto wide = static_cast<float>(width_);
  const auto high = static_cast<float>(height_);
  for (int row = 0; row < down; ++row) {
    for (int column = 0; column < across(); ++column) {
      const auto touched = [&](int at) {
        return at < across() && touched_[static_cast<std::size_t>(row * across() + at)];
      };
      if (!touched(column)) continue;
      const int first = column;
      while (touched(column)) ++column;
      const auto x0 = static_cast<float>(first * tile);
      const auto y0 = static_cast<float>(row * tile);
      const float x1 = std::min(static_cast<float>(column * tile), wide);
      const float y1 = std::min(y0 + tile, high);
      canvas.list().AddImage(this, {origin.x + x0, origin.y + y0}, {origin.x + x1, origin.y + y1},
                             {x0 / wide, y0 / high}, {x1 / wide, y1 / high});
    }
  }
}

}  // namespace portflow::viz
