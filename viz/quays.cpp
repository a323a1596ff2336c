#include "viz/quays.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include "viz/route_name.hpp"

namespace portflow::viz {
namespace {

/// From `a` to `b` as a direction on the ground; empty length gives east.
Heading heading(LonLat a, LonLat b) {
  const double x = (b.lon - a.lon) * std::cos(a.lat * std::numbers::pi / 180);
  const double y = b.lat - a.lat;
  const double far = std::hypot(x, y);
  return far < 1e-9 ? Heading{} : Heading{x / far, y / far};
}

std::string family_of(const trace::FacilityInfo& info) {
  const auto comma = info.title.en.find(", ");
  return comma == std::string::npos ? info.name : info.title.en.substr(0, comma);
}

/// Whence ships come to a facility: the point before the last of a sea route that ends there.
struct Approach {
  bool known{false};
  LonLat from, end;
};
Approach approach_of(const trace::Schema& schema, LonLat place) {
  Approach best;
  double nearest = 1.5;  // km: a basin bears another name than the quay in it
  for (const trace::RouteInfo& route : schema.routes) {
    const std::size_t n = std::min(route.longitudes.size(), route.latitudes.size());
    if (route.mode != "sea" || n < 2 || route_ends(route.name).to.empty()) continue;
    const LonLat end{route.longitudes[n - 1], route.latitudes[n - 1]};
    const double far = distance_km(end, place);
    if (far >= nearest) continue;
    nearest = far;
    best = {true, {route.longitudes[n - 2], route.latitudes[n - 2]}, end};
  }
  return best;
}

void set_directions(std::vector<Quay>& quays, const std::vector<Approach>& approaches) {
  std::map<std::uint32_t, std::vector<std::size_t>> families;
  for (std::size_t i = 0; i < quays.size(); ++i) families[quays[i].family].push_back(i);
  for (const auto& [family, members] : families) {
    const Quay& head = quays[members.front()];
    const Quay& last = quays[members.back()];
    const Heading come = heading(head.at, approaches[members.front()].from);
    const Heading along = members.size() > 1 ? heading(head.at, last.at) : Heading{-come.y, come.x};
    Heading sea{along.y, -along.x};
    if (sea.x * come.x + sea.y * come.y < 0) sea = {-sea.x, -sea.y};
    std::uint32_t berths = 0;
    for (const std::size_t m : members) {
      quays[m].first = berths;
      berths += quays[m].berths;
    }
    for (const std::size_t m : members) {
      quays[m].along = along;
      quays[m].seaward = sea;
      quays[m].family_berths = berths;
      quays[m].family_middle = {(head.at.lon + last.at.lon) / 2, (head.at.lat + last.at.lat) / 2};
    }
  }
}

}  // namespace

Quays::Quays(const trace::Schema& schema, const Levels& levels) {
  std::map<std::string, std::uint32_t> families;
  std::vector<Approach> approaches;
  for (std::size_t r = 0; r < schema.resources.size(); ++r) {
    const trace::ResourceInfo& resource = schema.resources[r];
    if (resource.unit != "berth" || resource.facility >= schema.facilities.size()) continue;
    const trace::FacilityInfo& info = schema.facilities[resource.facility];
    if (!info.placed) continue;
    const LonLat at{info.longitude, info.latitude};
    const Approach approach = approach_of(schema, at);
    if (!approach.known) continue;
    const auto family = families.try_emplace(family_of(info), families.size()).first->second;
    quays_.push_back({.facility = resource.facility,
                      .resource = static_cast<std::uint16_t>(r),
                      .at = at,
                      .route_end = approach.end,
                      .berths = std::max(1u, levels.most_capacity(static_cast<std::uint16_t>(r))),
                      .family = family,
                      .family_middle = at,
                      .along = {},
                      .seaward = {}});
    approaches.push_back(approach);
  }
  set_directions(quays_, approaches);
}

const Quay* Quays::at(LonLat place) const {
  const auto found = std::find_if(quays_.begin(), quays_.end(), [&](const Quay& quay) {
    return quay.route_end.lon == place.lon && quay.route_end.lat == place.lat;
  });
  return found == quays_.end() ? nullptr : &*found;
}

}  // namespace portflow::viz
