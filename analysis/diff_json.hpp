/// \file diff_json.hpp
/// What `trace diff --json` writes (docs/reference/trace.md).
#pragma once

#include <string>

#include "analysis/trace_diff.hpp"

namespace portflow::analysis {

[[nodiscard]] std::string to_json(const Arms& arms, const TraceDiff& diff);

}  // namespace portflow::analysis
