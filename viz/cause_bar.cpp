#include "viz/cause_bar.hpp"

#include <algorithm>

#include "viz/format.hpp"

namespace portflow::viz {

std::vector<std::size_t> causes_by_size(const CauseTicks& ticks, bool waits_only) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < cause_count; ++i) {
    if (ticks[i] > 0 && (!waits_only || is_wait(static_cast<Cause>(i)))) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t p, std::size_t q) { return ticks[p] > ticks[q]; });
  return order;
}

Colour ink_on(Colour fill) {
  constexpr Colour dark = rgb(0x0D131A);
  constexpr Colour light = rgb(0xFFFFFF);
  return contrast(dark, fill) >= contrast(light, fill) ? dark : light;
}

void draw_swatch(Frame& f, Rect r, Cause cause) {
  f.canvas.fill(r, f.colours.cause[static_cast<std::size_t>(cause)], 2);
  if (cause == Cause::closed) f.canvas.hatch(r, with_alpha(f.colours.panel, 0.5f));
}

void draw_cause_bar(Frame& f, const CauseTicks& ticks, const std::vector<std::size_t>& order,
                    Rect r, bool shares) {
  std::int64_t sum = 0;
  for (const std::size_t i : order) sum += ticks[i];
  if (sum <= 0) return;
  float x = r.x;
  for (const std::size_t i : order) {
    const float wide = r.w * f32(ticks[i]) / f32(sum);
    if (wide > 2) draw_swatch(f, {x, r.y, wide - 1.5f, r.h}, static_cast<Cause>(i));
    const std::string share =
        percent_text(static_cast<double>(ticks[i]) / static_cast<double>(sum));
    if (shares && wide > f.canvas.width(Face::caption_strong, share) + 12) {
      f.canvas.text_mid(Face::caption_strong, {x + wide / 2, r.centre().y},
                        ink_on(f.colours.cause[i]), share, Align::centre);
    }
    x += wide;
  }
}

}  // namespace portflow::viz
