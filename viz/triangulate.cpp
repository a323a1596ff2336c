#include "viz/triangulate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portflow::viz {
namespace {

double cross(Vertex a, Vertex b, Vertex c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool in_triangle(Vertex a, Vertex b, Vertex c, Vertex p) {
  return cross(a, b, p) >= 0 && cross(b, c, p) >= 0 && cross(c, a, p) >= 0;
}

/// The outline with its holes bridged in: one ring, counter-clockwise, as indexes.
class Ring {
 public:
  Ring(std::span<const std::vector<Vertex>> rings) {
    std::vector<std::pair<std::size_t, std::size_t>> spans;  // first, size in points
    for (const auto& ring : rings) {
      spans.emplace_back(points.size(), ring.size());
      points.insert(points.end(), ring.begin(), ring.end());
    }
    const auto wound = [&](std::size_t r, bool forward) {
      std::vector<std::uint32_t> indexes(spans[r].second);
      for (std::size_t i = 0; i < indexes.size(); ++i) {
        indexes[i] = static_cast<std::uint32_t>(spans[r].first + i);
      }
      if ((signed_area(rings[r]) > 0) != forward) std::reverse(indexes.begin(), indexes.end());
      return indexes;
    };
    order = wound(0, true);
    std::vector<std::vector<std::uint32_t>> holes;
    for (std::size_t r = 1; r < rings.size(); ++r) {
      if (rings[r].size() >= 3) holes.push_back(wound(r, false));
    }
    // Rightmost first: each hole then sees the outline or a hole that is joined already.
    for (auto& hole : holes) {
      std::rotate(hole.begin(),
                  std::max_element(hole.begin(), hole.end(),
                                   [&](auto a, auto b) { return points[a].x < points[b].x; }),
                  hole.end());
    }
    std::sort(holes.begin(), holes.end(),
              [&](const auto& a, const auto& b) { return points[a[0]].x > points[b[0]].x; });
    for (const auto& hole : holes) join(hole);
  }

  std::vector<Vertex> points;
  std::vector<std::uint32_t> order;

 private:
  void join(const std::vector<std::uint32_t>& hole) {
    const Vertex from = points[hole[0]];
    // The nearest edge to the right, and the end of it that lies further right.
    double nearest = std::numeric_limits<double>::infinity();
    std::size_t bridge = order.size();
    const std::size_t n = order.size();
    for (std::size_t i = 0; i < n; ++i) {
      const Vertex a = points[order[i]];
      const Vertex b = points[order[(i + 1) % n]];
      if (a.y > from.y || b.y < from.y || a.y == b.y) continue;
      const double x = a.x + (from.y - a.y) * (b.x - a.x) / (b.y - a.y);
      if (x < from.x || x >= nearest) continue;
      nearest = x;
      bridge = a.x > b.x ? i : (i + 1) % n;
    }
    if (bridge == n) return;
    // A reflex vertex inside the triangle of ray and candidate hides it: take the one at the
    // smallest angle to the ray instead.
    const Vertex hit{nearest, from.y};
    const Vertex goal = points[order[bridge]];
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < n; ++i) {
      const Vertex p = points[order[i]];
      if (p == goal || p.x < from.x) continue;
      const bool up = goal.y > from.y;
      if (!(up ? in_triangle(from, hit, goal, p) : in_triangle(from, goal, hit, p))) continue;
      const Vertex before = points[order[(i + n - 1) % n]];
      const Vertex after = points[order[(i + 1) % n]];
      if (cross(before, p, after) >= 0) continue;
      const double slope = std::abs(p.y - from.y) / std::max(1e-300, p.x - from.x);
      if (slope < least) {
        least = slope;
        bridge = i;
      }
    }
    std::vector<std::uint32_t> path(hole.begin(), hole.end());
    path.push_back(hole[0]);
    path.push_back(order[bridge]);
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(bridge) + 1, path.begin(), path.end());
  }
};

class Clipper {
 public:
  explicit Clipper(const Ring& ring) : ring_(ring), n_(ring.order.size()) {
    next_.resize(n_);
    before_.resize(n_);
    reflex_.resize(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      next_[i] = (i + 1) % n_;
      before_[i] = (i + n_ - 1) % n_;
    }
    west_ = south_ = std::numeric_limits<double>::infinity();
    double east = -west_;
    double north = -west_;
    for (std::size_t i = 0; i < n_; ++i) {
      west_ = std::min(west_, at(i).x);
      east = std::max(east, at(i).x);
      south_ = std::min(south_, at(i).y);
      north = std::max(north, at(i).y);
    }
    cells_ = std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(static_cast<double>(n_))));
    wide_ = std::max(1e-12, (east - west_) / static_cast<double>(cells_));
    high_ = std::max(1e-12, (north - south_) / static_cast<double>(cells_));
    grid_.resize(cells_ * cells_);
    for (std::size_t i = 0; i < n_; ++i) {
      reflex_[i] = is_reflex(i);
      if (reflex_[i])
        grid_[cell(at(i).y, south_, high_) * cells_ + cell(at(i).x, west_, wide_)].push_back(i);
    }
  }

  std::vector<std::uint32_t> run() {
    std::vector<std::uint32_t> out;
    std::size_t left = n_;
    std::size_t i = 0;
    std::size_t misses = 0;
    while (left > 2) {
      // After a whole round without an ear the ring touches itself: cut a corner anyway.
      const bool forced = misses > left;
      const double turn = cross(at(before_[i]), at(i), at(next_[i]));
      if (turn == 0 || (turn > 0 && (forced || is_ear(i))) || misses > 2 * left) {
        if (turn != 0) {
          for (const std::size_t v : {before_[i], i, next_[i]}) out.push_back(ring_.order[v]);
        }
        i = cut(i);
        --left;
        misses = 0;
      } else {
        i = next_[i];
        ++misses;
      }
    }
    return out;
  }

 private:
  [[nodiscard]] Vertex at(std::size_t i) const { return ring_.points[ring_.order[i]]; }
  [[nodiscard]] bool is_reflex(std::size_t i) const {
    return cross(at(before_[i]), at(i), at(next_[i])) <= 0;
  }
  [[nodiscard]] std::size_t cell(double v, double from, double size) const {
    const double c = std::floor((v - from) / size);
    return static_cast<std::size_t>(std::clamp(c, 0.0, static_cast<double>(cells_ - 1)));
  }

  [[nodiscard]] bool is_ear(std::size_t i) const {
    const Vertex a = at(before_[i]);
    const Vertex b = at(i);
    const Vertex c = at(next_[i]);
    const std::size_t x0 = cell(std::min({a.x, b.x, c.x}), west_, wide_);
    const std::size_t x1 = cell(std::max({a.x, b.x, c.x}), west_, wide_);
    const std::size_t y0 = cell(std::min({a.y, b.y, c.y}), south_, high_);
    const std::size_t y1 = cell(std::max({a.y, b.y, c.y}), south_, high_);
    for (std::size_t y = y0; y <= y1; ++y) {
      for (std::size_t x = x0; x <= x1; ++x) {
        for (const std::size_t v : grid_[y * cells_ + x]) {
          if (!reflex_[v] || v == before_[i] || v == i || v == next_[i]) continue;
          const Vertex p = at(v);
          if (p == a || p == b || p == c) continue;
          if (in_triangle(a, b, c, p)) return false;
        }
      }
    }
    return true;
  }

  std::size_t cut(std::size_t i) {
    const std::size_t a = before_[i];
    const std::size_t b = next_[i];
    next_[a] = b;
    before_[b] = a;
    reflex_[i] = false;
    // A corner never turns reflex by cutting, it may only cease to be.
    if (reflex_[a]) reflex_[a] = is_reflex(a);
    if (reflex_[b]) reflex_[b] = is_reflex(b);
    return b;
  }

  const Ring& ring_;
  std::size_t n_;
  std::vector<std::size_t> next_, before_;
  std::vector<bool> reflex_;
  double west_, south_, wide_, high_;
  std::size_t cells_;
  std::vector<std::vector<std::size_t>> grid_;
};

}  // namespace

double signed_area(std::span<const Vertex> ring) noexcept {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i];
    const Vertex b = ring[(i + 1) % ring.size()];
    twice += a.x * b.y - a.y * b.x;
  }
  return twice / 2;
}

std::vector<std::uint32_t> triangulate(std::span<const std::vector<Vertex>> rings) {
  if (rings.empty() || rings[0].size() < 3) return {};
  const Ring ring(rings);
  return Clipper(ring).run();
}

}  // namespace portflow::viz
