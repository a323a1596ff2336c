#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "viz/format.hpp"
#include "viz/map_parts.hpp"

namespace portflow::viz {
namespace {

constexpr float disc_radius = 15;
constexpr float breach_radius = 21;
constexpr float least_gap = 37;   // between the centres of two discs
constexpr float most_shift = 52;  // how far a disc may stand from its place
constexpr float label_gap = 8;

struct Sign {
  FacilityState facility;
  Point place, at;
  std::string name, detail;
  float wide{0};
  bool labelled{false};
};

std::string queue_number(std::uint32_t queue) {
  if (queue < 1000) return std::to_string(queue);
  return number_text(static_cast<double>(queue) / 1000.0, queue < 10000 ? 2 : 3) + "k";
}

std::string detail(const Frame& f, const FacilityState& facility) {
  if (!facility.has_resource) return {};
  const ResourceState& s = facility.state;
  const bool zh = f.view.language == Language::zh;
  std::string out = s.capacity == 0 ? f.say(Text::closed_now)
                    : zh ? fmt::format("{} {}", f.say(Text::full), percent_text(f32(s.fill())))
                         : fmt::format("{} {}", percent_text(f32(s.fill())), f.say(Text::full));
  if (s.queue > 0) out += fmt::format(" · {} {}", f.say(Text::queue), count_text(s.queue));
  if (s.wait && s.wait->count() >= 30'000) out += " · " + span_text(*s.wait, f.view.language);
  return out;
}

std::vector<Sign> visible_signs(const Canvas& c, const Frame& f, const Projection& to) {
  std::vector<Sign> signs;
  for (const FacilityState& facility : f.store.facilities(f.view.now)) {
    const trace::FacilityInfo& info = f.store.schema().facilities[facility.facility];
    Sign sign{.facility = facility,
              .place = to({info.longitude, info.latitude}),
              .at = {},
              .name = pick(info.title, f.view.language),
              .detail = detail(f, facility)};
    if (sign.name.empty()) sign.name = info.name;
    if (!f.area.inset(4).contains(sign.place)) continue;
    sign.at = sign.place;
    sign.wide =
        std::max(c.width(Face::label_strong, sign.name), c.width(Face::caption, sign.detail));
    signs.push_back(std::move(sign));
  }
  return signs;
}

/// Moves discs apart until none overlap, as far as their tethers allow.
void spread(std::vector<Sign>& signs) {
  for (int round = 0; round < 80; ++round) {
    for (std::size_t i = 0; i < signs.size(); ++i) {
      for (std::size_t j = i + 1; j < signs.size(); ++j) {
        Point apart = signs[j].at - signs[i].at;
        float far = length(apart);
        if (far >= least_gap) continue;
        if (far < 0.01f) {
          // Same place: part them at an angle of their own, the same on every run.
          const float angle = f32(i * 7 + j * 3);
          apart = {std::cos(angle), std::sin(angle)};
          far = 1;
        }
        const Point push = apart * ((least_gap - std::min(far, least_gap)) / far / 2);
        signs[i].at = signs[i].at - push;
        signs[j].at = signs[j].at + push;
      }
    }
    for (Sign& sign : signs) {
      const Point off = sign.at - sign.place;
      const float far = length(off);
      if (far > most_shift) sign.at = sign.place + off * (most_shift / far);
    }
  }
}

void draw_disc(Canvas& c, const Frame& f, const Sign& sign) {
  const Palette& colours = f.colours;
  const ResourceState& s = sign.facility.state;
  const Colour ring = s.breach ? colours.breach : colours.accent;
  if (length(sign.at - sign.place) > 6) {
    c.line(sign.place, sign.at, colours.text3, 1);
    c.disc(sign.place, 2.5f, colours.text2);
  }
  c.disc(sign.at, disc_radius + 2, colours.panel);
  c.circle(sign.at, disc_radius, colours.control, 4);
  if (sign.facility.has_resource) {
    c.arc(sign.at, disc_radius, s.fill(), ring, 4);
    const std::string number = queue_number(s.queue);
    c.text_mid(number.size() > 3 ? Face::axis_strong : Face::caption_strong, sign.at, colours.text,
               number, Align::centre);
  } else {
    c.disc(sign.at, 4, colours.text3);
  }
  if (s.breach) c.dashed_circle(sign.at, breach_radius, colours.breach, 2);
}

void draw_label(Canvas& c, const Frame& f, const Sign& sign, Point top, Align align) {
  const Colour second = sign.facility.state.breach ? f.colours.breach : f.colours.text2;
  c.text_halo(Face::label_strong, top, f.colours.text, f.colours.sea, sign.name, align);
  c.text_halo(Face::caption, {top.x, top.y + 18}, second, f.colours.sea, sign.detail, align);
}

/// Spots along the roads, where trucks would run through a label.
std::vector<Rect> roads(const Frame& f, const Projection& to) {
  constexpr float step = 10;
  std::vector<Rect> out;
  const auto& routes = f.store.schema().routes;
  for (std::size_t r = 0; r < routes.size(); ++r) {
    if (routes[r].mode != "road") continue;
    const auto& points = f.store.movers().paths()[r].points();
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Point a = to(points[i - 1]);
      const Point leg = to(points[i]) - a;
      const float far = std::min(length(leg), 2000.0f);
      for (float done = 0; done < far; done += step) {
        const Point at = a + leg * (done / length(leg));
        if (f.area.contains(at)) out.push_back({at.x - 6, at.y - 6, 12, 12});
      }
    }
  }
  return out;
}

/// Tries right, left, lower left and right, below and above the disc; true where the label found
/// room.
/// \param shun  what it should not cover either, if it can
bool place_beside(Canvas& c, const Frame& f, Sign& sign, std::vector<Rect>& taken,
                  const std::vector<Rect>& shun) {
  const float high = sign.detail.empty() ? 18.0f : 36.0f;
  const float off = (sign.facility.state.breach ? breach_radius : disc_radius) + label_gap;
  struct Try {
    Point top;
    Align align;
    Rect r;
  };
  const Point at = sign.at;
  const float w = sign.wide;
  const Try tries[] = {
      {{at.x + off, at.y - high / 2}, Align::left, {at.x + off, at.y - high / 2, w, high}},
      {{at.x - off, at.y - high / 2}, Align::right, {at.x - off - w, at.y - high / 2, w, high}},
      {{at.x - off, at.y + 6}, Align::right, {at.x - off - w, at.y + 6, w, high}},
      {{at.x + off, at.y + 6}, Align::left, {at.x + off, at.y + 6, w, high}},
      {{at.x, at.y + off}, Align::centre, {at.x - w / 2, at.y + off, w, high}},
      {{at.x, at.y - off - high}, Align::centre, {at.x - w / 2, at.y - off - high, w, high}}};
  for (const Try& t : tries) {
    const Rect room = t.r.inset(-3);
    if (room.x < f.area.x || room.right() > f.area.right() || room.y < f.area.y ||
        room.bottom() > f.area.bottom()) {
      continue;
    }
    const auto meets = [&](const Rect& o) { return o.meets(room); };
    if (std::any_of(taken.begin(), taken.end(), meets) ||
        std::any_of(shun.begin(), shun.end(), meets)) {
      continue;
    }
    taken.push_back(room);
    draw_label(c, f, sign, t.top, t.align);
    return true;
  }
  return false;
}

/// Labels of a crowd, in a column to its right with a line to each disc.
void leader_column(Canvas& c, const Frame& f, std::vector<Sign*> crowd, std::vector<Rect>& taken) {
  if (crowd.empty()) return;
  std::sort(crowd.begin(), crowd.end(), [](const Sign* a, const Sign* b) {
    return a->at.y != b->at.y ? a->at.y < b->at.y : a->at.x < b->at.x;
  });
  constexpr float row = 43;
  float east = 0;
  float middle = 0;
  float wide = 0;
  for (const Sign* sign : crowd) {
    east = std::max(east, sign->at.x);
    middle += sign->at.y / f32(crowd.size());
    wide = std::max(wide, sign->wide);
  }
  const float high = row * f32(crowd.size());
  const float x = std::min(east + 112, f.area.right() - wide - 16);
  float y = std::clamp(middle - high / 2, f.area.y + 12,
                       std::max(f.area.y + 12, f.area.bottom() - high - 12));
  // What stands in the way at the top right pushes the column down.
  for (const Rect& o : taken) {
    if (o.meets({x, y, wide, high}) && o.y < f.area.y + 40) y = o.bottom() + 8;
  }
  for (const Sign* sign : crowd) {
    if (y + row > f.area.bottom()) break;  // no room: the number on the disc must do
    const Point end{x - 8, y + row / 2 - 3};
    const Point elbow{x - 30, end.y};
    const Point along = elbow - sign->at;
    const float off = (sign->facility.state.breach ? breach_radius : disc_radius + 2) + 1;
    const Point start = sign->at + along * (off / std::max(1.0f, length(along)));
    const Point line[] = {start, elbow, end};
    c.polyline(line, f.colours.text3, 1);
    draw_label(c, f, *sign, {x, y}, Align::left);
    taken.push_back({x, y, sign->wide, 38});
    y += row;
  }
}

}  // namespace

void draw_facilities(Canvas& c, const Frame& f, const Projection& to, std::vector<Rect> taken) {
  std::vector<Sign> signs = visible_signs(c, f, to);
  spread(signs);
  for (const Sign& sign : signs) {
    taken.push_back({sign.at.x - 18, sign.at.y - 18, 36, 36});
  }
  const auto crowded = [&](const Sign& sign) {
    return std::count_if(signs.begin(), signs.end(), [&](const Sign& other) {
             return length(other.at - sign.at) < 92;
           }) > 2;  // itself and one neighbour still leave a free side
  };
  std::vector<Sign*> crowd;
  std::vector<Sign*> alone;
  for (Sign& sign : signs) (crowded(sign) ? crowd : alone).push_back(&sign);
  // The most pressing first: breaches, then queues.
  std::stable_sort(alone.begin(), alone.end(), [](const Sign* a, const Sign* b) {
    const ResourceState& p = a->facility.state;
    const ResourceState& q = b->facility.state;
    return p.breach != q.breach ? p.breach : p.queue > q.queue;
  });
  leader_column(c, f, crowd, taken);
  const std::vector<Rect> shun = roads(f, to);
  for (Sign* sign : alone) {
    if (!place_beside(c, f, *sign, taken, shun)) place_beside(c, f, *sign, taken, {});
  }
  for (const Sign& sign : signs) draw_disc(c, f, sign);
}

Camera home_camera(const Store& store, Rect area) {
  std::vector<double> lons;
  std::vector<double> lats;
  std::vector<LonLat> all;
  for (const trace::FacilityInfo& info : store.schema().facilities) {
    if (!info.placed) continue;
    all.push_back({info.longitude, info.latitude});
    lons.push_back(info.longitude);
    lats.push_back(info.latitude);
  }
  if (all.empty()) return {};
  const auto median = [](std::vector<double>& v) {
    std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
    return v[v.size() / 2];
  };
  const LonLat middle{median(lons), median(lats)};
  for (const RoutePlace& place : store.places()) {
    if (place.pilot_ground) all.push_back(place.at);
  }
  GeoBox box{middle.lon, middle.lat, middle.lon, middle.lat};
  for (const LonLat p : all) {
    if (std::abs(p.lon - middle.lon) > 0.9 || std::abs(p.lat - middle.lat) > 0.7) continue;
    box = {std::min(box.west, p.lon), std::min(box.south, p.lat), std::max(box.east, p.lon),
           std::max(box.north, p.lat)};
  }
  Camera camera = fit(box, area, std::min(120.0f, area.h * 0.2f));
  camera.zoom = std::min(camera.zoom, 1800.0);
  return camera;
}

}  // namespace portflow::viz
