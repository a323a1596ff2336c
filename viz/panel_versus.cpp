// One map, or two on one camera: side by side, as a difference, or either side of a handle.
#include <algorithm>
#include <utility>

#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

float screen_wide(const Frame& f) {
  return ImGui::GetIO().DisplaySize.x / f.canvas.scale();
}

/// Where A ends and B begins.
float handle_x(const Frame& f) {
  return f.area.x + f.area.w * f.view.swipe;
}

void move_handle(Frame& f) {
  const Hit it = f.hit("handle", {handle_x(f) - 8, f.area.y, 16, f.area.h});
  if (it.hovered || it.held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (it.held) f.view.swipe = std::clamp((f.mouse().x - f.area.x) / f.area.w, 0.02f, 0.98f);
}

void draw_handle(Canvas& c, const Frame& f) {
  const float x = handle_x(f);
  c.fill({x - 1, f.area.y, 2, f.area.h}, f.colours.text);
  const Point at{x, f.area.centre().y};
  c.disc(at, 14, f.colours.text);
  for (const float way : {-1.0f, 1.0f}) {
    Point points[] = {
        {at.x + way * 9, at.y}, {at.x + way * 3, at.y - 5}, {at.x + way * 3, at.y + 5}};
    if (way > 0) std::swap(points[1], points[2]);
    c.polygon(points, f.colours.panel);
  }
}

void versus_buttons(Frame& f) {
  struct Choice {
    Versus versus;
    Text words;
  };
  float x = f.area.right() - 12;
  for (const Choice& choice :
       {Choice{Versus::difference, Text::difference}, Choice{Versus::swipe, Text::swipe},
        Choice{Versus::split, Text::split}}) {
    const char* words = f.say(choice.words);
    const float wide = f.canvas.width(Face::caption_strong, words) + 22;
    x -= wide;
    if (f.button(words, {x, f.area.y + 12, wide, 28}, words, f.view.versus == choice.versus)) {
      f.view.versus = choice.versus;
    }
    x -= 4;
  }
}

void change_legend(Canvas& c, const Frame& f) {
  const Rect a = f.area;
  float x = a.x + 24;
  const float y = a.bottom() - 28;
  struct Entry {
    Colour colour;
    Text words;
  };
  const Entry entries[] = {{f.colours.better, Text::shorter_wait},
                           {f.colours.worse, Text::longer_wait},
                           {f.colours.text3, Text::about_same}};
  float wide = 16;
  for (const Entry& e : entries) wide += c.width(Face::caption, f.say(e.words)) + 38;
  if (wide > a.w - 180) return;
  c.fill({a.x + 12, y - 16, wide, 32}, with_alpha(f.colours.panel, 0.94f), 4);
  c.frame({a.x + 12, y - 16, wide, 32}, f.colours.line, 4);
  for (const Entry& e : entries) {
    c.disc({x + 6, y}, 6, e.colour);
    x += 20 + c.text_mid(Face::caption, {x + 20, y}, f.colours.text2, f.say(e.words)) + 18;
  }
}

}  // namespace

void panel_ground_b(Frame& f) {
  // Two maps over one another have one ground.
  if (!swipes(f.view, screen_wide(f))) panel_ground(f);
}

void panel_map(Frame& f) {
  const bool two = f.view.tab == Tab::compare;
  const bool over = two && swipes(f.view, screen_wide(f));
  if (over) f.canvas.clip({f.area.x, f.area.y, f.area.w * f.view.swipe, f.area.h});
  draw_map(f, two ? f.say(Text::map_of_a) : nullptr, 0);
  if (over) f.canvas.unclip();
}

void panel_map_b(Frame& f) {
  if (f.other == nullptr) {
    f.card();
    f.empty_state(Text::open_second, Text::open_second_hint, f.area);
    return;
  }
  const bool over = swipes(f.view, screen_wide(f));
  const bool difference = f.view.versus == Versus::difference;
  Frame second{f.canvas,
               f.area,
               *f.other,
               f.map,
               f.view,
               f.other_archive,
               nullptr,
               nullptr,
               f.comparison,
               f.colours,
               f.marks,
               f.still,
               difference ? &f.store : nullptr};
  versus_buttons(f);
  if (over) move_handle(f);
  const float left = over ? f.area.w * f.view.swipe : 0;
  f.canvas.clip({f.area.x + left, f.area.y, f.area.w - left, f.area.h});
  draw_map(second, f.say(difference ? Text::map_of_change : Text::map_of_b), left);
  if (difference) change_legend(f.canvas, f);
  f.canvas.unclip();
  if (over) draw_handle(f.canvas, f);
  versus_buttons(f);
}

}  // namespace portflow::viz
