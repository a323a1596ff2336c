#include "viz/causes.hpp"

#include <algorithm>
#include <numeric>

namespace portflow::viz {

Causes::Causes(const trace::Schema& schema, const trace::Batch& batch) : Causes(schema) {
  consume(batch);
  close();
}

Causes::Causes(const trace::Schema& schema) {
  for (const trace::RoleInfo& role : schema.roles) {
    const auto known = std::find(types_.begin(), types_.end(), role.type);
    type_of_role_.push_back(static_cast<std::uint16_t>(known - types_.begin()));
    if (known == types_.end()) types_.push_back(role.type);
  }
  ended_.resize(types_.size());
  sums_.resize(types_.size());
  latest_.resize(types_.size());
}

void Causes::consume(const trace::Batch& batch) {
  for (const trace::Ended& row : batch.ended) {
    if (row.role >= type_of_role_.size()) continue;
    if (!any_) from_ = row.at;
    any_ = true;
    const std::uint16_t type = type_of_role_[row.role];
    ++ended_[type];
    Sum& sum = latest_[type];
    const std::size_t at = bins_before(row.at) + 1;
    // Batches come in order, and so do the rows of each.
    if (sum.bin < at) {
      if (sum.bin > 0) sums_[type].add(pages_, sum);
      sum.bin = at;
    }
    for (std::size_t c = 0; c < cause_count; ++c) sum.ticks[c] += row.ticks_by_cause[c];
  }
}

void Causes::close() {
  std::vector<std::size_t> order(types_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t t) { return ended_[t] == 0; });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if ((types_[a] == "box") != (types_[b] == "box")) return types_[a] == "box";
    return ended_[a] != ended_[b] ? ended_[a] > ended_[b] : types_[a] < types_[b];
  });
  std::vector<std::string> types;
  std::vector<PagedSeries<Sum, page_sums>> all;
  for (const std::size_t t : order) {
    types.push_back(types_[t]);
    sums_[t].add(pages_, latest_[t]);
    all.push_back(std::move(sums_[t]));
  }
  types_ = std::move(types);
  sums_ = std::move(all);
}

std::size_t Causes::bins_before(SimTime at) const {
  return at <= from_ ? 0 : static_cast<std::size_t>((at - from_) / bin);
}

CauseTicks Causes::upto(std::size_t type, std::size_t last) const {
  const std::size_t sums =
      sums_[type].upto(pages_, last, [](std::size_t b, const Sum& sum) { return b < sum.bin; });
  return sums == 0 ? CauseTicks{} : sums_[type].at(pages_, sums - 1).ticks;
}

CauseTicks Causes::totals(std::size_t type, SimTime at, Duration window) const {
  CauseTicks out{};
  if (type >= sums_.size() || at < from_) return out;
  const CauseTicks last = upto(type, bins_before(at) + 1);
  const CauseTicks first = upto(type, at - window < from_ ? 0 : bins_before(at - window) + 1);
  for (std::size_t c = 0; c < cause_count; ++c) out[c] = last[c] - first[c];
  return out;
}

}  // namespace portflow::viz
