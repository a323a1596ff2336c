#include "kernel/pace.hpp"

#include <algorithm>
#include <limits>

namespace portflow::kernel {
namespace {

using Wall = Pace::Wall;

constexpr Wall trial{0.008};
constexpr Wall slice{0.020};  ///< of a hold, after which the shards are looked at
constexpr Wall shortest_hold{0.250};
constexpr Wall longest_hold{4.0};
constexpr double clearly = 1.02;  ///< a neighbour must be quicker by this factor

}  // namespace

Pace::Pace(unsigned most, bool fixed) : hold_{shortest_hold} {
  if (!fixed) {
    for (unsigned workers = 1; workers < most; workers *= 2) choices_.push_back({workers, 0});
  }
  choices_.push_back({most, 0});
  for (std::size_t i = 0; i + 1 < choices_.size(); ++i) trials_.push_back(i);
  now_ = best_ = choices_.size() - 1;
}

Wall Pace::stretch() const noexcept {
  if (choices_.front().workers == choices_.back().workers) {
    return choices_.front().workers == 1 ? Wall{std::numeric_limits<double>::infinity()} : slice;
  }
  const bool trying = !trials_.empty() || now_ != best_ || choices_[now_].rate == 0;
  return trying ? trial - wall_ : std::min(slice, hold_ - held_);
}

void Pace::learn(std::uint64_t events, Wall wall) {
  if (choices_.size() == 1) return;
  events_ += static_cast<double>(events);
  wall_ += wall;
  const bool trying = !trials_.empty() || now_ != best_ || choices_[now_].rate == 0;
  if (trying) {
    if (wall_ < trial) return;
    choices_[now_].rate = events_ / wall_.count();
    events_ = 0;
    wall_ = Wall{0};
    if (trials_.empty()) {
      settle();
    } else {
      now_ = trials_.back();
      trials_.pop_back();
    }
    return;
  }
  held_ += wall;
  // The latest slices alone tell how the choice does now, to compare its neighbours with.
  if (wall_ >= slice) {
    choices_[now_].rate = events_ / wall_.count();
    events_ = 0;
    wall_ = Wall{0};
  }
  if (held_ >= hold_) try_again();
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

void Pace::try_again() {
  // What was tried long ago says nothing of now.
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const bool neighbour = i + 1 == best_ || i == best_ + 1;
    if (neighbour) trials_.push_back(i);
    if (i != best_) choices_[i].rate = 0;
  }
  events_ = 0;
  wall_ = Wall{0};
  now_ = trials_.back();
  trials_.pop_back();
}

}  // namespace portflow::kernel
