#include "kernel/pace.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace portflow::kernel {
namespace {

using Wall = Pace::Wall;

constexpr Wall shortest_trial{0.004};
constexpr Wall settling_in{0.001};  ///< caches are cold so long
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

}  // namespace

Pace::Pace(unsigned most, bool fixed) {
  if (!fixed) {
    for (unsigned workers = 1; workers < most; workers *= 2) choices_.push_back({workers, {}, {}});
  }
  choices_.push_back({most, {}, {}});
  now_ = best_ = choices_.size() - 1;
  hold_ = shortest_hold;
  if (choices_.size() > 1) start_trials(0, choices_.size());
}

/// Tries the choices [from, to) up, down and up again, so that who ends a round begins the next,
/// and workers change as seldom as can be.
void Pace::start_trials(std::size_t from, std::size_t to) {
  std::vector<std::size_t> round(to - from);
  std::iota(round.begin(), round.end(), from);
  for (std::size_t i = 0; i < rounds; ++i) {
    std::ranges::reverse(round);
    trials_.insert(trials_.end(), round.begin(), round.end());
  }
  for (Choice& choice : choices_) choice = {choice.workers, {}, {}};
  tried_ = to - from;
  changing_ = Wall{0};
  longest_ = longest_of_last_ = Wall{0};
  next_trial();
}

void Pace::next_trial() {
  const bool new_round = trials_.size() % tried_ == 0;
  if (new_round) longest_of_last_ = std::exchange(longest_, Wall{0});
  if (std::exchange(now_, trials_.back()) != now_) settling_ = settling_in;
  events_ = 0;
  windows_ = 0;
  wall_ = Wall{0};
}

/// Whether the present trial has seen enough. One worker needs no windows: he is given the time
/// that the others took in the round before, so that a disturbance may meet him as well.
bool Pace::seen_enough() const noexcept {
  if (choices_[now_].workers == 1) {
    const Wall alone = settled_once_ ? Wall{0} : lonely * laying_out_;
    return wall_ >= std::max({shortest_trial, longest_of_last_, alone});
  }
  if (wall_ < shortest_trial) return false;
  return windows_ >= enough_windows || wall_ >= longest_trial || is_hopeless();
}

/// Whether another choice was so much quicker that more of this one would cost more than it tells.
bool Pace::is_hopeless() const noexcept {
  return events_ < hopelessly * quickest_but(now_) * wall_.count();
}

double Pace::quickest_but(std::size_t choice) const noexcept {
  double quickest = 0;
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    if (i != choice) quickest = std::max(quickest, choices_[i].rate());
  }
  return quickest;
}

/// Whether the present choice was slower of late than fewer workers were in their trials; looked at
/// once in a while, since a run has short slow stretches of its own.
bool Pace::is_slower_than_fewer(std::uint64_t events, Wall wall) {
  events_ += static_cast<double>(events);
  wall_ += wall;
  if (wall_ < look_again) return false;
  const double rate = std::exchange(events_, 0) / std::exchange(wall_, Wall{0}).count();
  return std::any_of(choices_.begin(), choices_.begin() + static_cast<std::ptrdiff_t>(now_),
                     [&](const Choice& fewer) { return rate < fewer.rate(); });
}

Wall Pace::stretch() const noexcept {
  if (choices_.size() == 1) {
    return choices_[0].workers == 1 ? Wall{std::numeric_limits<double>::infinity()} : slice;
  }
  if (settling_ > Wall{0}) return settling_;
  return trying() ? shortest_trial : std::min(slice, hold_ - held_);
}

void Pace::laid_out(Wall took) noexcept {
  changing_ += took;
  unsorted_ = took > long_to_lay_out;
  if (unsorted_) laying_out_ = took;
}

void Pace::learn(std::uint64_t events, std::uint64_t windows, Wall wall) {
  if (choices_.size() == 1) return;
  if (std::exchange(unsorted_, false)) {
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
  if (settling_ > Wall{0}) {
    settling_ -= wall;
    changing_ += wall;
    return;
  }
  events_ += static_cast<double>(events);
  windows_ += windows;
  wall_ += wall;
  Choice& choice = choices_[now_];
  choice.spent += wall;
  if (!seen_enough()) return;
  trials_.pop_back();
  longest_ = std::max(longest_, wall_);
  const double rate = events_ / wall_.count();
  choice.rates.insert(std::ranges::upper_bound(choice.rates, rate), rate);
  if (trials_.empty() || is_plain()) {
    trials_.clear();
    settle();
  } else {
    next_trial();
  }
}

/// Whether one round has said enough: most workers are much quicker. A disturbance slows many more
/// than it slows few, so the contrary is never plain.
bool Pace::is_plain() const {
  const bool first_round = trials_.size() == (rounds - 1) * tried_;  // it goes up
  return first_round && choices_[now_].rate() >= plainly * quickest_but(now_);
}

/// All trials are done: takes the quickest, and of those hardly slower the one with fewest workers,
/// who leave processors to others and lose little where these are taken.
void Pace::settle() {
  settled_once_ = true;
  std::size_t quickest = 0;
  for (std::size_t i = 1; i < choices_.size(); ++i) {
    if (choices_[i].rate() > clearly * choices_[quickest].rate()) quickest = i;
  }
  const bool again = quickest == best_;
  now_ = best_ = quickest;
  least_hold_ = std::max(shortest_hold, hold_to_trials * cost_of_trials());
  hold_ =
      again && !is_close() ? std::max(least_hold_, std::min(2 * hold_, longest_hold)) : least_hold_;
  events_ = 0;
  wall_ = held_ = Wall{0};
}

/// What the trials took that the quickest choice would have saved.
Wall Pace::cost_of_trials() const {
  const double quickest = quickest_but(choices_.size());
  Wall cost = changing_;
  for (const Choice& choice : choices_) {
    if (choice.rate() < quickest) cost += choice.spent * (1 - choice.rate() / quickest);
  }
  return cost;
}

/// Whether another choice was hardly slower, so that it may soon be the better one.
bool Pace::is_close() const {
  return plainly * quickest_but(best_) > choices_[best_].rate();
}

}  // namespace portflow::kernel
