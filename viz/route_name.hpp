/// \file route_name.hpp
/// What the name of a route says: `pilot_ground > quay (sea)` runs from one place to another.
#pragma once

#include <string_view>

namespace portflow::viz {

/// Names of the two ends; both empty where the name is not of that form.
struct RouteEnds {
  std::string_view from, to;
};

[[nodiscard]] constexpr RouteEnds route_ends(std::string_view name) noexcept {
  const std::size_t cut = name.find(" > ");
  if (cut == std::string_view::npos) return {};
  std::string_view to = name.substr(cut + 3);
  if (const std::size_t mode = to.rfind(" ("); mode != std::string_view::npos) {
    to = to.substr(0, mode);
  }
  return {name.substr(0, cut), to};
}

}  // namespace portflow::viz
