/// \file pace.hpp
/// Whether a window is worth waking the other threads for.
///
/// A fork and a join cost microseconds, and far more on a busy machine; many windows hold less
/// work than that. The choice rests on wall time and may differ from run to run: it decides
/// who handles a window, never what the window does.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace portflow::kernel {

class Pace {
 public:
  using Wall = std::chrono::duration<double, std::micro>;

  /// \param always  wake the threads for every window, however small
  explicit Pace(bool always) : always_{always} {}

  /// Whether to share out the next window.
  [[nodiscard]] bool shares() noexcept {
    if (always_) return true;
    if (resting_ > 0) {
      --resting_;
      return false;
    }
    return work_ >= worth_sharing;
  }

  /// A window handled by one thread took `work`.
  void alone(Wall work) noexcept { learn(work); }

  /// A window took `wall` in all, in which the threads worked `work` altogether.
  void shared(Wall wall, Wall work) noexcept {
    learn(work);
    if (wall < work * 0.9) {
      rest_ = 1;
      return;
    }
    // No gain, as when others use the processors: wait ever longer before the next try.
    rest_ = std::min(rest_ * 2, longest_rest);
    resting_ = rest_;
  }

 private:
  static constexpr Wall worth_sharing{15.0};
  static constexpr std::uint32_t longest_rest = 4096;

  void learn(Wall work) noexcept { work_ += (work - work_) * 0.125; }

  bool always_;
  Wall work_{0};           ///< of a window, smoothed
  std::uint32_t rest_{1};  ///< windows to go alone after a share without gain
  std::uint32_t resting_{0};
};

}  // namespace portflow::kernel
