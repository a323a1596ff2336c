// Waiting by cause: one bar and its list, for boxes, ships or people.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

std::string type_title(const Frame& f, const std::string& type) {
  if (type == "box") return f.say(Text::boxes);
  if (type == "lot") return f.say(Text::lots);
  if (type == "ship") return f.say(Text::ships);
  if (type == "passenger") return f.say(Text::people);
  if (type == "truck") return f.say(Text::trucks);
  if (type == "train") return f.say(Text::trains);
  if (type == "aircraft" || type == "flight") return f.say(Text::aircraft);
  return type;
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
    const std::string title = type_title(f, types[*t]);
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

void swatch(Frame& f, Rect r, Cause cause) {
  f.canvas.fill(r, f.colours.cause[static_cast<std::size_t>(cause)], 2);
  if (cause == Cause::closed) f.canvas.hatch(r, with_alpha(f.colours.panel, 0.5f));
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
  std::vector<std::size_t> order;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < cause_count; ++i) {
    if (!is_wait(static_cast<Cause>(i)) || ticks[i] <= 0) continue;
    order.push_back(i);
    sum += ticks[i];
  }
  if (sum <= 0) {
    f.empty_state(Text::no_waits, Text::no_waits_hint, {a.x, a.y + 36, a.w, a.h - 36});
    return;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t p, std::size_t q) { return ticks[p] > ticks[q]; });

  const Rect bar{left, a.y + 42, right - left, 18};
  float x = bar.x;
  for (const std::size_t i : order) {
    const float wide = bar.w * f32(ticks[i]) / f32(sum);
    if (wide > 2) swatch(f, {x, bar.y, wide - 1.5f, bar.h}, static_cast<Cause>(i));
    x += wide;
  }
  const float room = a.bottom() - bar.bottom() - 12;
  const float high = std::clamp(room / f32(order.size() + 1), 20.0f, 26.0f);
  float y = bar.bottom() + 8 + high / 2;
  const auto hours_text = [&](std::int64_t value) {
    return count_text(std::llround(static_cast<double>(value) / 3.6e6)) + " " +
           f.say(Text::hours_of);
  };
  for (const std::size_t i : order) {
    if (y + high * 1.3f > a.bottom()) break;
    swatch(f, {left, y - 6, 12, 12}, static_cast<Cause>(i));
    c.text_fit(Face::label, {left + 22, y}, f.colours.text,
               cause_title(static_cast<Cause>(i), f.view.language), a.w - 190);
    c.text_mid(Face::label, {right - 64, y}, f.colours.text, hours_text(ticks[i]), Align::right);
    c.text_mid(Face::label, {right, y}, f.colours.text2,
               share_text(static_cast<double>(ticks[i]) / static_cast<double>(sum)), Align::right);
    y += high;
  }
  c.line({left, y - high / 2}, {right, y - high / 2}, f.colours.line);
  c.text_fit(Face::label, {left + 22, y + 2}, f.colours.text2,
             fmt::format("{} {}", type_title(f, f.store.causes().types()[f.view.cause_type]),
                         f.say(Text::ended_in_24h)),
             right - 160 - left);
  c.text_mid(Face::label_strong, {right - 64, y + 2}, f.colours.text, hours_text(sum),
             Align::right);
}

}  // namespace portflow::viz
