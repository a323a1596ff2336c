// Which figures of a row show where there is no room for all of them.
#include <algorithm>

#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

constexpr float narrow = 1484;  // of the row, in a window of 1,500 px
constexpr std::size_t few = 3;
constexpr float arrows_wide = 28;

void arrow(Frame& f, Rect r, bool forward, bool on) {
  Canvas& c = f.canvas;
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line, 4);
  const Point m = r.centre();
  const float d = forward ? 4.0f : -4.0f;
  const Point tip[] = {{m.x - d / 2, m.y - 5}, {m.x + d / 2, m.y}, {m.x - d / 2, m.y + 5}};
  c.polyline(tip, on ? f.colours.text : f.colours.line2, 2);
}

}  // namespace

TileRow scroll_tiles(Frame& f, std::size_t count) {
  if (f.area.w >= narrow || count <= few) return {f.area, 0, count};
  const std::size_t last = count - few;
  std::size_t& first = f.view.first_figure;
  first = std::min(first, last);
  const float high = (f.area.h - 4) / 2;
  const Rect forth{f.area.right() - arrows_wide, f.area.y, arrows_wide, high};
  const Rect back{forth.x, forth.bottom() + 4, arrows_wide, high};
  if (f.hit("more_figures", forth).pressed && first < last) ++first;
  if (f.hit("earlier_figures", back).pressed && first > 0) --first;
  const float wheel = ImGui::GetIO().MouseWheel - ImGui::GetIO().MouseWheelH;
  if (f.area.contains(f.mouse()) && !f.still && wheel != 0) {
    if (wheel < 0 && first < last) ++first;
    if (wheel > 0 && first > 0) --first;
  }
  arrow(f, forth, true, first < last);
  arrow(f, back, false, first > 0);
  return {{f.area.x, f.area.y, f.area.w - arrows_wide - 8, f.area.h}, first, few};
}

}  // namespace portflow::viz
