#include "viz/stays.hpp"

#include <algorithm>
#include <optional>
#include <utility>

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

Stays::Maker::Maker(const trace::Schema& schema) {
  for (const trace::RouteInfo& route : schema.routes) {
    Place place{haven_of(schema, route), {}};
    if (place.haven) place.at = {route.longitudes.back(), route.latitudes.back()};
    ends_.push_back(place);
  }
  for (const trace::RoleInfo& role : schema.roles) flow_.push_back(flow_of(role.flow));
}

void Stays::Maker::add(const trace::Moved& left) {
  const auto [last, fresh] = last_.try_emplace(left.entity, left);
  if (fresh) return;
  const trace::Moved came = std::exchange(last->second, left);
  const Place& place = ends_[came.route];
  if (left.begin <= came.end || !place.haven) return;
  rows_.push_back({.from = came.end,
                   .to = left.begin,
                   .entity = came.entity,
                   .at = place.at,
                   .haven = *place.haven,
                   .flow = flow_[came.role]});
}

Stays Stays::Maker::close(const std::vector<trace::EntityId>& small) {
  last_ = {};
  Stays out;
  out.rows_ = std::move(rows_);
  for (Stay& stay : out.rows_) {
    stay.small = std::binary_search(small.begin(), small.end(), stay.entity);
  }
  out.give_spots();
  return out;
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
