#include "viz/view.hpp"

#include <algorithm>
#include <cmath>

#include "viz/moment.hpp"
#include "viz/store.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

/// The present stands at this share of the dock's window, so that more past shows.
constexpr double present_share = 0.65;

void frame_window(View& view, const Store& store, Duration span) {
  span = std::clamp<Duration>(span, std::chrono::minutes(30), store.end() - store.begin());
  const auto before =
      Duration(static_cast<std::int64_t>(static_cast<double>(span.count()) * present_share));
  SimTime from = std::clamp<SimTime>(view.now - before, store.begin(), store.end() - span);
  view.window_from = from;
  view.window_to = from + span;
}

}  // namespace

View first_view(const Store& store, std::optional<SimTime> now) {
  View view;
  view.now = std::clamp(now ? *now : telling_moment(store), store.begin(), store.end());
  view.curves_wait = !store.notable().empty();
  frame_window(view, store, hours(24 * 7));
  return view;
}

void go_to(View& view, const Store& store, SimTime at) {
  view.now = std::clamp(at, store.begin(), store.end());
  if (view.now < view.window_from || view.now > view.window_to) {
    frame_window(view, store, view.window_to - view.window_from);
  }
}

void advance(View& view, const Store& store, double seconds) {
  if (!view.playing) return;
  const double step = seconds * view.speed * 1000.0 * (view.reverse ? -1 : 1) + view.left_over_ms;
  const double whole = std::trunc(step);
  view.left_over_ms = step - whole;
  go_to(view, store, view.now + Duration(static_cast<std::int64_t>(whole)));
  if (view.now == (view.reverse ? store.begin() : store.end())) view.playing = false;
}

void zoom_window(View& view, const Store& store, Duration span) {
  frame_window(view, store, span);
}

std::optional<SimTime> next_breach(const Store& store, SimTime from, bool forward) {
  const auto& all = store.breaches();
  if (forward) {
    const auto next = std::upper_bound(all.begin(), all.end(), from);
    return next == all.end() ? std::nullopt : std::optional(*next);
  }
  const auto here = std::lower_bound(all.begin(), all.end(), from);
  return here == all.begin() ? std::nullopt : std::optional(*(here - 1));
}

double speed_at(double share) noexcept {
  return std::exp(std::clamp(share, 0.0, 1.0) * std::log(greatest_speed));
}

double share_of(double speed) noexcept {
  return std::log(std::clamp(speed, least_speed, greatest_speed)) / std::log(greatest_speed);
}

}  // namespace portflow::viz
