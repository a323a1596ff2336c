// The sheet of keys.
#include <algorithm>

#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

constexpr HelpLine keyboard[] = {{"Space", Text::help_play},
                                 {"Shift+Space", Text::help_reverse},
                                 {"Left / Right", Text::help_step},
                                 {"Shift+Left / Right", Text::help_hour},
                                 {"Ctrl+Left / Right", Text::help_day},
                                 {"Up / Down", Text::help_speed},
                                 {"Home / End", Text::help_ends},
                                 {"N / P", Text::help_breach},
                                 {"1 .. 9, B", Text::help_bookmark},
                                 {"/", Text::help_search},
                                 {"Enter", Text::help_enter},
                                 {"F", Text::help_follow},
                                 {"Y", Text::help_copy},
                                 {"M T L C", Text::help_tabs},
                                 {"X", Text::help_colour},
                                 {"D", Text::help_versus},
                                 {"[ / ]", Text::help_panels},
                                 {"0", Text::help_fit},
                                 {"+ / -", Text::help_map},
                                 {"G", Text::help_language},
                                 {"K", Text::help_theme},
                                 {"Ctrl + / -", Text::help_size},
                                 {"F11", Text::help_slide},
                                 {"?", Text::help_close},
                                 {"Esc", Text::help_escape}};
constexpr HelpLine mouse[] = {{"Click", Text::mouse_click},
                              {"Drag", Text::mouse_drag},
                              {"Drag", Text::mouse_dock},
                              {"Shift+Drag", Text::mouse_span},
                              {"Wheel, Ctrl+Wheel", Text::mouse_wheel},
                              {"Wheel sideways", Text::mouse_sideways},
                              {"Drag", Text::mouse_edges}};

void draw_lines(Frame& f, std::span<const HelpLine> lines, Rect r, float row) {
  Canvas& c = f.canvas;
  float y = r.y + row / 2;
  for (const HelpLine& line : lines) {
    const float wide = c.width(Face::caption_strong, line.keys) + 16;
    c.fill({r.x, y - 11, wide, 22}, f.colours.control, 4);
    c.text_mid(Face::caption_strong, {r.x + 8, y}, f.colours.text, line.keys);
    c.text_fit(Face::body, {r.x + 152, y}, f.colours.text2, f.say(line.what), r.w - 152);
    y += row;
  }
}

}  // namespace

std::array<std::span<const HelpLine>, 2> help_lines() noexcept {
  return {keyboard, mouse};
}

void panel_help(Frame& f) {
  Canvas& c = f.canvas;
  c.fill(f.area, with_alpha(f.colours.bg, 0.6f));
  if (f.hit("behind", f.area).pressed) f.view.help = false;
  // The least window has 720 px.
  const float row = std::min(28.0f, (f.area.h - 88) / f32(std::size(keyboard)));
  const float high = row * f32(std::size(keyboard)) + 72;
  const Rect r{f.area.centre().x - 500, f.area.centre().y - high / 2, 1000, high};
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line2, 4);
  c.text_mid(Face::lead, {r.x + 24, r.y + 28}, f.colours.text, f.say(Text::help));
  draw_lines(f, keyboard, {r.x + 24, r.y + 54, 464, r.h - 54}, row);
  const float right = r.x + 512;
  c.line({right - 12, r.y + 54}, {right - 12, r.bottom() - 18}, f.colours.line);
  c.text_mid(Face::lead, {right, r.y + 28}, f.colours.text, f.say(Text::help_mouse));
  draw_lines(f, mouse, {right, r.y + 54, r.right() - 24 - right, r.h - 54}, row);
}

}  // namespace portflow::viz
