/// \file facility.hpp
/// Places where something happens, and the resources that are scarce there.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spec/calendar.hpp"
#include "spec/node.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

/// Counters that open by themselves: `staffing: {elastic: {...}}`, offered by halls.
struct Elastic {
  double reserve{0};         ///< counters that may open beyond `servers`
  Duration open_when{};      ///< opens one when the predicted wait exceeds this
  Duration reserve_when{};   ///< opens all of the reserve when it exceeds this
  Duration opening_takes{};  ///< from decision to first service
  Duration close_when{};     ///< closes one when the predicted wait is below this
  friend bool operator==(const Elastic&, const Elastic&) = default;
};

/// Each unit works for `up`, then fails for `down`; what it does when it fails is finished first.
struct Breakdown {
  Distribution up, down;
  friend bool operator==(const Breakdown&, const Breakdown&) = default;
};

/// Something of which there is a limited number.
struct Resource {
  std::string name;
  double servers{1};                               ///< units in service
  std::vector<std::pair<Hours, double>> by_hours;  ///< `servers: {"06:00-22:00": 12, else: 4}`
  std::string unit;                                ///< berth, crane, counter, TEU, ...
  std::string calendar;                            ///< empty: always open
  enum class Discipline : std::uint8_t { fifo, priority } discipline{Discipline::fifo};
  std::optional<Elastic> elastic;
  std::optional<Breakdown> breakdown;
  /// What becomes of services when units go out of service: by shift, calendar, weather or failure.
  enum class Shortage : std::uint8_t { finish, pause, hand_over, restart } at_shift_end{};
  Duration per{};            ///< `per: 1 h`: units are used up, and come anew with every hour
  bool side_by_side{false};  ///< its units stand in a row: who needs several needs them adjoining
  /// Whether the more urgent interrupts the least urgent, who goes on later or begins anew.
  enum class Preempt : std::uint8_t { no, lowest, lowest_restarts } preempt{};
  Duration wait_target{};  ///< a promised wait; 0 where none is
  Place place;
  friend bool operator==(const Resource& a, const Resource& b) {
    return a.name == b.name && a.servers == b.servers && a.by_hours == b.by_hours &&
           a.unit == b.unit && a.calendar == b.calendar && a.discipline == b.discipline &&
           a.elastic == b.elastic && a.breakdown == b.breakdown &&
           a.at_shift_end == b.at_shift_end && a.preempt == b.preempt &&
           a.side_by_side == b.side_by_side && a.per == b.per && a.wait_target == b.wait_target;
  }
};

/// A point on the map, WGS 84 degrees.
struct Position {
  double longitude{0}, latitude{0};
  friend bool operator==(const Position&, const Position&) = default;
};

struct Facility {
  std::string name;
  std::string kind;  ///< `station` or a kind with behaviours: see the facility catalogue
  Label title;
  std::optional<Position> position;  ///< `position: [121.905, 39.010]`
  std::string process;               ///< logical process it belongs to; default: its own name
  std::string shown;  ///< the resource that stands for it on the map; default: the first
  std::vector<Resource> resources;  ///< in name order
  Node settings;                    ///< map of the kind's own fields, read by the kind
  Place place;
};

/// The names of a facility's resources, for settings that name one of them.
[[nodiscard]] inline std::vector<std::string> resource_names(const Facility& facility) {
  std::vector<std::string> names;
  names.reserve(facility.resources.size());
  for (const Resource& resource : facility.resources) names.push_back(resource.name);
  return names;
}

/// A facility that is several, told apart by an attribute of whoever comes:
/// `quay: {by: ship.phase, one: quay_1, two: quay_2}`. It may be named wherever a step runs or a
/// journey, link or hand-over ends, and has nothing of its own.
struct SplitFacility {
  std::string name;
  std::string by;                                          ///< attribute, `type.name` of a group
  std::vector<std::pair<std::string, std::string>> cases;  ///< category -> facility
  Place place;
  friend bool operator==(const SplitFacility& a, const SplitFacility& b) {
    return a.by == b.by && a.cases == b.cases;
  }
};

}  // namespace portflow::spec
