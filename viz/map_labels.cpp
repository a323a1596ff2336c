#include <algorithm>
#include <cmath>

#include "viz/map_signs.hpp"

namespace portflow::viz {
namespace {

constexpr float label_gap = 8;

void draw_label(Canvas& c, const Frame& f, const Sign& sign, Point top, Align align) {
  const Colour second = f.base != nullptr ? (sign.turn() < 0   ? f.colours.better
                                             : sign.turn() > 0 ? f.colours.worse
                                                               : f.colours.text3)
                        : sign.breach()   ? f.colours.breach
                                          : f.colours.text2;
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
  const float off = (sign.breach() ? sign_breach_radius : sign_radius) + label_gap +
                    (sign.members.size() > 1 ? 8.0f : 0.0f);
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
    const float off = (sign->breach() ? sign_breach_radius : sign_radius + 2) + 1;
    const Point start = sign->at + along * (off / std::max(1.0f, length(along)));
    const Point line[] = {start, elbow, end};
    c.polyline(line, f.colours.text3, 1);
    draw_label(c, f, *sign, {x, y}, Align::left);
    taken.push_back({x, y, sign->wide, 38});
    y += row;
  }
}

}  // namespace

void label_signs(Canvas& c, const Frame& f, const Projection& to, std::vector<Sign>& signs,
                 std::vector<Rect> taken) {
  for (const Sign& sign : signs) {
    const float half = sign.members.size() > 1 ? 22.0f : 18.0f;
    taken.push_back({sign.at.x - half, sign.at.y - half, 2 * half, 2 * half});
  }
  const auto crowded = [&](const Sign& sign) {
    return std::count_if(signs.begin(), signs.end(), [&](const Sign& other) {
             return length(other.at - sign.at) < 92;
           }) > 3;  // itself and two neighbours still leave a free side
  };
  std::vector<Sign*> crowd;
  std::vector<Sign*> alone;
  for (Sign& sign : signs) (crowded(sign) ? crowd : alone).push_back(&sign);
  // The most pressing first: breaches, then queues.
  std::stable_sort(alone.begin(), alone.end(), [](const Sign* a, const Sign* b) {
    return a->breach() != b->breach() ? a->breach() : a->queue > b->queue;
  });
  leader_column(c, f, crowd, taken);
  const std::vector<Rect> shun = roads(f, to);
  for (Sign* sign : alone) {
    if (!place_beside(c, f, *sign, taken, shun)) place_beside(c, f, *sign, taken, {});
  }
}

}  // namespace portflow::viz
