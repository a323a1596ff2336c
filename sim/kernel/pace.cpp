#include "kernel/pace.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace portflow::kernel {
namespace {

using Wall = Pace::Wall;

constexpr Wall trial{0.005};
constexpr Wall slice{0.020};  ///< of a hold, after which the shards are looked at
constexpr Wall shortest_hold{0.400};
constexpr Wall longest_hold{4.0};
constexpr double clearly = 1.02;  ///< a choice is left for one that is quicker by this factor

}  // namespace

Pace::Pace(unsigned most, bool fixed) : hold_{shortest_hold} {
  if (!fixed) {
    for (unsigned workers = 1; workers < most; workers *= 2) choices_.push_back({workers, 0});
  }
  choices_.push_back({most, 0});
  now_ = best_ = choices_.size() - 1;
  if (choices_.size() > 1) start_trials(3, 0, choices_.size());
}

/// Tries the choices [from, to) in turn, the greatest first, as many times as there are rounds.
void Pace::start_trials(std::size_t rounds, std::size_t from, std::size_t to) {
  trials_.clear();
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t i = from; i < to; ++i) trials_.push_back(i);
  }
  for (Choice& choice : choices_) choice.rate = 0;
  events_ = 0;
  wall_ = Wall{0};
  now_ = trials_.back();
}

Wall Pace::stretch() const noexcept {
  if (choices_.size() == 1) {
    return choices_[0].workers == 1 ? Wall{std::numeric_limits<double>::infinity()} : slice;
  }
  return trying() ? trial - wall_ : std::min(slice - wall_, hold_ - held_);
}

void Pace::learn(std::uint64_t events, Wall wall) {
  if (choices_.size() == 1) return;
  events_ += static_cast<double>(events);
  wall_ += wall;
  if (!trying()) held_ += wall;
  if (wall_ < (trying() ? trial : slice) && (trying() || held_ < hold_)) return;

  const double rate = std::exchange(events_, 0) / std::exchange(wall_, Wall{0}).count();
  if (trying()) {
    choices_[now_].rate = std::max(choices_[now_].rate, rate);
    trials_.pop_back();
    if (!warm_ && trials_.size() == 2 * choices_.size()) {
      warm_ = true;
      for (Choice& choice : choices_) choice.rate = 0;
    }
    if (trials_.empty()) {
      settle();
    } else {
      now_ = trials_.back();
    }
  } else if (held_ >= hold_) {
    start_trials(2, best_ > 0 ? best_ - 1 : 0, std::min(best_ + 2, choices_.size()));
  }
}

/// All trials are done: takes the quickest.
void Pace::settle() {
  std::size_t quickest = best_;
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    if (choices_[i].rate > clearly * choices_[quickest].rate) quickest = i;
  }
  hold_ = quickest == best_ ? std::min(2 * hold_, longest_hold) : shortest_hold;
  now_ = best_ = quickest;
  held_ = Wall{0};
}

}  // namespace portflow::kernel
