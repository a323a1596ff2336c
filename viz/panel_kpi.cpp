// The row of figures: value now, its last seven days, and how it stands.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/figures.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

void sparkline(Frame& f, Rect r, const std::vector<float>& values, Colour colour) {
  if (values.size() < 3) return;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const float span = std::max(*high - *low, std::max(1e-6f, std::abs(*high) * 0.02f));
  std::vector<Point> points;
  points.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    points.push_back({r.x + r.w * f32(i) / f32(values.size() - 1),
                      r.bottom() - r.h * (values[i] - *low) / span});
  }
  f.canvas.polyline(points, colour, 2);
  f.canvas.disc(points.back(), 3.5f, colour);
}

/// As parts(), with more digits where a value misses its target by less than three show.
Parts exact_parts(const Frame& f, const Tile& tile, double value) {
  Parts shown = figure_parts(f.view.language, tile, value);
  if (!tile.misses(value) || shown.value != figure_parts(f.view.language, tile, *tile.target).value)
    return shown;
  for (int digits = 4;
       digits < 7 && shown.value == figure_parts(f.view.language, tile, *tile.target).value;
       ++digits) {
    if (tile.unit != "ms") shown.value = short_number_text(value, digits);
  }
  return shown;
}

/// The third line: against the target, or against the day before.
void note(Frame& f, const Tile& tile, double value, Point at, float limit) {
  Canvas& c = f.canvas;
  if (tile.target && tile.better != kpi::Better::neither) {
    const bool misses = tile.misses(value);
    const bool lower = tile.better == kpi::Better::lower;
    const Parts target = figure_parts(f.view.language, tile, *tile.target);
    const Colour colour = misses ? f.colours.breach : f.colours.text2;
    if (misses) {
      c.arrow({at.x + 5, at.y}, 9, lower, colour);
    } else {
      c.tick({at.x + 5, at.y}, 9, f.colours.accent);
    }
    const Text words = misses ? (lower ? Text::above_target : Text::below_target)
                              : (lower ? Text::within_target : Text::target_met);
    c.text_fit(Face::caption, {at.x + 16, at.y}, colour,
               fmt::format("{} {} {}", f.say(words), target.value, target.unit), limit - 16);
    return;
  }
  const auto before = tile.value(f.view.now - std::chrono::hours(24));
  if (!before || f.view.now - std::chrono::hours(24) < f.store.begin()) return;
  const double change = value - *before;
  const Parts size = figure_parts(f.view.language, tile, std::abs(change));
  if (size.value == "0") {
    c.text_fit(Face::caption, at, f.colours.text3, f.say(Text::as_24h_ago), limit);
    return;
  }
  c.arrow({at.x + 5, at.y}, 8, change > 0, f.colours.text3);
  c.text_fit(Face::caption, {at.x + 16, at.y}, f.colours.text2,
             fmt::format("{}{}{} {}", size.value, size.unit.empty() ? "" : " ", size.unit,
                         f.say(Text::change_24h)),
             limit - 16);
}

void draw_tile(Frame& f, const Tile& tile, Rect r) {
  Canvas& c = f.canvas;
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line, 4);
  const float x = r.x + 12;
  c.text_fit(Face::label, {x, r.y + 17}, f.colours.text2, pick(tile.title, f.view.language),
             r.w - 24);
  const auto value = tile.value(f.view.now);
  if (!value) {
    c.text_mid(Face::value, {x, r.y + 48}, f.colours.text3, "–");
    c.text_mid(Face::caption, {x, r.y + 78}, f.colours.text3, f.say(Text::none_yet));
    return;
  }
  const Parts shown = exact_parts(f, tile, *value);
  const float wide = c.text_mid(Face::value, {x, r.y + 49}, f.colours.text, shown.value);
  const float unit = c.text(Face::label, {x + wide + 6, r.y + 50}, f.colours.text2, shown.unit);
  f.copyable(fmt::format("kpi{}", static_cast<int>(r.x)).c_str(),
             {x, r.y + 30, wide + unit + 8, 36}, fmt::format("{} {}", shown.value, shown.unit),
             fmt::format("{} ({})  {}", pick(tile.title, f.view.language), f.say(tile.window),
                         pick(tile.definition, f.view.language)));
  const float window = c.width(Face::axis, f.say(tile.window));
  const bool roomy = r.w > 260;
  if (roomy) {
    c.text_mid(Face::axis, {r.right() - 12, r.y + 78}, f.colours.text3, f.say(tile.window),
               Align::right);
  }
  note(f, tile, *value, {x, r.y + 78}, roomy ? r.w - 36 - window : r.w - 24);
  const float left = std::max(x + wide + unit + 22, r.x + r.w * 0.5f);
  if (r.right() - 14 - left > 40) {
    sparkline(f, {left, r.y + 33, r.right() - 17 - left, 30}, tile.last_week(f.view.now),
              tile.misses(*value) ? f.colours.breach : f.colours.accent);
  }
}

}  // namespace

void panel_kpi(Frame& f) {
  const auto& tiles = f.store.tiles();
  if (tiles.empty()) {
    f.card();
    f.empty_state(Text::none_yet, Text::no_waits_hint, f.area);
    return;
  }
  const TileRow row = scroll_tiles(f, tiles.size());
  tiles_in_a_row(row.area, row.count,
                 [&](std::size_t i, Rect r) { draw_tile(f, tiles[row.first + i], r); });
}

}  // namespace portflow::viz
