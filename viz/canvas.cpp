#include "viz/canvas.hpp"

#include <cmath>
#include <numbers>

namespace portflow::viz {
namespace {

constexpr float turn = 2 * std::numbers::pi_v<float>;
constexpr float top = -std::numbers::pi_v<float> / 2;

}  // namespace

float length(Point p) noexcept {
  return std::sqrt(p.x * p.x + p.y * p.y);
}

void Canvas::fill(Rect r, Colour c, float radius) {
  list_->AddRectFilled(px({r.x, r.y}), px({r.right(), r.bottom()}), c, radius * scale_);
}

void Canvas::frame(Rect r, Colour c, float radius, float width) {
  list_->AddRect(px({r.x, r.y}), px({r.right(), r.bottom()}), c, radius * scale_, 0,
                 width * scale_);
}

void Canvas::line(Point a, Point b, Colour c, float width) {
  list_->AddLine(px(a), px(b), c, width * scale_);
}

void Canvas::polyline(std::span<const Point> points, Colour c, float width) {
  if (points.size() < 2) return;
  for (const Point p : points) list_->PathLineTo(px(p));
  list_->PathStroke(c, 0, width * scale_);
}

void Canvas::dashed(std::span<const Point> points, Colour c, float width, float on, float off) {
  float phase = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point a = points[i - 1];
    const Point along = points[i] - a;
    const float far = length(along);
    if (far <= 0) continue;
    float at = -phase;
    for (; at < far; at += on + off) {
      const float from = std::max(at, 0.0f);
      const float to = std::min(at + on, far);
      if (to > from) line(a + along * (from / far), a + along * (to / far), c, width);
    }
    phase = far - (at - on - off);
  }
}

void Canvas::polygon(std::span<const Point> convex, Colour c) {
  for (const Point p : convex) list_->PathLineTo(px(p));
  list_->PathFillConvex(c);
}

void Canvas::disc(Point centre, float radius, Colour c) {
  list_->AddCircleFilled(px(centre), radius * scale_, c);
}

void Canvas::circle(Point centre, float radius, Colour c, float width) {
  list_->AddCircle(px(centre), radius * scale_, c, 0, width * scale_);
}

void Canvas::arc(Point centre, float radius, float share, Colour c, float width) {
  const float part = std::clamp(share, 0.0f, 1.0f);
  if (part <= 0) return;
  list_->PathArcTo(px(centre), radius * scale_, top, top + turn * part, 48);
  list_->PathStroke(c, 0, width * scale_);
}

void Canvas::dashed_circle(Point centre, float radius, Colour c, float width) {
  constexpr int dashes = 16;
  for (int i = 0; i < dashes; ++i) {
    const float from = top + turn * f32(i) / dashes;
    list_->PathArcTo(px(centre), radius * scale_, from, from + turn * 0.6f / dashes, 4);
    list_->PathStroke(c, 0, width * scale_);
  }
}

void Canvas::hatch(Rect r, Colour c) {
  clip(r);
  for (float x = r.x - r.h; x < r.right(); x += 7) line({x, r.bottom()}, {x + r.h, r.y}, c, 1.5f);
  unclip();
}

void Canvas::arrow(Point centre, float size, bool up, Colour c) {
  const float tip = up ? -size * 0.5f : size * 0.5f;
  list_->AddTriangleFilled(px({centre.x, centre.y + tip}),
                           px({centre.x + size * 0.55f, centre.y - tip}),
                           px({centre.x - size * 0.55f, centre.y - tip}), c);
}

void Canvas::tick(Point centre, float size, Colour c) {
  const Point points[] = {{centre.x - size * 0.5f, centre.y},
                          {centre.x - size * 0.1f, centre.y + size * 0.4f},
                          {centre.x + size * 0.55f, centre.y - size * 0.4f}};
  polyline(points, c, 2);
}

float Canvas::text(Face face, Point at, Colour c, std::string_view words, Align align) {
  if (words.empty()) return 0;
  const float wide = width(face, words);
  if (align == Align::centre) at.x -= wide / 2;
  if (align == Align::right) at.x -= wide;
  const ImFont* font = (*fonts_)[face];
  list_->AddText(font, font->FontSize, {std::round(at.x * scale_), std::round(at.y * scale_)}, c,
                 words.data(), words.data() + words.size());
  return wide;
}

float Canvas::text_mid(Face face, Point at, Colour c, std::string_view words, Align align) {
  return text(face, {at.x, at.y - height(face) / 2}, c, words, align);
}

float Canvas::text_fit(Face face, Point at, Colour c, std::string_view words, float limit) {
  if (width(face, words) <= limit) return text_mid(face, at, c, words);
  // A UTF-8 character goes as a whole: its trailing bytes are 10xxxxxx.
  const auto is_inside = [&](std::size_t byte) {
    return (static_cast<unsigned char>(words[byte]) & 0xc0) == 0x80;
  };
  std::size_t head = words.size() / 2;
  while (head > 0 && is_inside(head)) --head;
  std::size_t tail = head;  // where the end that is kept begins
  const auto cut = [&] {
    return std::string(words.substr(0, head)) + "\u2026" + std::string(words.substr(tail));
  };
  while (width(face, cut()) > limit && (head > 0 || tail < words.size())) {
    // Two thirds of what is left are the end.
    if (tail < words.size() && (head == 0 || words.size() - tail > 2 * head)) {
      ++tail;
      while (tail < words.size() && is_inside(tail)) ++tail;
    } else {
      --head;
      while (head > 0 && is_inside(head)) --head;
    }
  }
  return text_mid(face, at, c, cut());
}

float Canvas::text_halo(Face face, Point at, Colour c, Colour halo, std::string_view words,
                        Align align) {
  constexpr Point around[] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
  for (const Point off : around) text(face, at + off, halo, words, align);
  return text(face, at, c, words, align);
}

float Canvas::width(Face face, std::string_view words) const {
  const ImFont* font = (*fonts_)[face];
  return font->CalcTextSizeA(font->FontSize, 1e9f, 0, words.data(), words.data() + words.size()).x /
         scale_;
}

float Canvas::height(Face face) const {
  return (*fonts_)[face]->FontSize / scale_;
}

void Canvas::clip(Rect r) {
  list_->PushClipRect(px({r.x, r.y}), px({r.right(), r.bottom()}), true);
}

void Canvas::unclip() {
  list_->PopClipRect();
}

}  // namespace portflow::viz
