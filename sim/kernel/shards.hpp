/// \file shards.hpp
/// Which processes stand together in one calendar.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portflow::kernel {

/// Up to so many processes each get a shard of their own where several threads work; the
/// threads then take whichever shard is next. Of more processes, each thread gets one shard.
inline constexpr std::size_t most_own_shards = 128;

/// Cuts the row of processes into `shards` stretches of about equal work.
/// \param work      of each process, >= 0
/// \param shard_of  becomes the shard of each process, ascending; some shards may be empty. Its
/// room
///                  is used again: an engine looks every few milliseconds, and allocates nothing
void cut_evenly(std::span<const std::uint64_t> work, std::size_t shards,
                std::vector<std::uint32_t>& shard_of);

/// The work of the busiest shard over that of the average one; 1 where there is no work.
/// \param shard_of  ascending
[[nodiscard]] double imbalance(std::span<const std::uint64_t> work,
                               std::span<const std::uint32_t> shard_of, std::size_t shards);

}  // namespace portflow::kernel
