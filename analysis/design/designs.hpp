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

/// The fraction with the fewest runs of resolution 3, 4 or 5 (G. E. P. Box and J. S. Hunter 1961,
/// Technometrics 3(3), 311-351); found greedily, so beyond a dozen factors of resolution 5 a
/// smaller one may exist. \returns nothing for 0 factors, or where it would take more than 2^16
/// runs.
[[nodiscard]] std::optional<Fraction> fractional(std::size_t factors, int resolution);

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
