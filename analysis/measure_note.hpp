/// \file measure_note.hpp
/// What a page says of a measure: its title, its promises, and whether it is a scenario only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "trace/schema.hpp"

namespace portflow::analysis {

/// A measure that is on in an arm.
struct MeasureNote {
  std::string id;
  trace::Label title;
  bool in_base{false}, in_policy{false};
  bool institutional{false};                  ///< its mechanism is assumed: scenario, not forecast
  std::map<std::string, std::string> expect;  ///< KPI -> down, up, not_down, not_up
  std::vector<std::string> unchanged;         ///< KPIs that shall stay exactly as they are
};

}  // namespace portflow::analysis
