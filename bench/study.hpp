/// \file study.hpp
/// What a study costs beside its runs: the store, and handing out runs.
#pragma once

#include <cstdint>

#include "core/error.hpp"

namespace portflow::bench {

struct StudyCost {
  std::uint64_t count{0};
  double seconds{0};  ///< for all of them
};

/// Identifies, looks up, keeps and finds again `runs` records of a Dalian month's size.
[[nodiscard]] Result<StudyCost> store_cost(std::uint32_t runs);

/// Hands out `tasks` runs that only sleep, one at a time on each rank where mpirun started this
/// program.
/// \returns what it took beyond their sleep, over all ranks; 0 tasks on ranks that do not lead
[[nodiscard]] Result<StudyCost> dispatch_cost(std::uint32_t tasks);

}  // namespace portflow::bench
