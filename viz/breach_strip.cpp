// The strip of breaches over the whole run: a row a kind, darker where more of them fall together.
#include <fmt/format.h>

#include <algorithm>

#include "viz/format.hpp"
#include "viz/panel.hpp"
#include "viz/time_axis.hpp"

namespace portflow::viz {
namespace {

struct Kind {
  Breach kind;
  Text words;
  Colour Palette::* colour;
};
constexpr Kind kinds[] = {{Breach::wait, Text::jump_wait, &Palette::breach},
                          {Breach::idle, Text::jump_idle, &Palette::accent},
                          {Breach::late, Text::jump_late, &Palette::bookmark}};
constexpr float slot_wide = 6;
constexpr float row_high = 4;

/// How many of `times` lie in [from, to).
std::size_t between(const std::vector<SimTime>& times, SimTime from, SimTime to) {
  const auto first = std::lower_bound(times.begin(), times.end(), from);
  return static_cast<std::size_t>(std::lower_bound(first, times.end(), to) - first);
}

/// The equal parts of the run that the strip tells apart.
struct Slots {
  std::size_t count;
  TimeAxis axis;
  [[nodiscard]] SimTime begin(std::size_t slot) const {
    return axis.from + (axis.to - axis.from) / static_cast<std::int64_t>(count) *
                           static_cast<std::int64_t>(slot);
  }
};

Slots slots_of(const Frame& f, Rect r) {
  return {std::max<std::size_t>(1, static_cast<std::size_t>(r.w / slot_wide)),
          {f.store.begin(), f.store.end(), r}};
}

}  // namespace

void draw_breach_strip(Frame& f, Rect r) {
  Canvas& c = f.canvas;
  const Slots slots = slots_of(f, r);
  float y = r.y;
  float x = r.right() + 12;
  for (const Kind& one : kinds) {
    const std::vector<SimTime>& times = f.store.breaches().all(one.kind);
    const Colour colour = f.colours.*one.colour;
    c.fill({r.x, y, r.w, row_high - 1}, f.colours.row);
    std::size_t most = 1;
    std::vector<std::size_t> counts;
    for (std::size_t i = 0; i < slots.count && !times.empty(); ++i) {
      counts.push_back(between(times, slots.begin(i), slots.begin(i + 1)));
      most = std::max(most, counts.back());
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) continue;
      const float share = f32(counts[i]) / f32(most);
      c.fill({r.x + f32(i) * r.w / f32(slots.count), y, r.w / f32(slots.count) - 1, row_high - 1},
             with_alpha(colour, 0.45f + 0.55f * share));
    }
    // How many in all, beside the strip in its colour and in words.
    const std::string words =
        fmt::format("{} {}", f.say(one.words), count_text(static_cast<std::int64_t>(times.size())));
    if (!times.empty() && x + 12 + c.width(Face::axis, words) < f.area.right() - 8) {
      c.fill({x, r.centre().y - 4, 8, 8}, colour, 2);
      x += 12 + c.text_mid(Face::axis, {x + 12, r.centre().y}, f.colours.text2, words) + 10;
    }
    y += row_high;
  }
}

void use_breach_strip(Frame& f, Rect r) {
  const Hit it = f.hit("breaches", r);
  if (!it.hovered && !it.pressed) return;
  const Slots slots = slots_of(f, r);
  const float share = std::clamp((f.mouse().x - r.x) / r.w, 0.0f, 0.9999f);
  const auto slot = static_cast<std::size_t>(share * f32(slots.count));
  const SimTime from = slots.begin(slot);
  const SimTime to = slots.begin(slot + 1);
  std::string said;
  std::optional<SimTime> first;
  for (const Kind& one : kinds) {
    const std::size_t count = between(f.store.breaches().all(one.kind), from, to);
    if (count == 0) continue;
    said += fmt::format(" · {} {}", f.say(one.words), count_text(static_cast<std::int64_t>(count)));
    const auto next = f.store.breaches().next(one.kind, from - Duration(1), true);
    if (next && (!first || *next < *first)) first = next;
  }
  const std::string when = day_text(from, f.view.language) + " " + clock_text(from, false);
  Canvas& c = f.canvas;
  const std::string words = when + said;
  const float wide = c.width(Face::caption, words) + 20;
  const float x = std::clamp(f.mouse().x - wide / 2, f.area.x + 8, f.area.right() - wide - 8);
  const Rect card{x, r.y - 30, wide, 24};
  c.fill(card, f.colours.control, 4);
  c.frame(card, f.colours.line2, 4);
  c.text_mid(Face::caption, {card.x + 10, card.centre().y}, f.colours.text, words);
  f.view.hovered_value = words;
  if (it.pressed && first) go_to(f.view, f.store, *first);
}

}  // namespace portflow::viz
