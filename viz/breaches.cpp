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
    : lives_(schema.roles.size()), medians_(schema.roles.size()) {
  for (const trace::RoleInfo& role : schema.roles) boxes_.push_back(role.type == "box");
}

void Totals::consume(const trace::Batch& batch) {
  for (const trace::Ended& row : batch.ended) {
    if (row.role >= lives_.size()) continue;
    const auto seconds = (row.end - row.created).count() / 1000;
    lives_[row.role].push_back({row.created, static_cast<std::uint32_t>(seconds)});
  }
}

void Totals::close(Breaches& breaches) {
  for (std::size_t r = 0; r < lives_.size(); ++r) {
    auto& lives = lives_[r];
    if (lives.empty()) continue;
    const auto middle = lives.begin() + static_cast<std::ptrdiff_t>((lives.size() - 1) / 2);
    std::nth_element(lives.begin(), middle, lives.end(),
                     [](const One& a, const One& b) { return a.seconds < b.seconds; });
    const Duration median = std::chrono::seconds(middle->seconds);
    medians_[r] = median;
    for (const One& one : lives) {
      const Duration total = std::chrono::seconds(one.seconds);
      if (boxes_[r] && total > median + grace) {
        breaches.add(Breach::late, one.created + median + grace);
      }
    }
    lives = {};
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
