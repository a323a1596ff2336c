// The path of the chosen entity as a strip: one row a step, coloured by cause, over the hours.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/cause_bar.hpp"
#include "viz/entity_words.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"
#include "viz/time_axis.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

/// Whole hours between ticks, so that they stand at least 90 px apart.
Duration tick_step(const TimeAxis& axis) {
  for (const int h : {1, 2, 4, 6, 12, 24, 48, 96, 168}) {
    if (axis.width_of(hours(h)) >= 90) return hours(h);
  }
  return hours(24 * 14);
}

void ground(Frame& f, const TimeAxis& axis, float top) {
  Canvas& c = f.canvas;
  const Rect r = axis.area;
  c.clip({r.x, top, r.w, r.bottom() - top});
  const SimTime first = axis.from - time_of_day(axis.from);
  for (SimTime day = first - hours(24); day < axis.to; day += hours(24)) {
    const float from = axis.x(day + hours(20));
    c.fill({from, r.y, axis.x(day + hours(32)) - from, r.h}, f.colours.night);
  }
  const Duration step = tick_step(axis);
  for (SimTime t = first; t < axis.to; t += step) {
    const float x = axis.x(t);
    if (x < r.x) continue;
    c.line({x, r.y}, {x, r.bottom()}, with_alpha(f.colours.line2, 0.5f));
    const bool day = time_of_day(t).count() == 0;
    c.text_mid(day ? Face::axis_strong : Face::axis, {x + 4, r.y - 10},
               day ? f.colours.text : f.colours.text2,
               day ? short_day_text(t, f.view.language) : clock_text(t, false));
  }
  c.unclip();
}

void part_bar(Frame& f, const TimeAxis& axis, const trace::PathPart& part, float y, float high) {
  Canvas& c = f.canvas;
  const SimTime now = f.view.now;
  const Colour colour = f.colours.cause[static_cast<std::size_t>(part.cause)];
  const float from = axis.x(part.begin);
  const float split = axis.x(std::clamp(now, part.begin, part.end));
  const float end = std::max(axis.x(part.end), from + 1);
  const Rect done{from, y - high / 2, std::max(1.0f, split - from - 1.0f), high};
  if (part.begin < now) {
    c.fill(done, colour, 2);
    if (part.cause == Cause::closed && done.w > 4) c.hatch(done, with_alpha(f.colours.panel, 0.5f));
  }
  if (part.end > now) {
    const float x = part.begin < now ? split : from;
    c.frame({x, y - high / 2, std::max(2.0f, end - x - 1.0f), high}, colour, 2, 1.5f);
  }
  const std::string words = fmt::format("{} {}", cause_title(part.cause, f.view.language),
                                        span_text(part.end - part.begin, f.view.language));
  if (done.w > c.width(Face::axis_strong, words) + 10) {
    c.text_mid(Face::axis_strong, {done.x + done.w / 2, y}, ink_on(colour), words, Align::centre);
  }
}

void rows(Frame& f, const Life& life, const Store& store, const TimeAxis& axis, float label_right) {
  Canvas& c = f.canvas;
  const Rect r = axis.area;
  const auto fit = static_cast<std::size_t>(std::max(1.0f, r.h / 19));
  const std::vector<StripRow> all = life.strip(fit);
  if (all.empty()) return;
  const float high = std::min(27.0f, r.h / f32(all.size()));
  float y = r.y + high / 2;
  for (const StripRow& row : all) {
    const trace::PathPart& last = life.path[row.first + row.count - 1];
    const bool current = life.path[row.first].begin <= f.view.now && f.view.now < last.end;
    c.text_mid(current ? Face::caption_strong : Face::caption, {label_right - 10, y},
               current ? f.colours.text : f.colours.text2,
               step_title(store.schema(), row.step, f.view.language), Align::right);
    c.line({r.x, y + high / 2}, {r.right(), y + high / 2}, with_alpha(f.colours.line, 0.6f));
    for (std::size_t i = row.first; i < row.first + row.count; ++i) {
      part_bar(f, axis, life.path[i], y, std::min(16.0f, high - 4));
    }
    y += high;
  }
}

/// \param which  `A` or `B`; empty for a trace alone
void strip(Frame& f, Archive* archive, const Store& store, const std::string& which) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const std::string title = which.empty() ? f.say(Text::path_strip)
                                          : fmt::format("{}   {}", which, f.say(Text::path_strip));
  c.text_mid(Face::body_strong, {a.x + 12, a.y + 17}, f.colours.text, title);
  c.text_mid(Face::caption, {a.right() - 12, a.y + 17}, f.colours.text3,
             f.say(Text::path_strip_note), Align::right);
  const auto life = archive != nullptr && f.view.chosen ? archive->life(*f.view.chosen)
                                                        : std::shared_ptr<const Life>();
  const Rect body{a.x, a.y + 34, a.w, a.h - 34};
  if (!life) {
    f.empty_state(Text::reading, Text::reading_hint, body);
    return;
  }
  if (life->path.empty()) {
    f.empty_state(life->paths_written ? Text::not_finished : Text::no_paths,
                  life->paths_written ? Text::not_finished_hint : Text::no_paths_hint, body);
    return;
  }
  const float labels = 128;
  const Rect area{a.x + labels, a.y + 52, a.w - labels - 14, a.h - 62};
  const Duration whole = life->path.back().end - life->path.front().begin;
  const TimeAxis axis{life->path.front().begin, life->path.back().end + whole / 50 + Duration(1),
                      area};
  ground(f, axis, a.y + 34);
  rows(f, *life, store, axis, area.x);
  const float x = axis.x(f.view.now);
  if (x >= area.x && x <= area.right()) {
    c.fill({std::round(x) - 1, area.y - 14, 2, area.h + 14}, f.colours.text);
  }
  if (f.hit("scrub", area).held) {
    go_to(f.view, f.store, axis.time(std::clamp(f.mouse().x, area.x, area.right())));
  }
}

}  // namespace

void panel_strip(Frame& f) {
  strip(f, f.archive, f.store, f.other == nullptr || f.view.tab != Tab::compare ? "" : "A");
}

void panel_strip_b(Frame& f) {
  if (f.other != nullptr) strip(f, f.other_archive, *f.other, "B");
}

}  // namespace portflow::viz
