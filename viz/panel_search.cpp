// Search by name: what begins like the words, with its kind; Enter or a click opens the card.
#include <fmt/format.h>

#include <algorithm>

#include "viz/entity_words.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

constexpr float row_high = 30;

void results(Frame& f, Rect r, const std::vector<Found>& found) {
  Canvas& c = f.canvas;
  const auto fit = static_cast<std::size_t>(r.h / row_high);
  for (std::size_t i = 0; i < std::min(found.size(), fit); ++i) {
    const Rect row{r.x, r.y + row_high * f32(i), r.w, row_high};
    const Hit it = f.hit(fmt::format("found{}", i).c_str(), row);
    if (it.hovered || i == f.view.search_row) c.fill(row, f.colours.control, 4);
    const trace::RoleInfo& role = f.store.schema().roles[found[i].role];
    const float y = row.centre().y;
    c.fill({row.x + 10, y - 6, 12, 12},
           f.colours.flow[static_cast<std::size_t>(flow_of(role.flow))], 2);
    const std::string kind = type_title(role.type, f.view.language);
    const float wide = c.width(Face::caption, kind);
    c.text_fit(Face::label, {row.x + 32, y}, f.colours.text, found[i].name, row.w - wide - 60);
    c.text_mid(Face::caption, {row.right() - 12, y}, f.colours.text2, kind, Align::right);
    if (it.pressed) {
      choose(f.view, found[i].entity);
      f.view.search = {};
    }
  }
}

/// Up, down and Enter walk the list.
void walk(Frame& f, const std::vector<Found>& found) {
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); };
  std::size_t& row = f.view.search_row;
  if (pressed(ImGuiKey_DownArrow) && row + 1 < found.size()) ++row;
  if (pressed(ImGuiKey_UpArrow) && row > 0) --row;
  row = std::min(row, found.empty() ? 0 : found.size() - 1);
  if ((pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeyPadEnter)) && !found.empty()) {
    choose(f.view, found[row].entity);
    f.view.search = {};
    f.view.search_row = 0;
  }
}

}  // namespace

void panel_search(Frame& f) {
  Canvas& c = f.canvas;
  c.fill(f.area, with_alpha(f.colours.bg, 0.6f));
  const float wide = std::min(640.0f, f.area.w - 80);
  const Rect r{f.area.centre().x - wide / 2, f.area.y + 96, wide, std::min(520.0f, f.area.h - 200)};
  if (f.hit("beside", f.area).pressed && !r.contains(f.mouse())) {
    f.view.search = {};
    return;
  }
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line2, 4);
  const Rect field{r.x + 16, r.y + 16, r.w - 32, 36};
  type_into(f, f.view.search.text, field, f.say(Text::search_hint));
  const Rect list{field.x, field.bottom() + 12, field.w, r.bottom() - field.bottom() - 24};
  if (f.archive == nullptr) {
    f.empty_state(Text::no_file, Text::no_file_hint, list);
    return;
  }
  if (f.view.search.text.empty()) {
    f.empty_state(Text::search_what, Text::search_example, list);
    return;
  }
  const auto found = f.archive->search(f.view.search.text);
  if (!found) {
    f.empty_state(Text::reading, Text::reading_hint, list);
    return;
  }
  if (const std::string trouble = f.archive->trouble(); !trouble.empty()) {
    f.empty_state(Text::search_failed, trouble, list);
    return;
  }
  walk(f, *found);
  if (!f.view.search.open) return;
  if (found->empty()) {
    f.empty_state(Text::search_none, Text::search_example, list);
    return;
  }
  results(f, list, *found);
}

}  // namespace portflow::viz
