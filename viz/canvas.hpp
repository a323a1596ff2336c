/// \file canvas.hpp
/// A draw list in logical pixels: scales, snaps to whole pixels, and draws what the design
/// needs (fitted and haloed text, dashed lines, rings, hatching).
#pragma once

#include <imgui.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "viz/fonts.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

/// A point or size in logical px, y down.
struct Point {
  float x{0}, y{0};
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Point operator*(Point a, float k) { return {a.x * k, a.y * k}; }
};
[[nodiscard]] float length(Point p) noexcept;

/// An axis-parallel rectangle in logical px.
struct Rect {
  float x{0}, y{0}, w{0}, h{0};
  [[nodiscard]] constexpr float right() const { return x + w; }
  [[nodiscard]] constexpr float bottom() const { return y + h; }
  [[nodiscard]] constexpr Point centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] constexpr bool contains(Point p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  [[nodiscard]] constexpr bool meets(const Rect& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
  [[nodiscard]] constexpr Rect inset(float by) const {
    return {x + by, y + by, w - 2 * by, h - 2 * by};
  }
};

enum class Align : std::uint8_t { left, centre, right };

/// A number of any kind as float, where the loss is meant.
template <class T>
[[nodiscard]] constexpr float f32(T value) noexcept {
  return static_cast<float>(value);
}

class Canvas {
 public:
  Canvas(ImDrawList& list, const Fonts& fonts, float scale)
      : list_(&list), fonts_(&fonts), scale_(scale) {}

  void fill(Rect r, Colour c, float radius = 0);
  void frame(Rect r, Colour c, float radius = 0, float width = 1);
  void line(Point a, Point b, Colour c, float width = 1);
  void polyline(std::span<const Point> points, Colour c, float width = 1);
  /// Dashes of `on` px every `on + off` px along `points`.
  void dashed(std::span<const Point> points, Colour c, float width, float on, float off);
  void polygon(std::span<const Point> convex, Colour c);
  void disc(Point centre, float radius, Colour c);
  void circle(Point centre, float radius, Colour c, float width = 1);
  /// The part `share` (0..1) of a circle, clockwise from the top.
  void arc(Point centre, float radius, float share, Colour c, float width);
  void dashed_circle(Point centre, float radius, Colour c, float width);
  /// 45-degree lines every 7 px, clipped to `r`.
  void hatch(Rect r, Colour c);
  /// A triangle that points up or down, for changes.
  void arrow(Point centre, float size, bool up, Colour c);
  void tick(Point centre, float size, Colour c);

  /// Text with its top-left, top-centre or top-right at `at`; returns its width.
  float text(Face face, Point at, Colour c, std::string_view words, Align align = Align::left);
  /// As text(), vertically centred on `at.y`.
  float text_mid(Face face, Point at, Colour c, std::string_view words, Align align = Align::left);
  /// As text_mid(), with an ellipsis in its middle where it is wider than `limit`: names of a kind
  /// begin alike and differ at their end.
  float text_fit(Face face, Point at, Colour c, std::string_view words, float width);
  /// As text(), over an outline of one px in `halo`.
  float text_halo(Face face, Point at, Colour c, Colour halo, std::string_view words,
                  Align align = Align::left);
  [[nodiscard]] float width(Face face, std::string_view words) const;
  [[nodiscard]] float height(Face face) const;

  void clip(Rect r);
  void unclip();

  [[nodiscard]] ImDrawList& list() noexcept { return *list_; }
  [[nodiscard]] float scale() const noexcept { return scale_; }
  [[nodiscard]] ImVec2 px(Point p) const noexcept { return {p.x * scale_, p.y * scale_}; }

 private:
  ImDrawList* list_;
  const Fonts* fonts_;
  float scale_;
};

}  // namespace portflow::viz
