#include "viz/breaches.hpp"

#include <algorithm>

namespace portflow::viz {

void Breaches::sort() {
  for (auto& times : times_) {
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
  }
}

std::optional<SimTime> Breaches::next(Breach kind, SimTime from, bool forward) const {
  const std::vector<SimTime>& times = all(kind);
  if (forward) {
    const auto next = std::upper_bound(times.begin(), times.end(), from);
    return next == times.end() ? std::nullopt : std::optional(*next);
  }
  const auto here = std::lower_bound(times.begin(), times.end(), from);
  return here == times.begin() ? std::nullopt : std::optional(*(here - 1));
}

Totals::Totals(const trace::Schema& schema)
    : from_(schema.from - std::chrono::hours(24 * 366)),
      lives_(schema.roles.size(), Tally(400'000)),
      medians_(schema.roles.size()) {
  for (const trace::RoleInfo& role : schema.roles) boxes_.push_back(role.type == "box");
}

void Totals::consume(const trace::Batch& batch) {
  for (const trace::Ended& row : batch.ended) {
    if (row.role >= lives_.size()) continue;
    const auto seconds = (row.end - row.created).count() / 1000;
    const auto minute = std::max<std::int64_t>(0, (row.created - from_) / std::chrono::minutes(1));
    lives_[row.role].add(boxes_[row.role] ? static_cast<std::uint32_t>(minute) : 0,
                         static_cast<float>(seconds));
  }
}

void Totals::close(Breaches& breaches) {
  for (std::size_t r = 0; r < lives_.size(); ++r) {
    Tally& lives = lives_[r];
    if (lives.count() == 0) continue;
    lives.close();
    std::vector<Tally::Entry> by_length = lives.entries();
    std::sort(by_length.begin(), by_length.end(),
              [](const auto& a, const auto& b) { return a.value < b.value; });
    std::uint64_t left = (lives.count() + 1) / 2;
    auto middle = by_length.begin();
    for (; middle->count < left; ++middle) left -= middle->count;
    const Duration median = std::chrono::seconds(static_cast<std::int64_t>(middle->value));
    medians_[r] = median;
    for (const Tally::Entry& one : lives.entries()) {
      const Duration total = std::chrono::seconds(static_cast<std::int64_t>(one.value));
      if (boxes_[r] && total > median + grace) {
        breaches.add(Breach::late, from_ + std::chrono::minutes(one.bin) + median + grace);
      }
    }
    lives = Tally(2);
  }
  lives_ = {};
}

std::optional<Duration> Totals::median(std::uint16_t role) const {
  return role < medians_.size() ? medians_[role] : std::nullopt;
}

void find_idle(const trace::Schema& schema, const Levels& levels, Breaches& breaches) {
  for (std::size_t r = 0; r < schema.resources.size(); ++r) {
    if (schema.resources[r].unit != "berth") continue;
    for (const SimTime at : levels.emptied(static_cast<std::uint16_t>(r))) {
      breaches.add(Breach::idle, at);
    }
  }
}

}  // namespace portflow::viz
