/// \file distribution.hpp
/// Probability distributions as values, sampled by inversion of one quantile.
///
/// Inversion keeps luck comparable: a changed distribution meets the same quantile, so a
/// policy that halves a mean halves each draw. There are no rejection samplers. Parameters
/// and results are plain numbers in the base unit of their field (milliseconds for time).
#pragma once

#include <cstdint>
#include <vector>

namespace portflow {

/// A distribution of non-negative or real numbers, times `times`, plus `plus`.
class Distribution {
 public:
  enum class Family : std::uint8_t {
    constant,     ///< a
    uniform,      ///< from a to b
    triangular,   ///< from a over the mode b to c
    exponential,  ///< mean a
    lognormal,    ///< mean a, coefficient of variation b
    gamma,        ///< mean a, shape b (an Erlang where b is whole)
    geometric,    ///< 1, 2, 3, ... with mean a >= 1
    empirical,    ///< points_[i] with weight weights_[i], linear between none: a choice
    mixture,      ///< parts_[i] with weight weights_[i]
  };

  Distribution() = default;  ///< the constant 0
  [[nodiscard]] static Distribution constant(double value);
  [[nodiscard]] static Distribution uniform(double from, double to);
  [[nodiscard]] static Distribution triangular(double from, double mode, double to);
  [[nodiscard]] static Distribution exponential(double mean);
  [[nodiscard]] static Distribution lognormal(double mean, double cv);
  [[nodiscard]] static Distribution gamma(double mean, double shape);
  [[nodiscard]] static Distribution geometric(double mean);
  [[nodiscard]] static Distribution empirical(std::vector<double> values,
                                              std::vector<double> weights);
  [[nodiscard]] static Distribution mixture(std::vector<Distribution> parts,
                                            std::vector<double> weights);

  /// The value at quantile 0 < u < 1; non-decreasing in u, save for mixtures, which use
  /// the part of u within the chosen part again.
  [[nodiscard]] double at(double u) const noexcept;
  [[nodiscard]] double mean() const noexcept;
  /// The greatest lower bound of all values: what lookahead may be built on.
  [[nodiscard]] double least() const noexcept;
  [[nodiscard]] Family family() const noexcept { return family_; }

  /// This distribution with every value multiplied by `factor`, then `shift` added.
  [[nodiscard]] Distribution scaled(double factor, double shift = 0) const;

  friend bool operator==(const Distribution&, const Distribution&) = default;

 private:
  Family family_{Family::constant};
  double a_{0}, b_{0}, c_{0};
  double times_{1}, plus_{0};
  std::vector<double> points_, weights_;
  std::vector<Distribution> parts_;
};

}  // namespace portflow
