/// \file cause_bar.hpp
/// Time by cause as one bar: the panels of causes, of accounts and of movers share it.
#pragma once

#include <vector>

#include "viz/panel.hpp"

namespace portflow::viz {

/// Causes that took time, the longest first. \param waits_only  leaves work and travel out
[[nodiscard]] std::vector<std::size_t> causes_by_size(const CauseTicks& ticks, bool waits_only);

/// A square in the colour of a cause; closed ones are hatched as well.
void draw_swatch(Frame& frame, Rect r, Cause cause);

/// \param shares  write the share into parts that are wide enough
void draw_cause_bar(Frame& frame, const CauseTicks& ticks, const std::vector<std::size_t>& order,
                    Rect r, bool shares);

/// What to write in over a cause's colour.
[[nodiscard]] Colour ink_on(Colour fill);

}  // namespace portflow::viz
