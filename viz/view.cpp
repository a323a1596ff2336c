#include "viz/view.hpp"

#include <algorithm>
#include <charconv>
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

void resize(View& view, bool greater) {
  const auto here = std::find(sizes.begin(), sizes.end(), view.size);
  if (here == sizes.end()) {
    view.size = sizes.front();
  } else if (greater && here + 1 != sizes.end()) {
    view.size = *(here + 1);
  } else if (!greater && here != sizes.begin()) {
    view.size = *(here - 1);
  }
}

void choose(View& view, std::uint64_t entity) {
  if (view.chosen == entity) return;
  constexpr std::size_t longest_trail = 12;
  if (view.chosen) view.trail.push_back(*view.chosen);
  if (view.trail.size() > longest_trail) view.trail.erase(view.trail.begin());
  view.chosen = entity;
  view.facility.reset();
}

void go_up(View& view) {
  if (view.search.open || view.speed_entry.open || view.caption.open) {
    view.search = view.speed_entry = view.caption = {};
  } else if (view.help) {
    view.help = false;
  } else if (view.chosen && !view.trail.empty()) {
    view.chosen = view.trail.back();
    view.trail.pop_back();
  } else if (view.chosen || view.facility) {
    view.chosen.reset();
    view.facility.reset();
    view.following = false;
  } else {
    view.tab = Tab::map;
  }
}

void remark(View& view, std::string words) {
  view.note = std::move(words);
  view.note_for = 4;
}

void set_bookmark(View& view, std::string caption) {
  const auto at = std::lower_bound(view.bookmarks.begin(), view.bookmarks.end(), view.now,
                                   [](const Bookmark& b, SimTime t) { return b.at < t; });
  view.bookmarks.insert(at, {view.now, std::move(caption)});
}

void go_to(View& view, const Store& store, SimTime at) {
  view.now = std::clamp(at, store.begin(), store.end());
  if (view.now < view.window_from || view.now > view.window_to) {
    frame_window(view, store, view.window_to - view.window_from);
  }
}

void glide(View& view, double seconds, bool at_once) {
  if (!view.goal) return;
  constexpr double pace = 9;  // e-foldings a second: there within half a second
  const double part = at_once ? 1 : 1 - std::exp(-pace * seconds);
  const Camera goal = *view.goal;
  Camera& camera = view.camera;
  const double ratio = goal.zoom / camera.zoom;
  // The centre moves as the scale does, so that what is looked at stays in sight.
  const double grown = std::pow(ratio, part);
  const double share = std::abs(ratio - 1) < 0.01 ? part : (1 - 1 / grown) / (1 - 1 / ratio);
  camera.centre.lon += (goal.centre.lon - camera.centre.lon) * share;
  camera.centre.lat += (goal.centre.lat - camera.centre.lat) * share;
  camera.zoom *= grown;
  const bool near = std::abs(std::log(goal.zoom / camera.zoom)) < 0.002;
  if (at_once || near) {
    camera = goal;
    view.goal.reset();
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

std::optional<double> read_speed(std::string_view text) {
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !(value > 0)) return std::nullopt;
  std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  if (const auto slash = unit.find('/'); slash != std::string_view::npos) {
    unit = unit.substr(0, slash);
  }
  while (unit.ends_with(' ')) unit.remove_suffix(1);
  struct Unit {
    std::string_view word;
    double seconds;
  };
  constexpr Unit units[] = {{"", 1},       {"s", 1},      {"秒", 1},      {"min", 60},
                            {"m", 60},     {"分", 60},    {"h", 3600},    {"小时", 3600},
                            {"d", 86400},  {"天", 86400}, {"wk", 604800}, {"w", 604800},
                            {"周", 604800}};
  for (const Unit& known : units) {
    if (unit == known.word) return std::clamp(value * known.seconds, least_speed, greatest_speed);
  }
  return std::nullopt;
}

double speed_at(double share) noexcept {
  return std::exp(std::clamp(share, 0.0, 1.0) * std::log(greatest_speed));
}

double share_of(double speed) noexcept {
  return std::log(std::clamp(speed, least_speed, greatest_speed)) / std::log(greatest_speed);
}

}  // namespace portflow::viz
