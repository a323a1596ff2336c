#include "kernel/pace.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace portflow::kernel {
namespace {

using Wall = Pace::Wall;

constexpr Wall shortest_trial{0.004};
constexpr Wall longest_trial{0.060};
constexpr Wall long_to_lay_out{0.002};
constexpr std::uint64_t enough_windows = 200;
constexpr Wall slice{0.020};  ///< between two looks at the shards
constexpr Wall shortest_hold{0.400};
constexpr Wall look_again{0.200};  ///< a choice that is kept is held against fewer workers
constexpr Wall longest_hold{4.0};
constexpr double lonely = 2;  ///< times as long as laying out takes, before it is done for more
constexpr double hold_to_trials = 15;  ///< trials may cost so little of the time
constexpr double clearly = 1.05;       ///< more workers must be quicker by this factor
constexpr double hopelessly = 0.6;     ///< of another's rate: a trial may end at once
constexpr double plainly = 1.15;       ///< most workers need no second round by this one

double middle(std::array<double, 3> rates) {
  std::ranges::sort(rates);
  return rates[1];
}

}  // namespace

Pace::Pace(unsigned most, bool fixed) {
  if (!fixed) {
    for (unsigned workers = 1; workers < most; workers *= 2) choices_.push_back({workers, {}, {}});
  }
  choices_.push_back({most, {}, {}});
  now_ = best_ = choices_.size() - 1;
  if (choices_.size() > 1) start_trials(0, choices_.size());
}

/// Tries the choices [from, to) in turn, the least first, as many times as there are rounds.
void Pace::start_trials(std::size_t from, std::size_t to) {
  for (std::size_t round = 0; round < rounds + (warm_ ? 0 : 1); ++round) {
    for (std::size_t i = to; i-- > from;) trials_.push_back(i);
  }
  for (Choice& choice : choices_) choice = {choice.workers, {}, {}};
  tried_ = to - from;
  changing_ = Wall{0};
  longest_ = longest_of_last_ = Wall{0};
  now_ = to;
  next_trial();
}

void Pace::next_trial() {
  if (trials_.back() <= now_) longest_of_last_ = std::exchange(longest_, Wall{0});  // a new round
  now_ = trials_.back();
  events_ = 0;
  windows_ = 0;
  wall_ = Wall{0};
}

/// Whether the present trial has seen enough. One worker needs no windows: he is given the time
/// that the others took in the round before, so that a disturbance may meet him as well.
bool Pace::seen_enough() const noexcept {
  if (choices_[now_].workers == 1) {
    const Wall alone = warm_ ? Wall{0} : lonely * laying_out_;
    return wall_ >= std::max({shortest_trial, longest_of_last_, alone});
  }
  if (wall_ < shortest_trial) return false;
  return windows_ >= enough_windows || wall_ >= longest_trial || is_hopeless();
}

/// Whether another choice was much quicker in its last trial, so that more of this one would cost
/// more than it tells.
bool Pace::is_hopeless() const noexcept {
  double others = 0;
  for (const Choice& choice : choices_) {
    if (&choice != &choices_[now_]) others = std::max(others, choice.rates.back());
  }
  return events_ < hopelessly * others * wall_.count();
}

/// Whether the present choice was slower of late than fewer workers were in their trials; looked at
/// once in a while, since a run has short slow stretches of its own.
bool Pace::is_slower_than_fewer(std::uint64_t events, Wall wall) {
  events_ += static_cast<double>(events);
  wall_ += wall;
  if (wall_ < look_again) return false;
  const double rate = std::exchange(events_, 0) / std::exchange(wall_, Wall{0}).count();
  return std::any_of(choices_.begin(), choices_.begin() + static_cast<std::ptrdiff_t>(now_),
                     [&](const Choice& fewer) { return rate < middle(fewer.rates); });
}

Wall Pace::stretch() const noexcept {
  if (choices_.size() == 1) {
    return choices_[0].workers == 1 ? Wall{std::numeric_limits<double>::infinity()} : slice;
  }
  return trying() ? shortest_trial : std::min(slice, hold_ - held_);
}

void Pace::laid_out(Wall took) noexcept {
  changing_ += took;
  unsettled_ = took > long_to_lay_out;
  if (!unsettled_) return;
  laying_out_ = took;
  if (trials_.size() > rounds * tried_) {  // the round that only warms up
    trials_.erase(trials_.begin(), trials_.begin() + static_cast<std::ptrdiff_t>(tried_));
  }
}

void Pace::learn(std::uint64_t events, std::uint64_t windows, Wall wall) {
  if (choices_.size() == 1) return;
  if (std::exchange(unsettled_, false)) {
    (trying() ? changing_ : held_) += wall;
    return;
  }
  if (!trying()) {
    held_ += wall;
    const bool disappoints = is_slower_than_fewer(events, wall) && held_ >= least_hold_;
    if (held_ >= hold_ || disappoints) {
      start_trials(best_ > 0 ? best_ - 1 : 0, std::min(best_ + 2, choices_.size()));
    }
    return;
  }
  events_ += static_cast<double>(events);
  windows_ += windows;
  wall_ += wall;
  choices_[now_].spent += wall;
  if (!seen_enough()) return;
  trials_.pop_back();
  longest_ = std::max(longest_, wall_);
  // The first round of all is counted by nobody: the second writes over it.
  auto& rates = choices_[now_].rates;
  std::shift_left(rates.begin(), rates.end(), 1);
  rates.back() = events_ / wall_.count();
  if (trials_.empty() || plain()) {
    trials_.clear();
    settle();
  } else {
    next_trial();
  }
}

/// Whether one round has said enough: most workers are much quicker. A disturbance slows many more
/// than it slows few, so the contrary is never plain.
bool Pace::plain() {
  if (trials_.size() != (rounds - 1) * tried_) return false;
  const std::size_t most = trials_.back() + tried_ - 1;
  double others = 0;
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    if (i != most) others = std::max(others, choices_[i].rates.back());
  }
  if (choices_[most].rates.back() < plainly * others) return false;
  for (Choice& choice : choices_) choice.rates.fill(choice.rates.back());
  return true;
}

/// All trials are done: takes the quickest, and of those hardly slower the one with fewest workers,
/// who leave processors to others and lose little where these are taken.
void Pace::settle() {
  warm_ = true;
  std::size_t quickest = 0;
  while (middle(choices_[quickest].rates) == 0) ++quickest;
  for (std::size_t i = quickest + 1; i < choices_.size(); ++i) {
    if (middle(choices_[i].rates) > clearly * middle(choices_[quickest].rates)) quickest = i;
  }
  const bool again = quickest == best_;
  now_ = best_ = quickest;
  least_hold_ = std::max(shortest_hold, hold_to_trials * cost_of_trials());
  hold_ =
      again && !is_close() ? std::max(least_hold_, std::min(2 * hold_, longest_hold)) : least_hold_;
  events_ = 0;
  wall_ = held_ = Wall{0};
}

/// What the trials took that the best choice would have saved.
Wall Pace::cost_of_trials() const {
  const double best = middle(choices_[best_].rates);
  Wall cost = changing_;
  for (const Choice& choice : choices_) {
    cost += choice.spent * std::max(0.0, 1 - middle(choice.rates) / best);
  }
  return cost;
}

/// Whether another choice was hardly slower, so that it may soon be the better one.
bool Pace::is_close() const {
  const double best = middle(choices_[best_].rates);
  return std::ranges::any_of(choices_, [&](const Choice& choice) {
    return &choice != &choices_[best_] && plainly * middle(choice.rates) > best;
  });
}

}  // namespace portflow::kernel
