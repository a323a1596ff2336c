/// \file math.hpp
/// Elementary functions that give the same bits on every processor.
///
/// libm picks variants by processor (FMA or not) whose last bits differ, which would change
/// draws. These use only +, -, *, / and sqrt, which IEEE 754 fixes, and are compiled without
/// contraction. Relative error below 1e-14 unless said.
#pragma once

namespace portflow {

/// Natural logarithm of x > 0.
[[nodiscard]] double log_of(double x) noexcept;

/// e to the power x; 0 below -745, infinity above 709.78.
[[nodiscard]] double exp_of(double x) noexcept;

/// Inverse of the standard normal distribution function, 0 < p < 1.
[[nodiscard]] double inverse_normal(double p) noexcept;

/// Inverse of the gamma distribution function with `shape` > 0 and scale 1, 0 < p < 1.
/// Relative error below 1e-10.
[[nodiscard]] double inverse_gamma(double shape, double p) noexcept;

}  // namespace portflow
