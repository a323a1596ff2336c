// How waits at a resource are spread: a histogram with its quantiles and its target.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

/// Ends of the shown range: to the quantile that leaves a hundredth out, or the target.
double range_of(const Waits& waits, double target) {
  return std::max({waits.quantile(0.99) * 1.05, target * 1.2, 1.0});
}

}  // namespace

void panel_distribution(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  c.text_mid(Face::body_strong, {a.x + 12, a.y + 18}, f.colours.text,
             f.say(Text::distribution_title));
  const Rect body{a.x, a.y + 36, a.w, a.h - 36};
  const auto resource = shown_resource(f);
  if (!resource) {
    f.empty_state(Text::nothing_waiting, Text::nothing_waiting_hint, body);
    return;
  }
  const auto bands = f.archive == nullptr ? std::shared_ptr<const Bands>() : f.archive->bands();
  if (!bands) {
    f.empty_state(f.archive == nullptr ? Text::no_file : Text::reading,
                  f.archive == nullptr ? Text::no_file_hint : Text::reading_hint, body);
    return;
  }
  const Waits& waits = bands->waits(*resource);
  if (waits.count() == 0) {
    f.empty_state(Text::nobody_served, Text::nobody_served_hint, body);
    return;
  }
  c.text_mid(Face::caption, {a.right() - 12, a.y + 18}, f.colours.text3,
             fmt::format("{} {}", count_text(static_cast<std::int64_t>(waits.count())),
                         f.say(Text::waits_ended)),
             Align::right);
  c.text_fit(Face::caption, {a.x + 12, a.y + 38}, f.colours.text2,
             f.store.resource_name(*resource, f.view.language), a.w - 24);
  const double target = static_cast<double>(f.store.levels().target(*resource).count()) / 60000.0;
  const double most = range_of(waits, target);
  const Rect r{a.x + 52, a.y + 74, a.w - 72, a.h - 150};
  constexpr int bins = 48;
  std::vector<double> shares;
  double highest = 0;
  for (int i = 0; i < bins; ++i) {
    shares.push_back(waits.share_between(most * i / bins, most * (i + 1) / bins));
    highest = std::max(highest, shares.back());
  }
  const auto x_of = [&](double minutes) { return r.x + r.w * f32(minutes / most); };
  for (int i = 0; i < bins; ++i) {
    const double from = most * i / bins;
    const float high =
        highest > 0 ? r.h * f32(std::sqrt(shares[static_cast<std::size_t>(i)] / highest)) : 0;
    const bool over = target > 0 && from >= target;
    c.fill({x_of(from), r.bottom() - high, r.w / bins - 1, high},
           with_alpha(over ? f.colours.breach : f.colours.accent, 0.8f), 1);
  }
  c.line({r.x, r.bottom()}, {r.right(), r.bottom()}, f.colours.line2);
  for (int i = 0; i <= 4; ++i) {
    c.text_mid(Face::axis, {r.x + r.w * f32(i) / 4, r.bottom() + 12}, f.colours.text3,
               short_number_text(most * i / 4, 2), Align::centre);
  }
  c.text_mid(Face::axis, {r.right(), r.bottom() + 28}, f.colours.text3,
             f.say(Text::distribution_note), Align::right);
  struct Mark {
    double share;
    const char* name;
  };
  float x = r.x;
  for (const Mark mark :
       {Mark{0.5, "p50"}, Mark{0.9, "p90"}, Mark{0.95, "p95"}, Mark{0.99, "p99"}}) {
    const double value = waits.quantile(mark.share);
    const Point line[] = {{x_of(value), r.y - 6}, {x_of(value), r.bottom()}};
    if (value <= most) c.dashed(line, f.colours.text2, 1, 3, 3);
    const std::string number =
        span_text(Duration(static_cast<std::int64_t>(value * 60000)), f.view.language);
    const float wide = c.text_mid(Face::caption, {x, a.bottom() - 18}, f.colours.text3, mark.name);
    const float size =
        c.text_mid(Face::label_strong, {x + wide + 6, a.bottom() - 18}, f.colours.text, number);
    f.copyable(mark.name, {x + wide + 6, a.bottom() - 27, size, 18}, number,
               fmt::format("{}, {}", f.store.resource_name(*resource, f.view.language), mark.name));
    x += (r.w) / 4;
  }
  if (target > 0) {
    const Point line[] = {{x_of(target), r.y - 10}, {x_of(target), r.bottom()}};
    c.dashed(line, f.colours.breach, 2, 6, 4);
    const std::string words =
        fmt::format("{} {} · {:.1f} % {}", f.say(Text::target), short_number_text(target, 3),
                    100 * waits.share_between(target, 1e12), f.say(Text::over_it));
    const bool fits = x_of(target) + 6 + c.width(Face::caption_strong, words) < a.right() - 8;
    c.text_mid(Face::caption_strong, {x_of(target) + (fits ? 6.0f : -6.0f), r.y - 8},
               f.colours.breach, words, fits ? Align::left : Align::right);
  }
}

}  // namespace portflow::viz
