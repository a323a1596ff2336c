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
  std::string left = fmt::format(
      "{} · {}{}{} · {}{}{}", f.say(Text::times_utc8),
      count_text(static_cast<std::int64_t>(f.store.movers().count(f.view.now))), zh ? "" : " ",
      f.say(Text::objects_in_view), count_text(f.store.unfinished(f.view.now)), zh ? "" : " ",
      f.say(Text::entities_unfinished));
  float x = a.x + 16;
  x += c.text_mid(Face::caption, {x, y}, f.colours.text3, left);
  if (f.map.empty()) {
    c.text_mid(Face::caption, {x + 16, y}, f.colours.breach, f.say(Text::no_coast));
  }

  const trace::Schema& schema = f.store.schema();
  std::string right;
  if (!f.still) {
    right = fmt::format("{} MiB · {:.0f} {} · ", count_text(resident_mib()),
                        static_cast<double>(ImGui::GetIO().Framerate), f.say(Text::frames));
  }
  if (schema.events > 0) {
    right += fmt::format("{} {} · ", count_text(static_cast<std::int64_t>(schema.events)),
                         f.say(Text::events_word));
  }
  right += schema.fingerprint.empty()
               ? std::string(f.say(Text::still_open))
               : fmt::format("{} · {}", schema.fingerprint, f.say(Text::sealed));
  c.text_mid(Face::caption, {a.right() - 16, y}, f.colours.text3, right, Align::right);
}

}  // namespace portflow::viz
