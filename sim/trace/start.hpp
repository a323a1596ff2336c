/// \file start.hpp
/// Where the rows of a day begin in every table, so that a replay need not begin with the run.
#pragma once

#include <array>
#include <vector>

#include "trace/stream.hpp"

namespace portflow::trace {

/// \returns the start at the latest keyframe that is not after `at`; the beginning of the run
///          where there is none. \throws FileError (input)
[[nodiscard]] Start start_before(const Tables& tables, const Schema& schema, SimTime at);

}  // namespace portflow::trace
