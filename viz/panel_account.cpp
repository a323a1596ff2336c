// The account of the chosen entity: from birth to now, every second by its cause.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/cause_bar.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

std::string hours_minutes(std::int64_t ms) {
  const std::int64_t minutes = (ms + 30'000) / 60'000;
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

struct Columns {
  float name, seconds, hours, share;
};

void table(Frame& f, const CauseTicks& ticks, const std::vector<std::size_t>& order,
           std::int64_t sum, Rect r, Duration due) {
  Canvas& c = f.canvas;
  const Columns x{r.x + 22, r.right() - 132, r.right() - 58, r.right()};
  const float high = std::clamp(r.h / f32(order.size() + 2), 17.0f, 25.0f);
  float y = r.y + high / 2;
  c.text_mid(Face::axis, {x.seconds, y}, f.colours.text3, f.say(Text::seconds), Align::right);
  c.text_mid(Face::axis, {x.hours, y}, f.colours.text3, f.say(Text::hours_minutes), Align::right);
  c.text_mid(Face::axis, {x.share, y}, f.colours.text3, "%", Align::right);
  const auto line = [&](Face face, const std::string& name, std::int64_t value) {
    c.text_fit(face, {x.name, y}, f.colours.text, name, x.seconds - x.name - 70);
    const std::string seconds = count_text((value + 500) / 1000);
    c.text_mid(face, {x.seconds, y}, f.colours.text, seconds, Align::right);
    c.text_mid(face, {x.hours, y}, f.colours.text, hours_minutes(value), Align::right);
    const double share =
        sum > 0 ? 100.0 * static_cast<double>(value) / static_cast<double>(sum) : 0;
    c.text_mid(face, {x.share, y}, f.colours.text, fmt::format("{:.1f}", share), Align::right);
    f.copyable(name.c_str(), {x.seconds - 66, y - 9, 200, 18},
               fmt::format("{} {}", seconds, f.say(Text::unit_s)),
               fmt::format("{}: {}", f.say(Text::account), name));
  };
  for (const std::size_t i : order) {
    y += high;
    if (y + high * 1.4f > r.bottom()) break;
    draw_swatch(f, {r.x, y - 6, 12, 12}, static_cast<Cause>(i));
    line(Face::label, cause_title(static_cast<Cause>(i), f.view.language), ticks[i]);
  }
  y += high;
  c.line({r.x, y - high / 2}, {r.right(), y - high / 2}, f.colours.line2);
  if (sum == due.count()) {
    c.tick({r.x + 6, y}, 9, f.colours.accent);
    line(Face::label_strong, f.say(Text::total), sum);
  } else {
    c.text_mid(Face::label_strong, {r.x, y}, f.colours.breach,
               fmt::format("{}: {} ms", f.say(Text::does_not_sum), count_text(due.count() - sum)));
  }
}

}  // namespace

void panel_account(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float left = a.x + 12;
  const float right = a.right() - 12;
  c.text_mid(Face::body_strong, {left, a.y + 18}, f.colours.text, f.say(Text::account));
  c.text_mid(Face::caption, {right, a.y + 18}, f.colours.text3, f.say(Text::account_note),
             Align::right);
  const Rect body{a.x, a.y + 34, a.w, a.h - 34};
  const auto life = f.archive != nullptr && f.view.chosen ? f.archive->life(*f.view.chosen)
                                                          : std::shared_ptr<const Life>();
  if (!life) return;
  if (life->path.empty()) {
    f.empty_state(life->paths_written ? Text::not_finished : Text::no_paths,
                  life->paths_written ? Text::not_finished_hint : Text::no_paths_hint, body);
    return;
  }
  const SimTime until = std::min(f.view.now, life->path.back().end);
  const CauseTicks ticks = life->account(until);
  const std::int64_t sum = std::accumulate(ticks.begin(), ticks.end(), std::int64_t{0});
  if (sum <= 0) {
    f.empty_state(Text::not_born, Text::not_born_hint, body);
    return;
  }
  const std::vector<std::size_t> order = causes_by_size(ticks, false);
  draw_cause_bar(f, ticks, order, {left, a.y + 36, right - left, 24}, true);
  table(f, ticks, order, sum, {left, a.y + 66, right - left, a.h - 74},
        until - life->path.front().begin);
}

}  // namespace portflow::viz
