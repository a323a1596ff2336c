#include "viz/fates.hpp"

#include <algorithm>

#include "viz/breaches.hpp"
#include "viz/causes.hpp"

namespace portflow::viz {

void Fates::expect(std::size_t moves) {
  codes_.reserve(std::min(moves, most_moves));
}

void Fates::add(const trace::Moved& move, bool drawn) {
  if (codes_.size() >= most_moves) return;
  const auto number = static_cast<std::uint32_t>(codes_.size());
  codes_.push_back(drawn ? unknown : hidden);
  // A run in which hardly anybody ever ends would be kept in memory whole.
  if (!drawn || living_.size() >= most_living) return;
  const auto [last, fresh] = living_.try_emplace(move.entity, no_move);
  const Move link{number, last->second};
  if (free_.empty()) {
    last->second = static_cast<std::uint32_t>(moves_.size());
    moves_.push_back(link);
  } else {
    last->second = free_.back();
    free_.pop_back();
    moves_[last->second] = link;
  }
}

void Fates::hide(std::uint32_t number) {
  if (number < codes_.size()) codes_[number] = hidden;
}

void Fates::end(const trace::Ended& ended) {
  const auto last = living_.find(ended.entity);
  if (last == living_.end()) return;
  std::uint16_t cause = no_cause;
  std::int64_t most = 0;
  for (std::size_t c = 0; c < cause_count; ++c) {
    if (!is_wait(static_cast<Cause>(c)) || ended.ticks_by_cause[c] <= most) continue;
    most = ended.ticks_by_cause[c];
    cause = static_cast<std::uint16_t>(c);
  }
  const auto hours = std::min<std::int64_t>((ended.end - ended.created) / std::chrono::hours(1),
                                            unknown_hours - 1);
  const auto code = static_cast<std::uint16_t>(hours << 4 | cause);
  for (std::uint32_t at = last->second; at != no_move; at = moves_[at].before) {
    if (codes_[moves_[at].number] != hidden) codes_[moves_[at].number] = code;
    free_.push_back(at);
  }
  living_.erase(last);
}

void Fates::close() {
  living_ = {};
  moves_ = {};
  free_ = {};
}

std::uint8_t Fates::cause(std::uint32_t number) const noexcept {
  if (number >= codes_.size()) return no_wait;
  const std::uint16_t cause = codes_[number] & 0xfu;
  return cause >= cause_count ? no_wait : static_cast<std::uint8_t>(cause);
}

Late Fates::late(std::uint32_t number, std::optional<Duration> median) const noexcept {
  if (number >= codes_.size() || !median || codes_[number] >> 4 == unknown_hours) {
    return Late::unknown;
  }
  const Duration total = std::chrono::hours(codes_[number] >> 4);
  return total <= *median ? Late::none : total <= *median + Totals::grace ? Late::some : Late::much;
}

}  // namespace portflow::viz
