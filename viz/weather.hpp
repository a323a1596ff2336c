/// \file weather.hpp
/// Which resources weather shuts, and what it is called, as the scenario in the trace says.
///
/// A trace records how many units were in service, not why none was. Its scenario's text says which
/// calendars know weather and which resources go by them: where such a resource has no unit in
/// service, weather is named as the reason. Calendars with hours of their own are left out, since
/// they may be shut for those; so are tides and outages, which are no weather to draw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trace/schema.hpp"

namespace portflow::viz {

class Levels;

/// What weather there may be at a facility.
struct Exposure {
  std::uint16_t facility{0};
  std::vector<std::uint16_t> resources;  ///< shut by it
  std::vector<std::string> names;        ///< `fog`, `gale`
  bool wind{false};                      ///< among them one that blows
  bool haze{false};                      ///< and one that hides: fog, snow
  bool outage{false};                    ///< no calendar says so: only all of them together shut it
};

/// One for each facility that weather may shut, in the order of the schema; then one for each whose
/// main resource goes by no calendar, and so is out of service where it has no unit.
[[nodiscard]] std::vector<Exposure> exposures_of(const trace::Schema& schema);

/// Whether it is shut at `at`: of the resources that weather may shut one, of the others all had
/// units at some time, and have none now.
[[nodiscard]] bool shut(const Exposure& exposure, const Levels& levels, SimTime at);

}  // namespace portflow::viz
