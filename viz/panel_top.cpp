// The bar on top: which trace, what time it is there, language, theme and help.
#include <fmt/format.h>

#include <algorithm>

#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

std::string trace_title(const Frame& f) {
  const trace::Schema& schema = f.store.schema();
  const std::string& title = pick(schema.scenario_title, f.view.language);
  return title.empty() ? schema.scenario_name : title;
}

/// Which run of it: the replication and what was switched on.
std::string run_title(const Frame& f) {
  const trace::Schema& schema = f.store.schema();
  const std::string run =
      fmt::format("{} · {} {}", schema.scenario_name, f.say(Text::replication), schema.replication);
  if (schema.measures.empty()) return run + " · " + f.say(Text::baseline);
  return run +
         fmt::format(" · {} {}", f.say(Text::with_measures), fmt::join(schema.measures, ", "));
}

std::string shift_text(const Frame& f) {
  const auto hour = time_of_day(f.view.now) / std::chrono::hours(1);
  std::string shift = f.say(hour >= 8 && hour < 20 ? Text::day_shift : Text::night_shift);
  if (f.store.is_holiday(f.view.now)) {
    shift += std::string(" · ") + f.say(Text::holiday);
  } else if (weekday_of(f.view.now) >= 5) {
    shift += std::string(" · ") + f.say(Text::weekend);
  }
  return shift;
}

/// A half-filled disc: dark and light.
void theme_icon(Frame& f, Point c) {
  f.canvas.circle(c, 6, f.colours.text, 1.5f);
  ImDrawList& list = f.canvas.list();
  list.PathArcTo(f.canvas.px(c), 6 * f.canvas.scale(), -1.5708f, 1.5708f, 16);
  list.PathFillConvex(f.colours.text);
}

/// The tabs, right to left from `right`. \returns where they begin
float tabs(Frame& f, float right) {
  struct Choice {
    Tab tab;
    Text words;
  };
  constexpr Choice all[] = {{Tab::compare, Text::tab_compare},
                            {Tab::lanes, Text::tab_lanes},
                            {Tab::terminal, Text::tab_terminal},
                            {Tab::map, Text::tab_map}};
  float x = right;
  for (const Choice& choice : all) {
    const bool on = f.view.tab == choice.tab;
    const Face face = on ? Face::label_strong : Face::label;
    const float wide = f.canvas.width(Face::label_strong, f.say(choice.words)) + 28;
    x -= wide;
    const Rect r{x, f.area.y, wide, f.area.h};
    const Hit it = f.hit(f.say(choice.words), r);
    f.canvas.text_mid(face, r.centre(), on || it.hovered ? f.colours.text : f.colours.text2,
                      f.say(choice.words), Align::centre);
    if (on) f.canvas.fill({r.x + 6, r.bottom() - 3, r.w - 12, 3}, f.colours.accent);
    if (it.pressed) f.view.tab = choice.tab;
  }
  return x;
}

}  // namespace

void panel_top(Frame& f) {
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float y = a.centre().y;
  c.fill(a, f.colours.panel);
  c.line({a.x, a.bottom() - 0.5f}, {a.right(), a.bottom() - 0.5f}, f.colours.line);

  const float brand = c.text_mid(Face::lead, {16, y}, f.colours.text, "portflow");
  c.line({28 + brand, y - 12}, {28 + brand, y + 12}, f.colours.line2);
  const float right = a.right() - 16;
  const Rect help{right - 36, y - 15, 36, 30};
  const Rect theme{help.x - 44, y - 15, 36, 30};
  const Rect en{theme.x - 56, y - 15, 48, 30};
  const Rect zh{en.x - 48, y - 15, 48, 30};
  const float first_tab = tabs(f, zh.x - 12);
  // In the middle, unless the tabs reach there; the year goes where even that is too much.
  std::string clock = date_text(f.view.now, f.view.language) + "  " + clock_text(f.view.now);
  constexpr float least_title = 160;
  if (first_tab - 20 - c.width(Face::clock, clock) < 65 + brand + least_title) {
    clock = short_day_text(f.view.now, f.view.language) + "  " + clock_text(f.view.now, false);
  }
  const float half = c.width(Face::clock, clock) / 2;
  const float middle = std::min(a.centre().x, first_tab - 20 - half);
  const float room = middle - half - 65 - brand;
  c.text_fit(Face::label, {41 + brand, y - 9}, f.colours.text, trace_title(f), room);
  c.text_fit(Face::axis, {41 + brand, y + 10}, f.colours.text3, run_title(f), room);
  c.text_mid(Face::clock, {middle, y}, f.colours.text, clock, Align::centre);

  const float shift_x = middle + half + 32;
  const std::string shift = shift_text(f);
  if (shift_x + c.width(Face::label, shift) < first_tab - 8) {
    c.text_mid(Face::label, {shift_x, y}, f.colours.text2, shift);
  }
  const bool chinese = f.view.language == Language::zh;
  c.fill({zh.x, zh.y, en.right() - zh.x, 30}, f.colours.control, 4);
  if (f.button("zh", zh, "中文", chinese)) f.view.language = Language::zh;
  if (f.button("en", en, "EN", !chinese)) f.view.language = Language::en;
  if (f.button("theme", theme, "")) {
    f.view.theme = f.view.theme == Theme::dark ? Theme::light : Theme::dark;
  }
  theme_icon(f, theme.centre());
  if (f.button("help", help, "?", f.view.help)) f.view.help = !f.view.help;
}

}  // namespace portflow::viz
