#include <array>

#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

constexpr std::array<Panel, 25> all{{{"top", &Layout::top, panel_top},
                                     {"kpi", &Layout::kpi, panel_kpi},
                                     {"ground", &Layout::map, panel_ground},
                                     {"map", &Layout::map, panel_map},
                                     {"ground_b", &Layout::map_b, panel_ground_b},
                                     {"map_b", &Layout::map_b, panel_map_b},
                                     {"queues", &Layout::queues, panel_queues},
                                     {"causes", &Layout::causes, panel_causes},
                                     {"card", &Layout::card, panel_card},
                                     {"why", &Layout::why, panel_why},
                                     {"account", &Layout::account, panel_account},
                                     {"strip", &Layout::strip, panel_strip},
                                     {"terminal", &Layout::terminal, panel_terminal},
                                     {"verdict", &Layout::verdict, panel_verdict},
                                     {"pairs", &Layout::tiles, panel_pairs},
                                     {"strip_b", &Layout::strip_b, panel_strip_b},
                                     {"movers", &Layout::movers, panel_movers},
                                     {"gantt", &Layout::gantt, panel_gantt},
                                     {"heat", &Layout::heat, panel_heat},
                                     {"distribution", &Layout::distribution, panel_distribution},
                                     {"time_ground", &Layout::dock, panel_time_ground},
                                     {"time", &Layout::dock, panel_time},
                                     {"side_edge", &Layout::side_edge, panel_side_edge},
                                     {"dock_edge", &Layout::dock_edge, panel_dock_edge},
                                     {"status", &Layout::status, panel_status}}};

}  // namespace

std::span<const Panel> panels() noexcept {
  return all;
}

Hit Frame::hit(const char* name, Rect r) const {
  ImGui::SetCursorScreenPos(canvas.px({r.x, r.y}));
  const ImVec2 size = canvas.px({std::max(1.0f, r.w), std::max(1.0f, r.h)});
  Hit hit;
  hit.pressed = ImGui::InvisibleButton(name, size);
  hit.hovered = ImGui::IsItemHovered();
  hit.held = ImGui::IsItemActive();
  return hit;
}

Point Frame::mouse() const {
  const ImVec2 at = ImGui::GetMousePos();
  return {at.x / canvas.scale(), at.y / canvas.scale()};
}

void Frame::copyable(const char* name, Rect r, const std::string& value,
                     const std::string& definition) {
  const Hit it = hit(name, r);
  if (!it.hovered) return;
  const std::string all = value + (definition.empty() ? "" : "  \u00b7  " + definition);
  view.hovered_value = all;
  canvas.line({r.x, r.bottom()}, {r.right(), r.bottom()}, colours.accent, 1);
  if (!it.pressed) return;
  view.clipboard = all;
  remark(view, std::string(say(Text::copied)) + "  " + all);
}

bool Frame::button(const char* name, Rect r, const char* label, bool on) {
  const Hit it = hit(name, r);
  canvas.fill(r, on ? colours.accent : it.hovered ? colours.line2 : colours.control, 4);
  canvas.text_mid(on ? Face::caption_strong : Face::caption, r.centre(),
                  on ? colours.on_accent : colours.text, label, Align::centre);
  return it.pressed;
}

void Frame::card() {
  canvas.fill(area, colours.panel, 4);
  canvas.frame(area, colours.line, 4);
}

void Frame::empty_state(Text sentence, Text hint, Rect r) {
  empty_state(sentence, say(hint), r);
}

void Frame::empty_state(Text sentence, std::string_view hint, Rect r) {
  const Point c = r.centre();
  canvas.text_mid(Face::lead, {c.x, c.y - 12}, colours.text2, say(sentence), Align::centre);
  canvas.text_mid(Face::label, {c.x, c.y + 14}, colours.text3, hint, Align::centre);
}

}  // namespace portflow::viz
