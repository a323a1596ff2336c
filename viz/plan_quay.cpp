// The quay of a plan: water, ships at their berths, cranes over those that are worked.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "viz/format.hpp"
#include "viz/map_parts.hpp"
#include "viz/plan_parts.hpp"

namespace portflow::viz {
namespace {

/// The family of quays with the most berths: the terminal that the plan shows.
std::vector<const Quay*> main_family(const Store& store) {
  std::map<std::uint32_t, std::vector<const Quay*>> families;
  for (const Quay& quay : store.quays().all()) families[quay.family].push_back(&quay);
  std::vector<const Quay*> best;
  for (const auto& [number, quays] : families) {
    if (best.empty() || quays.front()->family_berths > best.front()->family_berths) best = quays;
  }
  return best;
}

std::optional<std::uint16_t> cranes_of(const trace::Schema& schema, const Quay& quay) {
  for (std::size_t r = 0; r < schema.resources.size(); ++r) {
    const trace::ResourceInfo& info = schema.resources[r];
    if (info.facility == quay.facility && (info.unit == "crane" || info.unit == "unloader")) {
      return static_cast<std::uint16_t>(r);
    }
  }
  return std::nullopt;
}

void hull(Canvas& c, Rect r, Colour colour, Colour edge) {
  const float bow = std::min(r.h * 0.7f, r.w * 0.3f);
  const Point points[] = {{r.x, r.y},
                          {r.right() - bow, r.y},
                          {r.right(), r.centre().y},
                          {r.right() - bow, r.bottom()},
                          {r.x, r.bottom()}};
  c.polygon(points, with_alpha(colour, 0.35f));
  const Point rim[] = {points[0], points[1], points[2], points[3], points[4], points[0]};
  c.polyline(rim, edge, 1.5f);
}

/// Her name and how long she has been here. Where berths are narrower than names, those of every
/// second berth stand higher, so that each has the width of two, up to where the quays end
/// (`right`).
void label(Frame& f, const Stay& stay, Rect berth, Rect ship, float right) {
  constexpr float least_wide = 30;
  constexpr float tier = 34;
  if (berth.w < least_wide) return;
  Canvas& c = f.canvas;
  const std::string name = short_name(name_of(f, stay.entity));
  const std::string time = span_text(f.view.now - stay.from, f.view.language);
  const float widest = std::max(c.width(Face::caption_strong, name), c.width(Face::axis, time));
  const bool is_wide = widest > berth.w - 8;
  const bool is_raised = is_wide && stay.spot % 2 == 1 && ship.y - 26 - tier > berth.y;
  const float y = ship.y - (is_raised ? tier : 0.0f);
  const float room = is_wide ? 2 * berth.w - 8 : berth.w - 8;
  // At the end of the quay it stands to the left.
  const float x = std::min(berth.x + 4, right - 4 - std::min(widest, room));
  if (is_raised) c.line({berth.x + 1, y - 30}, {berth.x + 1, ship.y}, f.colours.line2);
  c.text_fit(Face::caption_strong, {x, y - 26}, f.colours.text, name, room);
  c.text_fit(Face::axis, {x, y - 10}, f.colours.text2, time, room);
}

/// A ship alongside; its cells fill as its stay goes by.
void ship(Frame& f, const Stay& stay, Rect berth, float right) {
  Canvas& c = f.canvas;
  const float high = std::clamp(berth.h * 0.42f, 18.0f, 44.0f);
  const float wide = std::max(16.0f, berth.w - 8) * (stay.small ? 0.66f : 1.0f);
  const Rect r{berth.x + 4, berth.bottom() - high - 4, wide, high};
  const Colour colour = f.colours.flow[static_cast<std::size_t>(stay.flow)];
  hull(c, r, colour, colour);
  const double whole = static_cast<double>((stay.to - stay.from).count());
  const double share =
      whole > 0 ? static_cast<double>((f.view.now - stay.from).count()) / whole : 0;
  const float inner = r.w * 0.66f;
  c.fill({r.x + 4, r.y + 5, inner * f32(share), r.h - 10}, colour, 2);
  label(f, stay, berth, r, right);
  plan_pick(f, r, stay.entity);
}

/// Cranes of one quay: those in use stand over ships, the others wait by their rails' end.
void cranes(Frame& f, const Quay& quay, Rect quay_area, float berth_wide,
            const std::vector<const Stay*>& ships) {
  const auto resource = cranes_of(f.store.schema(), quay);
  if (!resource) return;
  Canvas& c = f.canvas;
  const ResourceState s = f.store.levels().at(*resource, f.view.now);
  const std::uint32_t all = std::max(s.capacity, f.store.levels().most_capacity(*resource));
  const float top = quay_area.bottom() - 26;
  const auto crane = [&](float x, Colour colour, bool works) {
    c.fill({x, works ? top - 16 : top + 6, 3, works ? 38.0f : 16.0f}, colour);
    c.frame({x - 3, top + 10, 9, 14}, colour, 1, 1.5f);
  };
  std::uint32_t drawn = 0;
  for (std::size_t i = 0; i < ships.size(); ++i) {
    const auto share = f32(s.busy) / f32(ships.size());
    const auto own =
        static_cast<std::uint32_t>(share * f32(i + 1)) - static_cast<std::uint32_t>(share * f32(i));
    const float left = quay_area.x + berth_wide * f32(std::min(ships[i]->spot, quay.berths - 1));
    for (std::uint32_t k = 0; k < own; ++k, ++drawn) {
      crane(left + berth_wide * (f32(k) + 0.7f) / (f32(own) + 0.6f), f.colours.text, true);
    }
  }
  const float step = std::min(11.0f, quay_area.w / f32(all + 1));
  float x = quay_area.right() - 12;
  for (std::uint32_t k = drawn; k < all; ++k, x -= step) {
    crane(x, k < s.capacity ? f.colours.text3 : f.colours.breach, false);
  }
}

}  // namespace

void plan_quay(Frame& f, Rect r) {
  Canvas& c = f.canvas;
  const std::vector<const Quay*> quays = main_family(f.store);
  c.fill({r.x, r.y, r.w, r.h - 34}, f.colours.sea, 3);
  c.fill({r.x, r.bottom() - 34, r.w, 3}, f.colours.line2);
  if (quays.empty()) {
    f.empty_state(Text::no_quay, Text::no_plan_hint, r);
    return;
  }
  const std::vector<Stay> stays = f.store.movers().stays().at(f.view.now);
  const float berth = r.w / f32(quays.front()->family_berths);
  for (const Quay* quay : quays) {
    const Rect area{r.x + berth * f32(quay->first), r.y, berth * f32(quay->berths), r.h};
    std::vector<const Stay*> here;
    std::vector<bool> taken(quay->berths);
    for (const Stay& stay : stays) {
      if (stay.haven != Haven::berth || f.store.quays().at(stay.at) != quay) continue;
      here.push_back(&stay);
      taken[std::min(stay.spot, quay->berths - 1)] = true;
    }
    if (quay != quays.front()) c.line({area.x, r.y + 6}, {area.x, r.bottom()}, f.colours.line2);
    c.text_fit(Face::caption, {area.x + 6, r.y + 12}, f.colours.text2,
               pick(f.store.schema().facilities[quay->facility].title, f.view.language),
               area.w - 12);
    for (std::uint32_t b = 0; b < quay->berths; ++b) {
      const float x = area.x + berth * f32(b);
      c.fill({x, r.bottom() - 34, 1.5f, 8}, f.colours.text3);
      c.text_mid(Face::axis, {x + 4, r.bottom() - 8}, f.colours.text3,
                 fmt::format("{}", quay->first + b + 1));
      if (!taken[b]) {
        c.frame({x + 6, r.bottom() - 62, berth - 12, 20}, with_alpha(f.colours.line2, 0.7f), 3);
      }
    }
    for (const Stay* stay : here) {
      const float x = area.x + berth * f32(std::min(stay->spot, quay->berths - 1));
      ship(f, *stay, {x, r.y + 22, berth, r.h - 22 - 36}, r.right());
    }
    cranes(f, *quay, {area.x, r.y, area.w, r.h}, berth, here);
  }
}

}  // namespace portflow::viz
