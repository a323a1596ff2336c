// Waiting by cause: one bar and its list, for boxes, ships or people.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/cause_bar.hpp"
#include "viz/entity_words.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

/// Several of a type, as a heading.
std::string types_title(const std::string& type, Language language) {
  struct Many {
    const char* type;
    Text words;
  };
  constexpr Many known[] = {{"box", Text::boxes},
                            {"lot", Text::lots},
                            {"ship", Text::ships},
                            {"passenger", Text::people},
                            {"sea_passenger", Text::people},
                            {"truck", Text::trucks},
                            {"train", Text::trains},
                            {"aircraft", Text::aircraft},
                            {"flight", Text::aircraft}};
  for (const Many& many : known) {
    if (type == many.type) return text(many.words, language);
  }
  return type_title(type, language);
}

bool has_waits(const Store& store, std::size_t type) {
  const CauseTicks all =
      store.causes().totals(type, store.end() + std::chrono::hours(24),
                            store.end() - store.begin() + std::chrono::hours(48));
  for (std::size_t i = 0; i < cause_count; ++i) {
    if (is_wait(static_cast<Cause>(i)) && all[i] > 0) return true;
  }
  return false;
}

/// Buttons for the types that ever wait, at most three, right to left from `right`.
/// \returns where they begin
float type_buttons(Frame& f, float right, float y) {
  const auto& types = f.store.causes().types();
  std::vector<std::size_t> shown;
  for (std::size_t t = 0; t < types.size() && shown.size() < 3; ++t) {
    if (has_waits(f.store, t)) shown.push_back(t);
  }
  if (shown.size() < 2) return right;
  float x = right;
  for (auto t = shown.rbegin(); t != shown.rend(); ++t) {
    const std::string title = types_title(types[*t], f.view.language);
    const float wide = f.canvas.width(Face::caption_strong, title) + 16;
    x -= wide;
    if (f.button(types[*t].c_str(), {x, y - 11, wide, 22}, title.c_str(),
                 f.view.cause_type == *t)) {
      f.view.cause_type = *t;
    }
    x -= 4;
  }
  return x;
}

/// To whole percent; a small share is not nothing.
std::string share_text(double share) {
  return share > 0 && share < 0.005 ? "<1 %" : percent_text(share);
}

}  // namespace

void panel_causes(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float left = a.x + 12;
  const float right = a.right() - 12;
  const float buttons = type_buttons(f, right, a.y + 20);
  c.text_fit(Face::body_strong, {left, a.y + 20}, f.colours.text, f.say(Text::waiting_by_cause),
             buttons - 8 - left);

  const CauseTicks ticks =
      f.store.causes().totals(f.view.cause_type, f.view.now, std::chrono::hours(24));
  const std::vector<std::size_t> order = causes_by_size(ticks, true);
  std::int64_t sum = 0;
  for (const std::size_t i : order) sum += ticks[i];
  if (sum <= 0) {
    f.empty_state(Text::no_waits, Text::no_waits_hint, {a.x, a.y + 36, a.w, a.h - 36});
    return;
  }
  const Rect bar{left, a.y + 42, right - left, 18};
  draw_cause_bar(f, ticks, order, bar, false);
  const float room = a.bottom() - bar.bottom() - 12;
  const float high = std::clamp(room / f32(order.size() + 1), 20.0f, 26.0f);
  float y = bar.bottom() + 8 + high / 2;
  const auto hours_text = [&](std::int64_t value) {
    return count_text(std::llround(static_cast<double>(value) / 3.6e6)) + " " +
           f.say(Text::hours_of);
  };
  for (const std::size_t i : order) {
    if (y + high * 1.3f > a.bottom()) break;
    draw_swatch(f, {left, y - 6, 12, 12}, static_cast<Cause>(i));
    c.text_fit(Face::label, {left + 22, y}, f.colours.text,
               cause_title(static_cast<Cause>(i), f.view.language), a.w - 190);
    c.text_mid(Face::label, {right - 64, y}, f.colours.text, hours_text(ticks[i]), Align::right);
    c.text_mid(Face::label, {right, y}, f.colours.text2,
               share_text(static_cast<double>(ticks[i]) / static_cast<double>(sum)), Align::right);
    y += high;
  }
  c.line({left, y - high / 2}, {right, y - high / 2}, f.colours.line);
  c.text_fit(Face::label, {left + 22, y + 2}, f.colours.text2,
             fmt::format("{} {}",
                         types_title(f.store.causes().types()[f.view.cause_type], f.view.language),
                         f.say(Text::ended_in_24h)),
             right - 160 - left);
  c.text_mid(Face::label_strong, {right - 64, y + 2}, f.colours.text, hours_text(sum),
             Align::right);
}

}  // namespace portflow::viz
