#include "kernel/safe_bound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace portflow::kernel {
namespace {

/// No path: still small enough to be added to any event time.
constexpr Duration unreachable = end_of_time.time_since_epoch();

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

std::optional<std::string> without_lookahead(std::span<const Channel> channels,
                                             std::span<const std::string> names) {
  const auto bad =
      std::ranges::find_if(channels, [](const Channel& c) { return c.lookahead <= Duration{0}; });
  if (bad == channels.end()) return std::nullopt;
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

SafeBound::SafeBound(std::size_t processes, std::span<const Channel> channels) {
  for (const Channel& c : channels) least_ = std::min(least_, c.lookahead);
  const auto n = processes;
  if (n > all_pairs) {
    std::vector<Duration> out(n, unreachable);
    std::vector<Duration> in(n, unreachable);
    cycle_.assign(n, unreachable);
    for (const Channel& c : channels) {
      auto& way_out = c.from == c.to ? cycle_[index(c.from)] : out[index(c.from)];
      way_out = std::min(way_out, c.lookahead);
      if (c.from != c.to) in[index(c.to)] = std::min(in[index(c.to)], c.lookahead);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (out[i] < unreachable && in[i] < unreachable) {
        cycle_[i] = std::min(cycle_[i], out[i] + in[i]);
      }
    }
    return;
  }
  paths_.assign(n * n, unreachable);
  for (const Channel& c : channels) {
    auto& direct = paths_[index(c.from) * n + index(c.to)];
    direct = std::min(direct, c.lookahead);
  }
  for (std::size_t via = 0; via < n; ++via) {
    for (std::size_t k = 0; k < n; ++k) {
      const Duration first = paths_[k * n + via];
      if (first == unreachable) continue;
      for (std::size_t i = 0; i < n; ++i) {
        auto& path = paths_[k * n + i];
        path = std::min(path, first + paths_[via * n + i]);
      }
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    const auto row = paths_.begin() + static_cast<std::ptrdiff_t>(k * n);
    least_out_.push_back(*std::min_element(row, row + static_cast<std::ptrdiff_t>(n)));
  }
}

SimTime SafeBound::operator()(std::span<const SimTime> next, std::span<SimTime> bound) const {
  return paths_.empty() ? from_least(next, bound) : from_matrix(next, bound);
}

SimTime SafeBound::from_matrix(std::span<const SimTime> next, std::span<SimTime> bound) const {
  const auto n = next.size();
  std::ranges::fill(bound, never);
  const auto first = std::ranges::min_element(next);
  if (first == next.end() || *first == never) return never;
  SimTime highest = never;
  const auto apply = [&](std::size_t k) {
    const Duration* const row = &paths_[k * n];
    highest = SimTime::min();
    for (std::size_t i = 0; i < n; ++i) {
      bound[i] = std::min(bound[i], next[k] + row[i]);
      highest = std::max(highest, bound[i]);
    }
  };
  // The earliest process lowers most bounds; after it few others can lower any.
  const auto earliest = static_cast<std::size_t>(first - next.begin());
  apply(earliest);
  for (std::size_t k = 0; k < n; ++k) {
    if (k != earliest && next[k] != never && next[k] + least_out_[k] < highest) apply(k);
  }
  return *first;
}

SimTime SafeBound::from_least(std::span<const SimTime> next, std::span<SimTime> bound) const {
  SimTime least = never;
  SimTime second = never;
  std::size_t earliest = 0;
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (next[i] < least) {
      second = std::exchange(least, next[i]);
      earliest = i;
    } else {
      second = std::min(second, next[i]);
    }
  }
  if (least == never) {
    std::ranges::fill(bound, never);
    return never;
  }
  std::ranges::fill(bound, least + least_);
  const SimTime others = second == never ? never : second + least_;
  bound[earliest] = std::min(others, least + cycle_[earliest]);
  return least;
}

}  // namespace portflow::kernel
