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
      building_(std::make_unique<Building>()),
      medians_(schema.roles.size()) {
  // More different seconds than this are rounded, to 0.2 % at most.
  building_->lives.assign(schema.roles.size(), Tally(50'000));
  for (const trace::RoleInfo& role : schema.roles) boxes_.push_back(role.type == "box");
}

void Totals::consume(const trace::Batch& batch) {
  Building& b = *building_;
  for (const trace::Ended& row : batch.ended) {
    if (row.role >= b.lives.size()) continue;
    const auto seconds = static_cast<float>((row.end - row.created).count() / 1000);
    b.lives[row.role].add(0, seconds);
    if (!boxes_[row.role]) continue;
    const auto minute = std::max<std::int64_t>(0, (row.created - from_) / std::chrono::minutes(1));
    b.boxes.add(b.pages, {static_cast<std::uint32_t>(minute), seconds, row.role});
  }
}

void Totals::close(Breaches& breaches) {
  const std::unique_ptr<Building> b = std::move(building_);
  for (std::size_t r = 0; r < b->lives.size(); ++r) {
    Tally& lives = b->lives[r];
    if (lives.count() == 0) continue;
    lives.close();
    std::uint64_t left = (lives.count() + 1) / 2;
    auto middle = lives.entries().begin();
    for (; middle->count < left; ++middle) left -= middle->count;
    medians_[r] = std::chrono::seconds(static_cast<std::int64_t>(middle->value));
  }
  // Of many boxes that are late at one minute, one will do.
  std::vector<std::vector<bool>> told(medians_.size());
  for (std::size_t i = 0; i < b->boxes.size(); ++i) {
    const Box box = b->boxes.at(b->pages, i);
    const Duration due = *medians_[box.role] + grace;
    if (std::chrono::seconds(static_cast<std::int64_t>(box.seconds)) <= due) continue;
    std::vector<bool>& minutes = told[box.role];
    if (minutes.size() <= box.born) minutes.resize(box.born + 1);
    if (minutes[box.born]) continue;
    minutes[box.born] = true;
    breaches.add(Breach::late, from_ + std::chrono::minutes(box.born) + due);
  }
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
