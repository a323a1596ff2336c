#include "kernel/topology.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace portflow::kernel {
namespace {

std::size_t index(ProcessId id) {
  return static_cast<std::size_t>(id);
}

/// A cycle of `edges` as process numbers, first one repeated at the end; empty if there is none.
std::vector<std::size_t> find_cycle(const std::vector<std::vector<std::size_t>>& edges) {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(edges.size(), Mark::fresh);
  std::vector<std::pair<std::size_t, std::size_t>> path;  // process, edges of it already taken
  for (std::size_t root = 0; root < edges.size(); ++root) {
    if (marks[root] != Mark::fresh) continue;
    path.assign(1, {root, 0});
    marks[root] = Mark::open;
    while (!path.empty()) {
      auto& [at, taken] = path.back();
      if (taken == edges[at].size()) {
        marks[at] = Mark::done;
        path.pop_back();
        continue;
      }
      const auto to = edges[at][taken++];
      if (marks[to] == Mark::open) {
        std::vector<std::size_t> cycle;
        auto first = std::ranges::find(path, to, &std::pair<std::size_t, std::size_t>::first);
        for (; first != path.end(); ++first) cycle.push_back(first->first);
        cycle.push_back(to);
        return cycle;
      }
      if (marks[to] == Mark::fresh) {
        marks[to] = Mark::open;
        path.emplace_back(to, 0);
      }
    }
  }
  return {};
}

}  // namespace

std::optional<std::string> without_lookahead(const Topology& topology,
                                             std::span<const std::string> names) {
  const std::span<const Channel> channels = topology.channels;
  const auto bad =
      std::ranges::find_if(channels, [](const Channel& c) { return c.lookahead <= Duration{0}; });
  if (bad == channels.end()) {
    if (std::ranges::all_of(topology.meshes, [](Duration d) { return d > Duration{0}; })) {
      return std::nullopt;
    }
    return "a mesh has no lookahead: its messages must be under way for at least 1 ms";
  }
  std::vector<std::vector<std::size_t>> edges(names.size());
  for (const Channel& channel : channels) {
    if (channel.lookahead <= Duration{0}) edges[index(channel.from)].push_back(index(channel.to));
  }
  const auto cycle = find_cycle(edges);
  if (cycle.empty()) {
    return fmt::format(
        "the channel {} -> {} has no lookahead: its messages must be under way "
        "for at least 1 ms",
        names[index(bad->from)], names[index(bad->to)]);
  }
  std::string way = names[cycle.front()];
  for (std::size_t i = 1; i < cycle.size(); ++i) way += " -> " + names[cycle[i]];
  return fmt::format(
      "the cycle {} has no lookahead: its messages must be under way for at least "
      "1 ms",
      way);
}

}  // namespace portflow::kernel
