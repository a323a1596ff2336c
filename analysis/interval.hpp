/// \file interval.hpp
/// 95 % intervals over replications, and what they can and cannot decide.
///
/// Replications are independent, observations within one are not; so intervals rest on the
/// number of replications alone. Source: Student (1908), Biometrika 6(1), 1-25; for shares
/// of which nothing was seen, Hanley and Lippman-Hand (1983), JAMA 249(13), 1743-1745.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace portflow::analysis {

/// Both ends belong to it.
struct Interval {
  double low{0}, high{0};
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Quantile `p` of Student's t with `freedom` >= 1 degrees.
[[nodiscard]] double student_t(double p, double freedom);

/// Mean; \pre not empty.
[[nodiscard]] double mean_of(std::span<const double> values);

/// Standard deviation of a sample (n - 1 below); 0 for fewer than two values.
[[nodiscard]] double deviation_of(std::span<const double> values);

/// 95 % t interval of the mean; empty for fewer than two values.
[[nodiscard]] std::optional<Interval> mean_interval(std::span<const double> values);

/// Half of an interval as a share of `reference`; empty where that is 0.
[[nodiscard]] std::optional<double> half_width(const Interval& interval, double reference);

/// How many values of this deviation it takes for a 95 % interval of the mean that reaches
/// `half` to both sides; at least 2, and `most` where no fewer would do. \pre half > 0
[[nodiscard]] std::uint64_t replications_for(double deviation, double half, std::uint64_t most);

/// 95 % bound of a share that was 0 (or 1) in each of `count` cases: [0, 1 - 0.05^(1/count)],
/// which is about 3/count; for 1 its mirror image. It takes the cases as independent: those of
/// one run are not, so the true bound is wider. \pre share is 0 or 1, count > 0.
[[nodiscard]] Interval share_bound(double share, std::uint64_t count);

/// Pearson's correlation; empty for fewer than two pairs or where one side never varies.
[[nodiscard]] std::optional<double> correlation(std::span<const double> a,
                                                std::span<const double> b);

/// How many replications beyond those at hand until a 95 % interval of the mean, if mean and
/// deviation stay as they are, leaves out 0: 0 where it does already; empty for fewer than two
/// values, or where no number below ten million would do.
[[nodiscard]] std::optional<std::uint64_t> more_replications(std::span<const double> differences);

}  // namespace portflow::analysis
