// How to play: buttons, speed, places to jump to, bookmarks.
#include <algorithm>
#include <cmath>

#include "viz/format.hpp"
#include "viz/panel.hpp"
#include "viz/time_axis.hpp"

namespace portflow::viz {
namespace {

enum class Icon : std::uint8_t { begin, back, play, pause, end };

void draw_icon(Canvas& c, Icon icon, Point at, Colour colour) {
  const auto triangle = [&](float x, float dir) {
    const Point points[] = {
        {at.x + x - 4 * dir, at.y - 6}, {at.x + x + 5 * dir, at.y}, {at.x + x - 4 * dir, at.y + 6}};
    if (dir > 0) {
      c.polygon(points, colour);
    } else {
      const Point turned[] = {points[0], points[2], points[1]};
      c.polygon(turned, colour);
    }
  };
  if (icon == Icon::begin) {
    c.fill({at.x - 7, at.y - 6, 2.5f, 12}, colour);
    triangle(1, -1);
  } else if (icon == Icon::back) {
    triangle(-0.5f, -1);
  } else if (icon == Icon::play) {
    triangle(0.5f, 1);
  } else if (icon == Icon::pause) {
    c.fill({at.x - 5, at.y - 6, 3.5f, 12}, colour);
    c.fill({at.x + 1.5f, at.y - 6, 3.5f, 12}, colour);
  } else {
    triangle(-1, 1);
    c.fill({at.x + 4.5f, at.y - 6, 2.5f, 12}, colour);
  }
}

bool icon_button(Frame& f, const char* name, Rect r, Icon icon, bool on) {
  const bool pressed = f.button(name, r, "", on);
  draw_icon(f.canvas, icon, r.centre(), on ? f.colours.on_accent : f.colours.text);
  return pressed;
}

/// The speed as a number, which a click lets one type.
float typed_speed(Frame& f, Rect r) {
  Canvas& c = f.canvas;
  Entry& entry = f.view.speed_entry;
  if (entry.open) {
    type_into(f, entry.text, r, f.say(Text::typed_speed));
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter))) {
      if (const auto speed = read_speed(entry.text)) f.view.speed = *speed;
      entry = {};
    }
    return r.right() + 14;
  }
  const Hit it = f.hit("type_speed", r);
  c.fill(r, it.hovered ? f.colours.control : f.colours.row, 4);
  c.frame(r, f.colours.line2, 4);
  c.text_mid(Face::label, r.centre(), f.colours.text, speed_text(f.view.speed, f.view.language),
             Align::centre);
  if (it.pressed) entry.open = true;
  return r.right() + 14;
}

float draw_speed(Frame& f, float x, float y) {
  Canvas& c = f.canvas;
  x += c.text_mid(Face::label, {x, y}, f.colours.text2, f.say(Text::speed)) + 14;
  const Rect track{x, y - 2, 220, 4};
  const Hit it = f.hit("speed", {track.x - 8, y - 12, track.w + 16, 24});
  if (it.held) {
    f.view.speed = speed_at(static_cast<double>((f.mouse().x - track.x) / track.w));
  }
  const float share = f32(share_of(f.view.speed));
  c.fill(track, f.colours.control, 2);
  c.fill({track.x, track.y, track.w * share, 4}, f.colours.accent, 2);
  for (const double mark : {60.0, 3600.0, 86400.0}) {
    const float at = track.x + track.w * f32(share_of(mark));
    c.line({at, y + 6}, {at, y + 10}, f.colours.line2);
  }
  c.disc({track.x + track.w * share, y}, it.hovered || it.held ? 8.0f : 7.0f, f.colours.accent);
  return typed_speed(f, {track.right() + 16, y - 14, 92, 28});
}

/// Jumps to the next moment of a kind; gone where the trace has none.
void jump_buttons(Frame& f, float& x, float y, float right) {
  bool first = true;
  struct Jump {
    Breach kind;
    Text words;
  };
  for (const Jump jump : {Jump{Breach::wait, Text::jump_wait}, Jump{Breach::idle, Text::jump_idle},
                          Jump{Breach::late, Text::jump_late}}) {
    if (f.store.breaches().all(jump.kind).empty()) continue;
    const float wide = f.canvas.width(Face::caption, f.say(jump.words)) + 24;
    const float words = first ? f.canvas.width(Face::label, f.say(Text::jump_to)) + 12 : 0;
    if (x + words + wide > right) return;
    if (first) f.canvas.text_mid(Face::label, {x, y}, f.colours.text2, f.say(Text::jump_to));
    x += words;
    first = false;
    if (f.button(f.say(jump.words), {x, y - 14, wide, 28}, f.say(jump.words))) {
      const auto next = f.store.breaches().next(jump.kind, f.view.now, true);
      if (next) {
        go_to(f.view, f.store, *next);
      } else {
        remark(f.view, f.say(Text::no_more));
      }
    }
    x += wide + 6;
  }
}

/// The caption of the bookmark at hand, or the line in which one is typed.
void bookmark_line(Frame& f, Rect r) {
  Canvas& c = f.canvas;
  View& v = f.view;
  if (v.caption.open) {
    type_into(f, v.caption.text, r, f.say(Text::bookmark_hint));
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter))) {
      set_bookmark(v, v.caption.text);
      v.caption = {};
    }
    return;
  }
  const Rect plus{r.right() - 34, r.y, 34, r.h};
  if (f.button("bookmark", plus, "B")) v.caption.open = true;
  const auto here = std::find_if(v.bookmarks.rbegin(), v.bookmarks.rend(),
                                 [&](const Bookmark& b) { return b.at <= v.now; });
  if (here == v.bookmarks.rend()) return;
  const auto number = static_cast<std::size_t>(v.bookmarks.rend() - here);
  c.fill({r.x, r.centre().y - 8, 16, 16}, f.colours.bookmark, 2);
  c.text_mid(Face::axis_strong, {r.x + 8, r.centre().y}, f.colours.panel, std::to_string(number),
             Align::centre);
  c.text_fit(Face::label, {r.x + 24, r.centre().y}, f.colours.text,
             here->caption.empty() ? f.say(Text::untitled) : here->caption, r.w - 66);
}

}  // namespace

void draw_transport(Frame& f, Rect r) {
  View& v = f.view;
  const float y = r.centre().y;
  float x = r.x;
  const auto slot = [&](float wide) {
    const Rect out{x, y - 14, wide, 28};
    x += wide + 6;
    return out;
  };
  if (icon_button(f, "begin", slot(36), Icon::begin, false)) go_to(v, f.store, f.store.begin());
  const bool back = v.playing && v.reverse;
  if (icon_button(f, "back", slot(36), back ? Icon::pause : Icon::back, back)) {
    v.playing = !back;
    v.reverse = true;
  }
  const bool forth = v.playing && !v.reverse;
  if (icon_button(f, "play", slot(52), forth ? Icon::pause : Icon::play, true)) {
    v.playing = !forth;
    v.reverse = false;
  }
  if (icon_button(f, "end", slot(36), Icon::end, false)) go_to(v, f.store, f.store.end());
  x = draw_speed(f, x + 18, y);
  Canvas& c = f.canvas;
  if (r.right() - x > 620) {
    x += c.text_mid(Face::caption, {x, y}, f.colours.text3, f.say(Text::speed_range)) + 18;
  }
  c.line({x, y - 12}, {x, y + 12}, f.colours.line2);
  x += 18;
  const float marks = std::max(x, r.right() - 260);
  jump_buttons(f, x, y, marks - 12);
  bookmark_line(f, {std::max(x + 8, marks), y - 14, r.right() - std::max(x + 8, marks), 28});
}

}  // namespace portflow::viz
