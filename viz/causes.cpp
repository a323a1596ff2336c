#include "viz/causes.hpp"

#include <algorithm>
#include <map>

namespace portflow::viz {

Causes::Causes(const trace::Schema& schema, const trace::Batch& batch) {
  std::map<std::string, std::size_t> ended;
  for (const trace::Ended& row : batch.ended) {
    if (row.role < schema.roles.size()) ++ended[schema.roles[row.role].type];
  }
  if (ended.empty()) return;
  for (const auto& [type, number] : ended) types_.push_back(type);
  std::stable_sort(types_.begin(), types_.end(), [&](const auto& a, const auto& b) {
    if ((a == "box") != (b == "box")) return a == "box";
    return ended[a] > ended[b];
  });
  from_ = batch.ended.front().at;
  const std::size_t bins = bins_before(batch.ended.back().at) + 2;
  sums_.assign(types_.size(), std::vector<CauseTicks>(bins));
  for (const trace::Ended& row : batch.ended) {
    if (row.role >= schema.roles.size()) continue;
    const auto type = static_cast<std::size_t>(
        std::find(types_.begin(), types_.end(), schema.roles[row.role].type) - types_.begin());
    CauseTicks& sum = sums_[type][bins_before(row.at) + 1];
    for (std::size_t c = 0; c < cause_count; ++c) sum[c] += row.ticks_by_cause[c];
  }
  for (auto& sums : sums_) {
    for (std::size_t b = 1; b < bins; ++b) {
      for (std::size_t c = 0; c < cause_count; ++c) sums[b][c] += sums[b - 1][c];
    }
  }
}

std::size_t Causes::bins_before(SimTime at) const {
  return at <= from_ ? 0 : static_cast<std::size_t>((at - from_) / bin);
}

CauseTicks Causes::totals(std::size_t type, SimTime at, Duration window) const {
  CauseTicks out{};
  if (type >= sums_.size() || at < from_) return out;
  const auto& sums = sums_[type];
  const std::size_t last = std::min(bins_before(at) + 1, sums.size() - 1);
  const std::size_t first = std::min(at - window < from_ ? 0 : bins_before(at - window) + 1, last);
  for (std::size_t c = 0; c < cause_count; ++c) out[c] = sums[last][c] - sums[first][c];
  return out;
}

}  // namespace portflow::viz
