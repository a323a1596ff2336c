/// \file why_between_text.hpp
/// What two policies made of an entity, in words. Durations are exact, to the millisecond.
#pragma once

#include <string>

#include "analysis/between.hpp"

namespace portflow::cli {

/// The policies: `A is week.h5 (no measures), B is m04.h5 (m04)`.
[[nodiscard]] std::string arms_text(const analysis::Arms& arms);

[[nodiscard]] std::string versus_text(const analysis::Arms& arms, const analysis::Versus& versus);
[[nodiscard]] std::string movers_text(const analysis::Arms& arms, const analysis::Movers& movers);

}  // namespace portflow::cli
