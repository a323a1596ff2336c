#include "kernel/safe_bound.hpp"

#include <algorithm>

namespace portflow::kernel {

SafeBound::SafeBound(const Topology& topology, std::span<const std::uint32_t> shard_of,
                     std::size_t shards)
    : shards_{shards}, ways_(shards * shards, unreachable) {
  const auto way = [&](std::size_t from, std::size_t to) -> Duration& {
    return ways_[to * shards + from];
  };
  for (const Duration mesh : topology.meshes) {
    for (std::size_t from = 0; from < shards; ++from) {
      for (std::size_t to = 0; to < shards; ++to) {
        if (from != to) way(from, to) = std::min(way(from, to), mesh);
      }
    }
  }
  for (const Channel& channel : topology.channels) {
    const auto from = shard_of[static_cast<std::size_t>(channel.from)];
    const auto to = shard_of[static_cast<std::size_t>(channel.to)];
    if (from != to) way(from, to) = std::min(way(from, to), channel.lookahead);
  }
  for (std::size_t via = 0; via < shards; ++via) {
    for (std::size_t from = 0; from < shards; ++from) {
      const Duration first = way(from, via);
      if (first == unreachable) continue;
      for (std::size_t to = 0; to < shards; ++to) {
        way(from, to) = std::min(way(from, to), first + way(via, to));
      }
    }
  }
}

SimTime SafeBound::operator()(std::span<const SimTime> next, std::size_t i) const noexcept {
  SimTime bound = never;
  const Duration* const ways = &ways_[i * shards_];
  for (std::size_t k = 0; k < shards_; ++k) {
    // What lies beyond the end of time is `never`, to which nothing can be added.
    if (next[k] < end_of_time) bound = std::min(bound, next[k] + ways[k]);
  }
  return bound;
}

Duration SafeBound::shortest_way_from(std::size_t i) const noexcept {
  Duration shortest = unreachable;
  for (std::size_t k = 0; k < shards_; ++k) {
    if (k != i) shortest = std::min(shortest, ways_[k * shards_ + i]);
  }
  return shortest;
}

}  // namespace portflow::kernel
