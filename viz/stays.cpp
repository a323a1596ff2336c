#include "viz/stays.hpp"

#include <algorithm>
#include <optional>

#include "viz/route_name.hpp"

namespace portflow::viz {
namespace {

/// Where ships lie at the end of `route`, if it is a place of the port.
std::optional<Haven> haven_of(const trace::Schema& schema, const trace::RouteInfo& route) {
  if (route.longitudes.empty() || route.latitudes.empty()) return std::nullopt;
  const std::string_view end = route_ends(route.name).to;
  if (end.find("pilot") != std::string_view::npos || end.find("anchor") != std::string_view::npos) {
    return Haven::anchorage;
  }
  const LonLat place{route.longitudes.back(), route.latitudes.back()};
  for (const trace::FacilityInfo& facility : schema.facilities) {
    if (facility.name == end) return Haven::berth;
  }
  // A basin bears another name than the quay in it.
  for (const trace::ResourceInfo& resource : schema.resources) {
    if (resource.unit != "berth" || resource.facility >= schema.facilities.size()) continue;
    const trace::FacilityInfo& quay = schema.facilities[resource.facility];
    if (quay.placed && distance_km({quay.longitude, quay.latitude}, place) < 1.5) {
      return Haven::berth;
    }
  }
  return std::nullopt;
}

}  // namespace

Stays::Stays(const trace::Schema& schema, std::vector<trace::Moved> moves,
             const std::vector<trace::EntityId>& small) {
  std::vector<std::optional<Haven>> havens;
  havens.reserve(schema.routes.size());
  for (const trace::RouteInfo& route : schema.routes) havens.push_back(haven_of(schema, route));
  std::sort(moves.begin(), moves.end(), [](const trace::Moved& a, const trace::Moved& b) {
    return a.entity != b.entity ? a.entity < b.entity : a.begin < b.begin;
  });
  for (std::size_t i = 0; i + 1 < moves.size(); ++i) {
    const trace::Moved& came = moves[i];
    const trace::Moved& left = moves[i + 1];
    if (came.entity != left.entity || left.begin <= came.end || !havens[came.route]) continue;
    const trace::RouteInfo& route = schema.routes[came.route];
    rows_.push_back({.from = came.end,
                     .to = left.begin,
                     .entity = came.entity,
                     .at = {route.longitudes.back(), route.latitudes.back()},
                     .haven = *havens[came.route],
                     .flow = flow_of(schema.roles[came.role].flow),
                     .small = std::binary_search(small.begin(), small.end(), came.entity)});
  }
  give_spots();
}

void Stays::give_spots() {
  std::sort(rows_.begin(), rows_.end(), [](const Stay& a, const Stay& b) {
    return a.from != b.from ? a.from < b.from : a.entity < b.entity;
  });
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    std::vector<bool> taken;
    for (std::size_t j = i; j-- > 0 && rows_[j].from + longest_ > rows_[i].from;) {
      const Stay& other = rows_[j];
      if (other.to <= rows_[i].from || other.at.lon != rows_[i].at.lon ||
          other.at.lat != rows_[i].at.lat) {
        continue;
      }
      taken.resize(std::max<std::size_t>(taken.size(), other.spot + 1));
      taken[other.spot] = true;
    }
    rows_[i].spot =
        static_cast<std::uint32_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
    longest_ = std::max(longest_, rows_[i].to - rows_[i].from);
  }
}

std::vector<Stay> Stays::at(SimTime at) const {
  std::vector<Stay> out;
  auto row = std::lower_bound(rows_.begin(), rows_.end(), at - longest_,
                              [](const Stay& s, SimTime t) { return s.from < t; });
  for (; row != rows_.end() && row->from <= at; ++row) {
    if (row->to > at) out.push_back(*row);
  }
  return out;
}

std::size_t Stays::count(SimTime at, Haven haven) const {
  const std::vector<Stay> all = this->at(at);
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Stay& s) { return s.haven == haven; }));
}

}  // namespace portflow::viz
