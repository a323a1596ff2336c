// The line at the bottom: what the numbers are, and how the viewer itself fares.
#include <fmt/format.h>

#include <fstream>

#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

/// Resident memory [MiB], from /proc; 0 where there is none.
std::int64_t resident_mib() {
  std::ifstream in("/proc/self/statm");
  std::int64_t pages = 0;
  std::int64_t resident = 0;
  in >> pages >> resident;
  return resident * 4096 / (1024 * 1024);
}

}  // namespace

void panel_status(Frame& f) {
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float y = a.centre().y + 1;
  c.fill(a, f.colours.panel);
  c.line({a.x, a.y + 0.5f}, {a.right(), a.y + 0.5f}, f.colours.line);
  const bool zh = f.view.language == Language::zh;
  const auto counted = [&](std::int64_t count, Text words) {
    return fmt::format(" · {}{}{}", count_text(count), zh ? "" : " ", f.say(words));
  };
  std::string left = f.say(Text::times_utc8);
  left += counted(static_cast<std::int64_t>(f.store.movers().at(f.view.now).size()),
                  Text::objects_in_view);
  if (const auto unfinished = f.store.unfinished(f.view.now)) {
    left += counted(*unfinished, Text::entities_unfinished);
  }
  float x = a.x + 16;
  x += c.text_mid(Face::caption, {x, y}, f.colours.text3, left);
  if (f.view.note_for > 0) {
    c.text_fit(Face::caption, {x + 16, y}, f.colours.bookmark, f.view.note, a.w * 0.4f);
  } else if (f.map.empty()) {
    c.text_mid(Face::caption, {x + 16, y}, f.colours.breach, f.say(Text::no_coast));
  }

  const trace::Schema& schema = f.store.schema();
  std::string right;
  if (!f.still) {
    right = fmt::format("{} {} 512 MiB · ", count_text(resident_mib()), f.say(Text::out_of));
    // A view that stands still is drawn only when something changes.
    if (f.view.playing) {
      right += fmt::format("{:.0f} {} · ", static_cast<double>(ImGui::GetIO().Framerate),
                           f.say(Text::frames));
    }
  }
  if (schema.events > 0) {
    right += fmt::format("{} {} · ", count_text(static_cast<std::int64_t>(schema.events)),
                         f.say(Text::events_word));
  }
  if (f.store.sealed()) {
    right += fmt::format("{} · {}", schema.fingerprint, f.say(Text::sealed));
  } else {
    right += fmt::format("{} {} {}", f.say(Text::still_open),
                         short_day_text(f.store.end(), f.view.language),
                         clock_text(f.store.end(), false));
  }
  c.text_mid(Face::caption, {a.right() - 16, y}, f.colours.text3, right, Align::right);
}

}  // namespace portflow::viz
