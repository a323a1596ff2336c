/// \file network.hpp
/// The transport network: places beyond the facilities, links by mode, and hand-overs.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "spec/facility.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

struct NetworkPlace {
  std::string name;
  Label title;
  Position position;
  Place place;
};

/// What leaves along a link for a goal: a source of `demand` that comes by a timetable.
struct Departures {
  std::string goal;  ///< facility or place where the journey ends
  std::string source;
};

/// A one-way or (default) two-way link; time = fixed `takes`, or distance / speed.
struct Link {
  std::string from, to;  ///< facilities or places
  std::string mode;      ///< sea, road, rail, air
  double distance{0};    ///< metres
  double speed{0};       ///< metres per hour
  double time{0};        ///< ms; where given it replaces distance / speed
  double wait{0};        ///< ms, expected wait for the next departure (for route choice only)
  std::vector<Departures> departures;  ///< or what leaves when, by where the journey ends
  double cut_off{0};                   ///< ms, one has to be there so long before it leaves
  double cost{0};                      ///< fen per entity over the whole link
  bool priced{false};                  ///< whether somebody wrote its cost
  Distribution spread{Distribution::constant(1)};  ///< factor on the time, drawn per journey
  bool one_way{false};
  std::string along_file, along_name;  ///< `along: {file: map/sea_lanes.geojson, name: Tokyo}`
  Place place;
};

/// How long a token takes from one facility's process to another's.
struct HandOver {
  std::string from, to;   ///< facilities; `any` stands for all
  std::string for_type;   ///< entity type it applies to; empty: all
  Takes takes;            ///< its least value is the lookahead and must be positive
  bool is_message{true};  ///< cause: message, or travel (`by: travel`)
  Place place;
};

struct Network {
  std::vector<NetworkPlace> places;
  std::vector<Link> links;
  std::vector<HandOver> hand_overs;  ///< the last that matches holds
};

}  // namespace portflow::spec
