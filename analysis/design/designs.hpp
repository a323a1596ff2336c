/// \file designs.hpp
/// Which points of a space of factors to try.
///
/// A point is a row, a factor a column, and a coordinate a share of the factor's range: 0 is its
/// least or first level, 1 its greatest or last. Whoever turns coordinates into settings
/// decides what lies between. Designs that draw do so from a seed and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace portflow::design {

using Matrix = std::vector<std::vector<double>>;

/// Every combination; `levels` of each factor, all at least 1. The last factor changes quickest.
[[nodiscard]] Matrix full(std::span<const std::size_t> levels);

/// Two levels each, 2^m runs; no effect of order a is mixed up with one of order b where
/// a + b < `resolution`.
struct Fraction {
  Matrix points;
  int resolution{0};
  /// Which of the first m factors are multiplied to give each further one.
  std::vector<std::vector<std::size_t>> generators;
};

/// Runs, a power of two, below which no fraction of that resolution can be, by counting what has to
/// be told apart: each main effect from the mean (3: 1 + k), from every pair too (4: 2 k, the most
/// columns of which no three multiply to 1), each pair from every other (5: 1 + k + k (k - 1) / 2).
/// \pre resolution is 3, 4 or 5, factors > 0
[[nodiscard]] std::size_t least_fraction(std::size_t factors, int resolution);

/// The fraction with the fewest runs of resolution 3, 4 or 5 (G. E. P. Box and J. S. Hunter 1961,
/// Technometrics 3(3), 311-351). Those of 3 and 4 take least_fraction() runs; of 5 it is found
/// greedily, so beyond a dozen factors a smaller one may exist. The search takes at most
/// 2^17 + k^3 steps for each of at most 16 sizes, and none below least_fraction().
/// \returns nothing for 0 factors, or where none was found of up to 2^16 runs.
[[nodiscard]] std::optional<Fraction> fractional(std::size_t factors, int resolution);

/// How many runs fractional() takes, without writing them out.
[[nodiscard]] std::optional<std::size_t> fraction_runs(std::size_t factors, int resolution);

/// Main effects of up to N - 1 factors in N runs, N a multiple of four (R. L. Plackett and J. P.
/// Burman 1946, Biometrika 33(4), 305-325; matrices by R. E. A. C. Paley 1933). The first run has
/// all factors low. Folded, every run comes with its mirror image, which frees main effects from
/// interactions of two.
[[nodiscard]] Matrix plackett_burman(std::size_t factors, bool folded);

/// Each factor's range cut into `points` slices, each used once (M. D. McKay, R. J. Beckman and W.
/// J. Conover 1979, Technometrics 21(2), 239-245).
[[nodiscard]] Matrix latin_hypercube(std::size_t factors, std::size_t points, std::uint64_t seed);

/// Sobol's sequence in 2k dimensions split into A and B, then for each factor A with that
/// factor's column of B: `base` x (k + 2) points (A. Saltelli et al. 2010, Computer Physics
/// Communications 181(2), 259-270). The sequence is shifted by a draw, modulo 1.
[[nodiscard]] Matrix saltelli(std::size_t factors, std::size_t base, std::uint64_t seed);

/// `trajectories` walks of k + 1 points, each step moves one factor by more than half its range
/// (M. D. Morris 1991, Technometrics 33(2), 161-174). \pre levels even, at least 2
[[nodiscard]] Matrix morris(std::size_t factors, std::size_t trajectories, std::size_t levels,
                            std::uint64_t seed);

/// All low, then each factor high alone.
[[nodiscard]] Matrix one_at_a_time(std::size_t factors);

}  // namespace portflow::design
