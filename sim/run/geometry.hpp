/// \file geometry.hpp
/// Lines on the map for routes: along a named line of a GeoJSON file, or straight.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "procedure/build.hpp"
#include "spec/scenario.hpp"

namespace portflow::run {

/// Fills longitudes and latitudes of `schema.routes` from the places and links of the
/// scenario. Files of links are looked for in each of `folders` in turn.
/// \returns an error for every link whose file cannot be read or has no such line.
[[nodiscard]] Errors draw_routes(const spec::Scenario& scenario,
                                 const std::vector<procedure::RouteLine>& lines,
                                 const std::vector<std::string>& folders, trace::Schema& schema);

}  // namespace portflow::run
