/// \file shards.hpp
/// Which processes stand together in one calendar.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/own_lines.hpp"

namespace portflow::kernel {

/// Up to so many processes each get a shard of their own where several threads work; the
/// threads then take whichever shard is next. Of more processes, each thread gets one shard.
inline constexpr std::size_t most_own_shards = 128;

/// The shard of each process, which all threads look at for every message.
using ShardOf = OwnVector<std::uint32_t>;

/// Cuts the row of processes into stretches, one for each speed and of work in proportion to it.
/// \param work      of each process, >= 0
/// \param speeds    of whoever handles each shard, work per time, > 0
/// \param shard_of  becomes the shard of each process, ascending; some shards may be empty. Its
///                  room is used again: an engine looks every few milliseconds, and allocates
///                  nothing
void cut(std::span<const std::uint64_t> work, std::span<const double> speeds, ShardOf& shard_of);

/// How long it takes until all shards are done, over how long it would if nobody waited for
/// another; 1 where there is no work.
/// \param shard_of  ascending
[[nodiscard]] double imbalance(std::span<const std::uint64_t> work,
                               std::span<const std::uint32_t> shard_of,
                               std::span<const double> speeds);

}  // namespace portflow::kernel
