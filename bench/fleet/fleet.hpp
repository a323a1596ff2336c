/// \file fleet.hpp
/// A trace with as many movers as one likes, for measuring the viewer: ways of a real trace, set
/// out on ever anew, written by the writer of runs.
#pragma once

#include <cstdint>
#include <string>

#include "core/error.hpp"

namespace portflow::bench {

struct FleetOptions {
  std::string like;               ///< trace whose dictionaries and ways are taken
  std::string out;                ///< written; replaced where it exists
  std::uint32_t at_once{20'000};  ///< movers under way at any instant, on average
  std::uint32_t days{2};          ///< length of the run
  std::uint64_t seed{1};
};

struct Fleet {
  std::uint64_t moves{0};
  double mean_hours{0};  ///< of a way
};

/// Movers come as a Poisson stream; each is born, takes one way of the like trace (any of its first
/// 200,000, but for boxes by rail, which may be aboard a train), and ends.
/// \returns an input fault where `like` holds no moves, a disk fault where `out` cannot be written
[[nodiscard]] Result<Fleet> write_fleet(const FleetOptions& options);

}  // namespace portflow::bench
