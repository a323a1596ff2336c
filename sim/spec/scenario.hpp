/// \file scenario.hpp
/// A port as plain data: everything that a scenario file says, typed and in base units.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "spec/calendar.hpp"
#include "spec/demand.hpp"
#include "spec/facility.hpp"
#include "spec/kpi.hpp"
#include "spec/network.hpp"
#include "spec/procedure.hpp"
#include "spec/published.hpp"

namespace portflow::spec {

/// What is simulated: entities created in [from + warm_up, to) are the cohort, followed for
/// `follow` beyond `to` while arrivals go on.
struct Horizon {
  SimTime from{}, to{};
  Duration warm_up{}, follow{};
  [[nodiscard]] SimTime until() const noexcept { return to + follow; }
};

/// An entry of the scenario's bibliography.
struct Reference {
  std::string key, title, url, note;
};

/// How many numbers rest on what; `unsupported` have no confidence at all.
struct Evidence {
  std::size_t sourced{0}, derived{0}, proxy{0}, assumption{0}, unsupported{0};
};

struct Scenario {
  std::string name;
  Label title;
  Horizon horizon;
  std::uint64_t seed{1};
  std::string map;  ///< folder with coastlines, relative to the file
  std::map<std::string, Calendar> calendars;
  std::map<std::string, Facility> facilities;
  std::map<std::string, SplitFacility> splits;
  Network network;
  std::map<std::string, Source> demand;
  std::map<std::string, Procedure> procedures;
  std::vector<Kpi> kpis;             ///< in the order of the file
  std::vector<Published> published;  ///< in the order of the file
  std::map<std::string, Reference> sources;

  /// The facilities that the name `place` stands for: itself, or the members of a split one.
  [[nodiscard]] std::vector<std::string> facilities_of(const std::string& place) const;
};

}  // namespace portflow::spec
