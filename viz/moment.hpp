/// \file moment.hpp
/// Which instant to open a trace at: one at which much of what the map can show is seen.
#pragma once

#include "core/time.hpp"

namespace portflow::viz {

class Store;

/// The half hour in the second half of the trace, by day where there is one, with most going
/// on near the port: waits over target, queues, and ships, trains and aircraft in sight.
[[nodiscard]] SimTime telling_moment(const Store& store);

}  // namespace portflow::viz
