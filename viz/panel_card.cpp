// The card of the chosen entity: who it is, what it carries, whence one came to it.
#include <fmt/format.h>

#include <algorithm>

#include "viz/entity_words.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

/// Joins as many lines as fit into `room`.
std::string joined(const Canvas& c, const std::vector<std::string>& lines, std::size_t& next,
                   float room) {
  std::string out;
  for (; next < lines.size(); ++next) {
    const std::string longer = out.empty() ? lines[next] : out + " · " + lines[next];
    if (!out.empty() && c.width(Face::label, longer) > room) break;
    out = longer;
  }
  return out;
}

void buttons(Frame& f, const Life& life, float x, float y) {
  struct Action {
    const char* id;
    Text words;
    const char* key;
    bool on;
  };
  const Action actions[] = {{"follow", Text::follow, "F", f.view.following},
                            {"find", Text::find, "/", false},
                            {"copy", Text::copy_id, "Y", false},
                            {"close", Text::close_card, "Esc", false}};
  for (const Action& action : actions) {
    const std::string label = fmt::format("{}  {}", f.say(action.words), action.key);
    const float wide = f.canvas.width(Face::caption_strong, label) + 20;
    if (x + wide > f.area.right() - 10) break;
    if (f.button(action.id, {x, y, wide, 26}, label.c_str(), action.on)) {
      if (action.words == Text::follow) f.view.following = !f.view.following;
      if (action.words == Text::find) f.view.search.open = true;
      if (action.words == Text::close_card) go_up(f.view);
      if (action.words == Text::copy_id) {
        f.view.clipboard = life.name;
        remark(f.view, std::string(f.say(Text::copied)) + "  " + life.name);
      }
    }
    x += wide + 6;
  }
}

/// `from X < Y`: a click goes back.
void trail(Frame& f, float y) {
  if (f.view.trail.empty()) return;
  const auto from = f.archive->life(f.view.trail.back());
  const std::string words = fmt::format("‹ {}", from ? from->name : f.say(Text::reading));
  const Rect r{f.area.x + 12, y - 9, f.area.w - 24, 18};
  const Hit it = f.hit("trail", r);
  f.canvas.text_fit(Face::caption, {r.x, y}, it.hovered ? f.colours.text : f.colours.accent, words,
                    r.w);
  if (it.pressed) go_up(f.view);
}

}  // namespace

void panel_card(Frame& f) {
  Canvas& c = f.canvas;
  const Rect a = f.area;
  c.fill(a, f.colours.panel, 4);
  c.frame(a, f.colours.bookmark, 4, 1.5f);
  if (f.archive == nullptr || !f.view.chosen) {
    f.empty_state(Text::no_file, Text::no_file_hint, a);
    return;
  }
  const auto life = f.archive->life(*f.view.chosen);
  if (!life) {
    f.empty_state(Text::reading, Text::reading_hint, a);
    return;
  }
  const trace::Schema& schema = f.store.schema();
  const bool known = life->known && life->born.role < schema.roles.size();
  const float left = a.x + 12;
  const float right = a.right() - 12;
  if (known) {
    const trace::RoleInfo& role = schema.roles[life->born.role];
    c.fill({left, a.y + 16, 16, 16}, f.colours.flow[static_cast<std::size_t>(flow_of(role.flow))],
           2);
    std::string kind = type_title(role.type, f.view.language);
    if (!role.flow.empty()) {
      kind += std::string(" · ") + flow_title(flow_of(role.flow), f.view.language);
    }
    c.text_mid(Face::caption, {right, a.y + 48}, f.colours.text2, kind, Align::right);
    const float room = right - left - c.width(Face::caption, kind) - 12;
    const std::string born =
        fmt::format("{} {} {}", f.say(Text::born), short_day_text(life->born.at, f.view.language),
                    clock_text(life->born.at, false));
    c.text_fit(Face::caption, {left, a.y + 48}, f.colours.text2, born, room);
  }
  c.text_fit(Face::lead, {left + (known ? 26.0f : 0.0f), a.y + 24}, f.colours.text, life->name,
             right - left - 26);
  std::size_t next = 0;
  const auto lines = attribute_lines(*life, f.store, f.view.language);
  for (const float y : {70.0f, 90.0f}) {
    const std::string line = joined(c, lines, next, right - left);
    c.text_fit(Face::label, {left, a.y + y}, f.colours.text, line, right - left);
  }
  trail(f, a.y + 111);
  buttons(f, *life, left, a.bottom() - 36);
}

}  // namespace portflow::viz
