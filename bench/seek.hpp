/// \file seek.hpp
/// How long a trace takes to open, and to tell the whole state at random instants.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.hpp"

namespace portflow::bench {

struct SeekCost {
  double open{0};         ///< s
  double mean{0};         ///< s for the state at an instant
  double worst{0};        ///< s
  std::uint64_t most{0};  ///< entities in the largest of these states
};

/// \param instants  how many, >= 1, evenly drawn from the run
[[nodiscard]] Result<SeekCost> seek_cost(const std::string& trace, std::uint32_t instants,
                                         std::uint64_t seed);

}  // namespace portflow::bench
