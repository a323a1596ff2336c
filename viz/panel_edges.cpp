// The edges between areas: dragged, they make the column at the side wider and the dock higher.
#include <algorithm>

#include "viz/panel.hpp"

namespace portflow::viz {

void panel_side_edge(Frame& f) {
  const Hit it = f.hit("edge", f.area);
  if (it.hovered || it.held) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    f.canvas.fill({f.area.centre().x - 1, f.area.y, 2, f.area.h}, f.colours.accent);
  }
  if (!it.held) return;
  const float right = ImGui::GetIO().DisplaySize.x / f.canvas.scale() - 8;
  f.view.side_wide = std::max(1.0f, right - f.mouse().x - f.area.w / 2);
}

void panel_dock_edge(Frame& f) {
  const Hit it = f.hit("edge", f.area);
  if (it.hovered || it.held) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
    f.canvas.fill({f.area.x, f.area.centre().y - 1, f.area.w, 2}, f.colours.accent);
  }
  if (!it.held) return;
  const float bottom = ImGui::GetIO().DisplaySize.y / f.canvas.scale() - 24 - 8;
  f.view.dock_high = std::max(1.0f, bottom - f.mouse().y - f.area.h / 2 - 152);
}

}  // namespace portflow::viz
