// Two traces: the verdict, the figures as paired differences, and who fared most differently.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/cause_bar.hpp"
#include "viz/entity_words.hpp"
#include "viz/figures.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"
#include "viz/plan_parts.hpp"

namespace portflow::viz {
namespace {

Colour verdict_colour(const Palette& colours, Verdict verdict) {
  if (verdict == Verdict::better) return colours.better;
  return verdict == Verdict::worse ? colours.worse : colours.text3;
}

Text verdict_words(Verdict verdict) {
  if (verdict == Verdict::better) return Text::better;
  if (verdict == Verdict::worse) return Text::worse;
  return verdict == Verdict::same ? Text::no_change : Text::cannot_tell;
}

std::string signed_text(double value) {
  if (std::abs(value) < 1e-9) return "0";
  // As many digits as it takes for the first that is not nought to show.
  std::string size = short_number_text(std::abs(value));
  for (int digits = 4; size == "0" && digits < 7; ++digits) {
    size = short_number_text(std::abs(value), digits);
  }
  if (size == "0") return size;
  return (value > 0 ? "+" : "\u2212") + size;
}

/// The interval as a bar about nought, which stands in the middle.
void interval(Frame& f, const PairedTile& tile, Rect r, Colour colour) {
  Canvas& c = f.canvas;
  c.line({r.x, r.y}, {r.right(), r.y}, f.colours.line2);
  const double reach =
      std::max({std::abs(tile.low), std::abs(tile.high), std::abs(tile.difference) * 1.3, 1e-9});
  const auto x_of = [&](double v) { return r.centre().x + r.w / 2 * f32(v / reach * 0.95); };
  c.line({r.centre().x, r.y - 6}, {r.centre().x, r.y + 6}, f.colours.text3);
  if (tile.days >= 5) {
    c.fill({x_of(tile.low), r.y - 2, x_of(tile.high) - x_of(tile.low), 4}, colour, 2);
  }
  c.disc({x_of(tile.difference), r.y}, 5, colour);
}

void draw_pair(Frame& f, const PairedTile& tile, Rect r) {
  Canvas& c = f.canvas;
  const Tile& a = f.store.tiles()[tile.a];
  const Colour colour = verdict_colour(f.colours, tile.verdict);
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line, 4);
  c.fill({r.x, r.y, 4, r.h}, colour);
  const float x = r.x + 16;
  const std::string unit = unit_text(a.unit, f.view.language);
  c.text_fit(Face::label, {x, r.y + 17}, f.colours.text2, pick(a.title, f.view.language),
             r.w - 40 - c.width(Face::caption, unit));
  c.text_mid(Face::caption, {r.right() - 12, r.y + 17}, f.colours.text2, unit, Align::right);
  const std::string number = signed_text(tile.difference);
  if (tile.verdict == Verdict::better || tile.verdict == Verdict::worse) {
    c.arrow({x + 6, r.y + 50}, 11, tile.difference > 0, colour);
  }
  const float wide = c.text_mid(Face::value, {x + 20, r.y + 49}, colour, number);
  f.copyable(fmt::format("pair{}", tile.a).c_str(), {x + 20, r.y + 32, wide, 34},
             fmt::format("{} {}", number, unit),
             fmt::format("{}, B \u2212 A, 95 %: {} {} {}", pick(a.title, f.view.language),
                         signed_text(tile.low), f.say(Text::to), signed_text(tile.high)));
  const float right = r.right() - 12;
  if (r.w > 230) {
    for (const bool first : {true, false}) {
      const float y = r.y + (first ? 41.0f : 60.0f);
      const Parts value = figure_parts(f.view.language, a, first ? tile.value_a : tile.value_b);
      c.text_mid(first ? Face::label : Face::label_strong, {right, y}, f.colours.text, value.value,
                 Align::right);
      c.text_mid(Face::caption, {right - 58, y}, f.colours.text3, first ? "A" : "B", Align::right);
    }
  }
  interval(f, tile, {x, r.y + 80, right - x, 0}, colour);
  c.text_mid(Face::caption_strong, {x, r.bottom() - 13}, colour,
             f.say(verdict_words(tile.verdict)));
  const std::string span = tile.days < 5 ? f.say(Text::too_few_days)
                                         : fmt::format("{} {} {}", signed_text(tile.low),
                                                       f.say(Text::to), signed_text(tile.high));
  c.text_mid(Face::caption, {right, r.bottom() - 13}, f.colours.text2, span, Align::right);
}

void story(Frame& f, const MoverPair& pair, Rect r, double most_ms) {
  Canvas& c = f.canvas;
  const Hit it = f.hit(fmt::format("mover{:x}", pair.entity).c_str(), r);
  const bool chosen = f.view.chosen == pair.entity;
  if (it.hovered || chosen) c.fill(r, f.colours.row);
  if (chosen) c.fill({r.x, r.y, 3, r.h}, f.colours.accent);
  if (it.pressed) choose(f.view, pair.entity);
  const bool better = pair.difference().count() < 0;
  const Colour colour = better ? f.colours.better : f.colours.worse;
  const trace::RoleInfo& role = f.store.schema().roles[pair.role];
  const std::string kind = type_title(role.type, f.view.language);
  const std::string change =
      (better ? "\u2212" : "+") +
      span_text(better ? -pair.difference() : pair.difference(), f.view.language);
  const float right = r.right() - 12;
  const float size =
      c.text_mid(Face::label_strong, {right, r.y + 13}, colour, change, Align::right);
  c.arrow({right - size - 12, r.y + 13}, 9, !better, colour);
  std::string name = name_of(f, pair.entity);
  if (name.empty()) name = f.say(Text::reading);
  c.text_fit(Face::label_strong, {r.x + 12, r.y + 13}, f.colours.text, name,
             r.w - size - 60 - c.width(Face::caption, kind));
  c.text_mid(Face::caption, {right - size - 28, r.y + 13}, f.colours.text2, kind, Align::right);
  for (const bool first : {true, false}) {
    const CauseTicks& ticks = first ? pair.causes_a : pair.causes_b;
    const Duration total = first ? pair.total_a : pair.total_b;
    const float y = r.y + (first ? 34.0f : 52.0f);
    c.text_mid(Face::caption, {r.x + 14, y}, f.colours.text3, first ? "A" : "B");
    const float wide = (r.w - 120) * f32(static_cast<double>(total.count()) / most_ms);
    draw_cause_bar(f, ticks, causes_by_size(ticks, false), {r.x + 34, y - 7, wide, 14}, false);
    c.text_mid(Face::caption, {r.x + 34 + wide + 8, y}, f.colours.text,
               span_text(total, f.view.language));
  }
}

}  // namespace

void panel_verdict(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  if (f.comparison == nullptr) return;
  std::size_t better = 0;
  std::size_t worse = 0;
  std::size_t unclear = 0;
  for (const PairedTile& tile : f.comparison->tiles) {
    better += tile.verdict == Verdict::better ? 1u : 0u;
    worse += tile.verdict == Verdict::worse ? 1u : 0u;
    unclear += tile.verdict == Verdict::unclear ? 1u : 0u;
  }
  c.fill({a.x, a.y, 4, a.h}, better > worse   ? f.colours.better
                             : worse > better ? f.colours.worse
                                              : f.colours.text3);
  const std::size_t all = f.comparison->tiles.size();
  const std::string words =
      f.view.language == Language::zh
          ? fmt::format("B 在 {} 项指标中 {} 项更好，{} 项更差，{} 项尚不能判定。", all, better,
                        worse, unclear)
          : fmt::format("B is better on {} of {} figures, worse on {}; {} cannot be told yet.",
                        better, all, worse, unclear);
  std::string right = fmt::format("{} · {} {}", f.say(Text::one_pair),
                                  count_text(static_cast<std::int64_t>(f.comparison->matched)),
                                  f.say(Text::matched));
  if (!f.comparison->unlike.empty()) right = f.say(Text::unlike_runs);
  const float wide = c.width(Face::caption, right);
  c.text_fit(Face::lead, {a.x + 18, a.centre().y}, f.colours.text, words, a.w - wide - 50);
  c.text_mid(Face::caption, {a.right() - 12, a.centre().y},
             f.comparison->unlike.empty() ? f.colours.text3 : f.colours.breach, right,
             Align::right);
}

void panel_pairs(Frame& f) {
  if (f.comparison == nullptr) {
    f.card();
    f.empty_state(Text::open_second, Text::open_second_hint, f.area);
    return;
  }
  const auto& tiles = f.comparison->tiles;
  if (tiles.empty()) {
    f.card();
    f.empty_state(Text::no_figures, Text::no_waits_hint, f.area);
    return;
  }
  const TileRow row = scroll_tiles(f, tiles.size());
  tiles_in_a_row(row.area, row.count,
                 [&](std::size_t i, Rect r) { draw_pair(f, tiles[row.first + i], r); });
}

void panel_movers(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  c.text_mid(Face::body_strong, {a.x + 12, a.y + 18}, f.colours.text, f.say(Text::movers_title));
  if (f.comparison == nullptr) {
    f.empty_state(Text::open_second, Text::open_second_hint, a);
    return;
  }
  struct Choice {
    Sides sides;
    Text words;
  };
  float x = a.x + 12;
  for (const Choice choice :
       {Choice{Sides::all, Text::movers_all}, Choice{Sides::better, Text::movers_better},
        Choice{Sides::worse, Text::movers_worse}}) {
    const float wide = c.width(Face::caption_strong, f.say(choice.words)) + 22;
    if (f.button(f.say(choice.words), {x, a.y + 36, wide, 26}, f.say(choice.words),
                 f.view.sides == choice.sides)) {
      f.view.sides = choice.sides;
    }
    x += wide + 4;
  }
  c.text_mid(Face::caption, {a.right() - 12, a.y + 18}, f.colours.text3,
             fmt::format("{} {}", count_text(static_cast<std::int64_t>(f.comparison->different)),
                         f.say(Text::differ)),
             Align::right);
  std::vector<const MoverPair*> shown;
  double most = 1;
  constexpr float row = 66;
  const auto fit = static_cast<std::size_t>(std::max(1.0f, (a.h - 96) / row));
  for (const MoverPair& pair : f.comparison->movers) {
    const bool better = pair.difference().count() < 0;
    if (f.view.sides != Sides::all && better != (f.view.sides == Sides::better)) continue;
    if (shown.size() == fit) break;
    shown.push_back(&pair);
    most = std::max({most, static_cast<double>(pair.total_a.count()),
                     static_cast<double>(pair.total_b.count())});
  }
  if (shown.empty()) {
    f.empty_state(Text::none_differs, Text::none_differs_hint, a);
    return;
  }
  float y = a.y + 70;
  for (const MoverPair* pair : shown) {
    story(f, *pair, {a.x + 1, y, a.w - 2, row - 2}, most);
    y += row;
  }
  c.text_fit(Face::axis, {a.x + 12, a.bottom() - 13}, f.colours.text3, f.say(Text::movers_note),
             a.w - 24);
}

}  // namespace portflow::viz
