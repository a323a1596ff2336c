/// \file pace.hpp
/// How many threads a run is worth at the moment.
///
/// Where windows hold little, threads cost more than they bring, the more so on a busy machine.
/// No model of that holds everywhere, so it is tried out: each number of workers in turn, three
/// times over, for some milliseconds and some hundred windows (once, where most are plainly
/// quickest; fewer windows, where one is hopelessly slow), not counting a first millisecond with
/// cold caches; then the one whose middle trial was quickest, or hardly slower with fewer workers,
/// for a good while; then it and its neighbours again, and sooner where the race was close, or it
/// has become slower than fewer were. Trials may cost a small part of the time, which is what the
/// best choice would have saved in theirs. The choice rests on wall time and may differ from run to
/// run: it decides who handles an event, never what that event does.
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

  /// Everything pending was just dealt anew for workers(), which took so long. Where that is long,
  /// much is pending: the next stretch tells more of sorting it than of pace, and one worker goes
  /// on alone at first, for as long as it costs to find out whether more are quicker. So a run that
  /// ends soon never pays for it.
  void laid_out(Wall took) noexcept;

  /// A stretch with workers() handled `events` in so many windows, and took `wall`.
  void learn(std::uint64_t events, std::uint64_t windows, Wall wall);

 private:
  static constexpr std::size_t rounds = 3;

  struct Choice {
    /// In the middle; of two the better, since what disturbs a trial makes it slower.
    [[nodiscard]] double rate() const noexcept {
      return rates.empty() ? 0 : rates[rates.size() / 2];
    }

    unsigned workers;
    std::vector<double> rates;  ///< events a second in the present trials so far, ascending
    Wall spent;                 ///< in them
  };

  [[nodiscard]] bool trying() const noexcept { return !trials_.empty(); }
  [[nodiscard]] bool seen_enough() const noexcept;
  [[nodiscard]] bool is_hopeless() const noexcept;
  [[nodiscard]] double quickest_but(std::size_t choice) const noexcept;
  [[nodiscard]] bool is_slower_than_fewer(std::uint64_t events, Wall wall);
  void start_trials(std::size_t from, std::size_t to);
  void next_trial();
  [[nodiscard]] bool is_plain() const;
  void settle();
  [[nodiscard]] Wall cost_of_trials() const;
  [[nodiscard]] bool is_close() const;

  std::vector<Choice> choices_;      ///< ascending
  std::size_t tried_{0};             ///< how many choices take part in the trials
  std::vector<std::size_t> trials_;  ///< the present one last, then backwards
  std::size_t now_{0};
  std::size_t best_{0};
  bool unsorted_{false};      ///< much was laid out anew, and nothing handled since
  bool settled_once_{false};  ///< the first trials are over
  Wall settling_{0};          ///< how long what is handled tells more of cold caches than of pace
  Wall hold_{0};              ///< how long a choice is kept
  Wall least_hold_{0};        ///< and at the least, where fewer workers seem quicker
  Wall held_{0};
  Wall laying_out_{0};       ///< what it last took, where it was long
  Wall changing_{0};         ///< what it took so far to change workers for the present trials
  Wall longest_{0};          ///< the longest trial of the present round
  Wall longest_of_last_{0};  ///< and of the round before
  double events_{0};         ///< of the present trial, or since the choice was looked at
  std::uint64_t windows_{0};
  Wall wall_{0};
};

}  // namespace portflow::kernel
