/// \file topology.hpp
/// Who can reach whom, and how soon at the least.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/own_lines.hpp"
#include "core/time.hpp"
#include "kernel/event_key.hpp"

namespace portflow::kernel {

/// Events must lie before this instant, so that a lookahead can be added to any of them.
inline constexpr SimTime end_of_time{Duration::max() / 2};

/// A one-way connection between two processes.
struct Channel {
  ProcessId from{};
  ProcessId to{};
  Duration lookahead{};  ///< least time that a message is under way, > 0
};

/// The ways between processes, which all threads look at for every message.
struct Topology {
  OwnVector<Channel> channels;
  /// Each from every process to every other, with this lookahead.
  OwnVector<Duration> meshes;
};

/// \returns a sentence that names the ways without lookahead, by the names of their processes:
/// a cycle of channels if there is one, else the first channel or mesh; empty when all is well.
[[nodiscard]] std::optional<std::string> without_lookahead(const Topology& topology,
                                                           std::span<const std::string> names);

}  // namespace portflow::kernel
