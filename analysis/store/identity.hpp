/// \file identity.hpp
/// What a run is: everything that its record depends on, and nothing else.
///
/// Equal keys give equal bytes, so a finished run need never be made again: the key hashes the
/// compiled scenario field by field with seed, horizon and the engine's version. Threads, file
/// names, titles, the order of measures and parts of them that never act within the horizon are no
/// part of it; the replication counts apart.
#pragma once

#include <string>
#include <vector>

#include "run/run.hpp"
#include "spec/node.hpp"

namespace portflow::store {

struct Identity {
  std::string key;                 ///< 32 hexadecimal digits
  std::vector<spec::Leaf> fields;  ///< `engine`, `seed`, `until`, then every field of the scenario
};

[[nodiscard]] Identity identity_of(const run::Prepared& prepared);

/// Which fields differ, in words: `facilities.gate.resources.lane.servers: 4 -> 5`; a field that
/// one side lacks is `nothing` there.
[[nodiscard]] std::vector<std::string> differences(const std::vector<spec::Leaf>& before,
                                                   const std::vector<spec::Leaf>& now);

}  // namespace portflow::store
