/// \file significance.hpp
/// How unlikely what was seen would be if nothing differed, one measure or many at once.
///
/// Sources: Student (1908), Biometrika 6(1), 1-25; for signs, W. J. Conover (1999), Practical
/// Nonparametric Statistics, 3.4; for many at once, S. Holm (1979), Scandinavian Journal of
/// Statistics 6(2), 65-70. Holm's steps hold whatever the tests have to do with each other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace portflow::analysis {

/// The chance of an error that a verdict may run.
inline constexpr double tolerated_error = 0.05;

/// Signs of paired differences; ties say nothing in a sign test.
struct Signs {
  std::uint64_t below{0}, above{0}, ties{0};
  friend bool operator==(const Signs&, const Signs&) = default;
};

[[nodiscard]] Signs signs_of(std::span<const double> differences);

/// Two-sided p of a mean of 0 by Student's t; empty for fewer than two values, or without spread.
[[nodiscard]] std::optional<double> t_test(std::span<const double> differences);

/// Two-sided exact p of both signs being equally likely; 1 where there are ties alone.
[[nodiscard]] double sign_test(const Signs& signs);

/// How many further pairs until a sign test decides, if the signs keep their shares: 0 where it
/// does already; empty where both are as frequent, or no number below a hundred thousand would do.
[[nodiscard]] std::optional<std::uint64_t> more_pairs(const Signs& signs);

/// Holm's adjusted p of each, in the order given: below 5 % means decided, all of them together
/// being wrong anywhere with a chance of 5 % at most.
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

}  // namespace portflow::analysis
