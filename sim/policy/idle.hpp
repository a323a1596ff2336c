/// \file idle.hpp
/// Who is switched on and never acts, because the run ends before it or begins after it.
#pragma once

#include <vector>

#include "core/error.hpp"
#include "policy/measure.hpp"

namespace portflow::policy {

/// A warning for each part whose period does not meet [`from`, `until`), at its first effect.
[[nodiscard]] Errors idle(const std::vector<Measure>& measures, SimTime from, SimTime until);

}  // namespace portflow::policy
