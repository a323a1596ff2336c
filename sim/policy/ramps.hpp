/// \file ramps.hpp
/// When the ramps of a measure begin.
#pragma once

#include "core/time.hpp"
#include "spec/node.hpp"

namespace portflow::policy {

/// Gives every ramp in `value` that names no start the start of its part.
void start_ramps(spec::Node& value, SimTime start);

}  // namespace portflow::policy
