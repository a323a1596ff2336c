#include "viz/life.hpp"

#include <algorithm>

namespace portflow::viz {

const trace::PathPart* Life::at(SimTime at) const {
  const auto after = std::upper_bound(path.begin(), path.end(), at,
                                      [](SimTime t, const auto& part) { return t < part.begin; });
  if (after == path.begin()) return nullptr;
  const trace::PathPart& part = *(after - 1);
  return at < part.end ? &part : nullptr;
}

CauseTicks Life::account(SimTime until) const {
  CauseTicks out{};
  for (const trace::PathPart& part : path) {
    const Duration span = std::min(part.end, until) - part.begin;
    if (span.count() > 0) out[static_cast<std::size_t>(part.cause)] += span.count();
  }
  return out;
}

std::vector<StripRow> Life::strip(std::size_t most) const {
  std::vector<StripRow> rows;
  for (std::size_t i = 0; i < path.size(); ++i) {
    // Word under way belongs to the step that it ends.
    const bool same =
        !rows.empty() && (path[i].step == rows.back().step || path[i].step == trace::no_code);
    if (same) {
      rows.back().count = i + 1 - rows.back().first;
    } else {
      rows.push_back({path[i].step, i, 1});
    }
  }
  // The shortest rows go first where there are too many.
  while (rows.size() > most) {
    const auto span = [&](const StripRow& r) {
      return path[r.first + r.count - 1].end - path[r.first].begin;
    };
    const auto least = std::min_element(
        rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return span(a) < span(b); });
    rows.erase(least);
  }
  return rows;
}

const std::string& Life::name_of(trace::EntityId entity) const {
  static const std::string nobody;
  const auto found = names.find(entity);
  return found == names.end() ? nobody : found->second;
}

}  // namespace portflow::viz
