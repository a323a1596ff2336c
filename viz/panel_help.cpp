// The sheet of keys.
#include <algorithm>

#include "viz/panel.hpp"

namespace portflow::viz {

void panel_help(Frame& f) {
  struct Key {
    const char* key;
    Text what;
  };
  constexpr Key keys[] = {{"Space", Text::help_play},
                          {"Shift+Space", Text::help_reverse},
                          {"Left / Right", Text::help_step},
                          {"Up / Down", Text::help_speed},
                          {"Home / End", Text::help_ends},
                          {"N / P", Text::help_breach},
                          {"1 .. 9, B", Text::help_bookmark},
                          {"/", Text::help_search},
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
  Canvas& c = f.canvas;
  c.fill(f.area, with_alpha(f.colours.bg, 0.6f));
  if (f.hit("behind", f.area).pressed) f.view.help = false;
  // The least window has 720 px.
  const float row = std::min(28.0f, (f.area.h - 88) / f32(std::size(keys)));
  const float high = row * f32(std::size(keys)) + 68;
  const Rect r{f.area.centre().x - 260, f.area.centre().y - high / 2, 520, high};
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line2, 4);
  c.text_mid(Face::lead, {r.x + 24, r.y + 28}, f.colours.text, f.say(Text::help));
  float y = r.y + 66;
  for (const Key& key : keys) {
    const float wide = c.width(Face::caption_strong, key.key) + 16;
    c.fill({r.x + 24, y - 11, wide, 22}, f.colours.control, 4);
    c.text_mid(Face::caption_strong, {r.x + 32, y}, f.colours.text, key.key);
    c.text_fit(Face::body, {r.x + 160, y}, f.colours.text2, f.say(key.what), r.w - 180);
    y += row;
  }
}

}  // namespace portflow::viz
