/// \file learning.hpp
/// What steps have taught: parameters that they adjust, and units that they add to resources.
///
/// Feedback across processes must neither shorten the lookahead nor depend on who hears first. So
/// an adjustment counts from a midnight that every process concerned hears of in time, and
/// what is kept is how often each adjustment came: counts add up in any order to the same bits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace portflow::procedure {

/// A parameter that steps adjust.
struct Learned {
  std::string name;
  std::vector<double> factors;       ///< the different `scale`s that steps apply to it
  double at_least{0}, at_most{1e3};  ///< bounds of what they come to together
  std::vector<std::uint16_t> sites;  ///< processes that read it
  Duration notice{};                 ///< all of them know of what counts this much later
};

/// The first midnight after `at`.
[[nodiscard]] SimTime midnight_after(SimTime at);

/// What one process knows of the parameters.
class Learning {
 public:
  explicit Learning(const std::vector<Learned>& learned)
      : learned_(learned), histories_(learned.size()) {}

  /// `lesson` of parameter `index` once more, from the midnight `from` on.
  void take(std::uint16_t index, std::uint16_t lesson, SimTime from);
  /// What the value as written is multiplied by at `at`.
  [[nodiscard]] double factor(std::uint16_t index, SimTime at) const;

 private:
  struct Since {
    SimTime from;
    std::vector<std::uint32_t> counts;  ///< by lesson, all up to `from`
    double factor{1};
  };
  const std::vector<Learned>& learned_;
  std::vector<std::vector<Since>> histories_;  ///< by parameter, ascending
};

/// Units that a step adds to a resource, and what the resource may have with them.
struct Units {
  double add{0};
  double at_least{0}, at_most{1e6};
};

/// Units that steps have added to one resource.
class AddedUnits {
 public:
  void take(const Units& units, SimTime from);
  /// `rostered` units with what was added until `now`.
  [[nodiscard]] double with(double rostered, SimTime now) const;
  /// When the next units are added; `never` if none are under way.
  [[nodiscard]] SimTime next_change(SimTime now) const;

 private:
  struct Change {
    SimTime from;
    double add;
  };
  std::vector<Change> changes_;  ///< ascending
  double at_least_{0}, at_most_{1e6};
};

}  // namespace portflow::procedure
