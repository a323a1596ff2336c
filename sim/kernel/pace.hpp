/// \file pace.hpp
/// How many threads a run is worth at the moment.
///
/// Where windows hold little, threads cost more than they bring, the more so on a busy machine.
/// No model of that holds everywhere, so it is tried out: for some milliseconds each number of
/// workers in turn, more than once, then the quickest for a good while, then it and its
/// neighbours again. The choice rests on wall time and may differ from run to run: it decides who
/// handles an event, never what that event does.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace portflow::kernel {

class Pace {
 public:
  using Wall = std::chrono::duration<double>;

  /// \param most   workers at hand, >= 1
  /// \param fixed  use all of them, whatever it costs
  Pace(unsigned most, bool fixed);

  /// Workers for the next stretch of the run.
  [[nodiscard]] unsigned workers() const noexcept { return choices_[now_].workers; }

  /// How long the next stretch should last before learn() is told; no limit where there is
  /// nothing to choose.
  [[nodiscard]] Wall stretch() const noexcept;

  /// A stretch with workers() handled `events` in `wall`.
  void learn(std::uint64_t events, Wall wall);

 private:
  struct Choice {
    unsigned workers;
    double rate;  ///< events a second at best in the present trials, or of late
  };

  [[nodiscard]] bool trying() const noexcept { return !trials_.empty(); }
  void start_trials(std::size_t rounds, std::size_t from, std::size_t to);
  void settle();

  std::vector<Choice> choices_;      ///< ascending
  std::vector<std::size_t> trials_;  ///< the present one last, then backwards
  std::size_t now_{0};
  std::size_t best_{0};
  bool warm_{false};  ///< the first trials are over, which tell more of cold caches than of pace
  Wall hold_;         ///< how long a choice is kept
  Wall held_{0};
  double events_{0};  ///< of the present trial or slice
  Wall wall_{0};
};

}  // namespace portflow::kernel
