// Units of a plan one by one: gate lanes, inspection bays, tracks with their trains.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/format.hpp"
#include "viz/map_parts.hpp"
#include "viz/plan_parts.hpp"

namespace portflow::viz {
namespace {

std::string facility_title(const Frame& f, std::uint16_t resource) {
  const trace::ResourceInfo& info = f.store.schema().resources[resource];
  return pick(f.store.schema().facilities[info.facility].title, f.view.language);
}

const Band* band_of(const Frame& f, std::uint16_t resource, std::shared_ptr<const Bands>& keep) {
  if (f.archive == nullptr) return nullptr;
  keep = f.archive->bands();
  return keep ? keep->of(resource) : nullptr;
}

/// Squares for those that wait, in rows; the last says how many more.
void queue_dots(Frame& f, Rect r, std::uint32_t queue, Colour colour) {
  constexpr float step = 7;
  const auto across = static_cast<std::uint32_t>(std::max(1.0f, r.w / step));
  const auto fit = across * static_cast<std::uint32_t>(std::max(1.0f, r.h / step));
  for (std::uint32_t i = 0; i < std::min(queue, fit); ++i) {
    f.canvas.fill({r.x + step * f32(i % across), r.y + step * f32(i / across), 5, 5}, colour, 1);
  }
}

void lanes(Frame& f, Rect r, std::uint16_t resource, const char* name) {
  Canvas& c = f.canvas;
  const ResourceState s = f.store.levels().at(resource, f.view.now);
  const std::uint32_t all = std::max(s.capacity, f.store.levels().most_capacity(resource));
  const float step = std::min(15.0f, r.w / f32(std::max(1u, all)));
  for (std::uint32_t k = 0; k < all; ++k) {
    const Rect lane{r.x + step * f32(k), r.y, step - 3, 15};
    if (k >= s.capacity) {
      c.hatch(lane, f.colours.cause[static_cast<std::size_t>(Cause::closed)]);
    } else if (k < s.busy) {
      c.fill(lane, f.colours.flow[static_cast<std::size_t>(Flow::outward)], 2);
    }
    c.frame(lane, f.colours.line2, 2);
  }
  queue_dots(f, {r.x, r.y + 19, r.w, 14}, s.queue, f.colours.flow[1]);
  c.text_mid(Face::axis, {r.right(), r.y + 7}, f.colours.text3, name, Align::right);
}

}  // namespace

void plan_gates(Frame& f, Rect r, const std::vector<std::uint16_t>& gates) {
  if (gates.empty()) return;
  std::uint32_t queue = 0;
  for (const std::uint16_t lane : gates) queue += f.store.levels().at(lane, f.view.now).queue;
  const ResourceState all = f.store.levels().together(gates, f.view.now);
  const Rect room = plan_section(f, r, f.say(Text::plan_gates), queue_text(f, all), all.breach);
  const float high = std::min(38.0f, room.h / f32(gates.size()));
  float y = room.y;
  for (const std::uint16_t lane : gates) {
    if (y + 16 > r.bottom()) break;
    const auto parts = f.store.resource_parts(lane, f.view.language);
    const std::string name = parts.facility + " · " + parts.resource;
    f.canvas.text_fit(Face::axis, {room.x, y + 6}, f.colours.text2, name, room.w * 0.46f);
    lanes(f, {room.x + room.w * 0.48f, y, room.w * 0.52f, high}, lane, "");
    y += high;
  }
}

void plan_bays(Frame& f, Rect r, const std::vector<std::uint16_t>& bays) {
  if (bays.empty()) return;
  // The one with the longest queue of the trace's notable ones, else the first.
  std::uint16_t main = bays.front();
  for (const std::uint16_t notable : f.store.notable()) {
    if (std::find(bays.begin(), bays.end(), notable) == bays.end()) continue;
    main = notable;
    break;
  }
  const ResourceState s = f.store.levels().at(main, f.view.now);
  const Rect room = plan_section(f, r, facility_title(f, main), queue_text(f, s), s.breach);
  std::shared_ptr<const Bands> keep;
  const Band* band = band_of(f, main, keep);
  Canvas& c = f.canvas;
  const std::uint32_t all = std::max(s.capacity, f.store.levels().most_capacity(main));
  const auto across = std::max(1u, std::min(all, static_cast<std::uint32_t>(room.w / 34)));
  const float step = room.w / f32(across);
  const float high = std::clamp((room.h - 20) / f32((all + across - 1) / across), 18.0f, 34.0f);
  std::vector<Bar> now;
  if (band != nullptr) now = band->within(f.view.now, f.view.now + Duration(1));
  for (std::uint32_t k = 0; k < all; ++k) {
    const Rect bay{room.x + step * f32(k % across), room.y + high * f32(k / across), step - 4,
                   high - 4};
    if (bay.bottom() > r.bottom()) break;
    if (k >= s.capacity) c.hatch(bay, f.colours.cause[static_cast<std::size_t>(Cause::closed)]);
    const Bar* used = k < now.size() ? &now[k] : nullptr;
    if (used != nullptr) {
      c.fill(bay, f.colours.flow[static_cast<std::size_t>(used->flow)], 2);
      plan_pick(f, bay, used->entity);
    } else if (band == nullptr && k < s.busy) {
      c.fill(bay, f.colours.accent, 2);
    }
    c.frame(bay, f.colours.line2, 2);
    c.text_mid(Face::axis, bay.centre(), used != nullptr ? f.colours.panel : f.colours.text3,
               std::to_string(k + 1), Align::centre);
  }
  const float rows = f32((all + across - 1) / across);
  queue_dots(f,
             {room.x, room.y + high * rows + 2, room.w, room.bottom() - room.y - high * rows - 4},
             s.queue, f.colours.cause[static_cast<std::size_t>(Cause::behind)]);
}

void plan_tracks(Frame& f, Rect r, const std::vector<std::uint16_t>& tracks) {
  if (tracks.empty()) return;
  // The terminal of containers, where there are several.
  std::uint16_t main = tracks.front();
  for (const std::uint16_t track : tracks) {
    const auto facility = f.store.schema().resources[track].facility;
    if (f.store.schema().facilities[facility].kind == "rail_terminal") main = track;
  }
  const ResourceState s = f.store.levels().at(main, f.view.now);
  const Rect room = plan_section(f, r, facility_title(f, main), queue_text(f, s), s.breach);
  std::shared_ptr<const Bands> keep;
  const Band* band = band_of(f, main, keep);
  Canvas& c = f.canvas;
  const std::uint32_t all =
      std::max(1u, std::max(s.capacity, f.store.levels().most_capacity(main)));
  const float high = std::clamp(room.h / f32(all), 22.0f, 38.0f);
  std::vector<Bar> now;
  if (band != nullptr) now = band->within(f.view.now, f.view.now + Duration(1));
  for (std::uint32_t k = 0; k < all; ++k) {
    const float y = room.y + high * f32(k);
    if (y + high > r.bottom() + 4) break;
    const float rail = y + high - 6;
    c.line({room.x, rail}, {room.right(), rail}, f.colours.rail, 1.5f);
    const auto used =
        std::find_if(now.begin(), now.end(), [&](const Bar& b) { return b.unit == k; });
    if (used == now.end()) {
      c.text_mid(Face::axis, {room.x, y + 8}, f.colours.text3,
                 fmt::format("{}  {}", k + 1, f.say(Text::unit_free)));
      continue;
    }
    const Bar& bar = *used;
    const double share =
        static_cast<double>((f.view.now - bar.from).count()) /
        static_cast<double>(std::max<std::int64_t>(1, (bar.to - bar.from).count()));
    c.text_fit(Face::axis, {room.x, y + 8}, f.colours.text,
               fmt::format("{}  {}", k + 1, short_name(name_of(f, bar.entity))), room.w * 0.6f);
    c.text_mid(Face::axis, {room.right(), y + 8}, f.colours.text2,
               fmt::format("{} {}", f.say(Text::departs), clock_text(bar.to, false)), Align::right);
    const int wagons = static_cast<int>(room.w / 11);
    for (int w = 0; w < wagons; ++w) {
      const bool full = f32(w) < f32(wagons) * f32(share);
      c.fill({room.x + 11 * f32(w), rail - 4, 9, 7},
             full ? f.colours.flow[static_cast<std::size_t>(bar.flow == Flow::mixed ? Flow::transit
                                                                                    : bar.flow)]
                  : f.colours.control,
             1);
    }
    plan_pick(f, {room.x, y, room.w, high - 2}, bar.entity);
  }
}

}  // namespace portflow::viz
