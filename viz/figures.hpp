/// \file figures.hpp
/// Values of figures as they are written, number and unit apart.
#pragma once

#include <string>

#include "viz/format.hpp"
#include "viz/tiles.hpp"

namespace portflow::viz {

using Parts = SpanText;

/// The unit of a KPI as a reader knows it; a bare number has none.
[[nodiscard]] std::string unit_text(const std::string& unit, Language language);

[[nodiscard]] Parts figure_parts(Language language, const Tile& tile, double value);

}  // namespace portflow::viz
