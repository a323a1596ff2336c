#include "core/math.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>

#include "core/log_table.hpp"

namespace portflow {
namespace {

// ln 2 in two parts: the first ends in 21 zero bits, so that k * high is exact.
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;
constexpr double half_ln_2pi = 0.918938533204672741780329736406;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// 2 to the power k, -1022 <= k <= 1023.
double power_of_two(std::int64_t k) noexcept {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

/// 2 (atanh(s) - s) for |s| < 0.24, by its Taylor series.
double atanh_tail(double s) noexcept {
  const double q = s * s;
  double sum = 0;
  for (int n = 27; n >= 3; n -= 2) sum = sum * q + 2.0 / n;
  return sum * q * s;
}

/// log(1 + m) - m for -0.35 <= m <= 0.5, without cancellation.
double log1p_less(double m) noexcept {
  const double s = m / (2 + m);
  return atanh_tail(s) - m * s;
}

/// The part of log Gamma(x) that Stirling's formula leaves over, for x >= 10.
double stirling_rest(double x) noexcept {
  const double q = 1 / (x * x);
  double sum = -3617.0 / 122400.0;
  for (const double c : {1.0 / 156.0, -691.0 / 360360.0, 1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0,
                         -1.0 / 360.0, 1.0 / 12.0}) {
    sum = sum * q + c;
  }
  return sum / x;
}

/// log Gamma(x), x > 0: shifted up to where Stirling's series is exact.
double log_gamma(double x) noexcept {
  double product = 1;
  while (x < 10) {
    product *= x;
    x += 1;
  }
  return (x - 0.5) * log_of(x) - x + half_ln_2pi + stirling_rest(x) - log_of(product);
}

/// The gamma distribution of one shape, seen from t = log x. There both tails have concave
/// logarithms, since the density exp(a t - e^t) / Gamma(a) is log-concave for every a > 0.
class GammaTails {
 public:
  explicit GammaTails(double shape) noexcept
      : a_{shape},
        log_a_{log_of(shape)},
        constant_{shape < 10 ? -log_gamma(shape)
                             : 0.5 * log_a_ - half_ln_2pi - stirling_rest(shape)} {}

  /// log of x^a e^-x / Gamma(a): the density of t.
  [[nodiscard]] double log_density(double t, double x) const noexcept {
    if (a_ < 10) return a_ * t - x + constant_;
    const double m = (x - a_) / a_;
    return a_ * (m < -0.35 || m > 0.5 ? t - log_a_ - m : log1p_less(m)) + constant_;
  }

  /// Probability below x, as a multiple of the density of t; for x < a + 1.
  [[nodiscard]] double lower_series(double x) const noexcept {
    double term = 1 / a_;
    double sum = term;
    for (double n = a_ + 1; term > sum * 1e-17; n += 1) {
      term *= x / n;
      sum += term;
    }
    return sum;
  }

  /// Probability above x, as a multiple of the density of t; for x >= a + 1.
  /// Legendre's continued fraction, by Lentz's algorithm.
  [[nodiscard]] double upper_fraction(double x) const noexcept {
    double b = x + 1 - a_;
    double c = 1e300;
    double d = 1 / b;
    double h = d;
    for (double i = 1; i < 1e6; i += 1) {
      const double an = i * (a_ - i);
      b += 2;
      d = 1 / (an * d + b);
      c = b + an / c;
      const double factor = c * d;
      h *= factor;
      if (std::abs(factor - 1) < 1e-16) break;
    }
    return h;
  }

 private:
  double a_;
  double log_a_;
  double constant_;
};

struct Tail {
  double log_probability;
  double slope;  ///< of it, in t
};

Tail lower_tail(const GammaTails& tails, double a, double t) noexcept {
  const double x = exp_of(t);
  const double log_density = tails.log_density(t, x);
  if (x < a + 1) {
    const double ratio = tails.lower_series(x);
    return {log_density + log_of(ratio), 1 / ratio};
  }
  const double density = exp_of(log_density);
  const double probability = 1 - density * tails.upper_fraction(x);
  return {log_of(probability), density / probability};
}

Tail upper_tail(const GammaTails& tails, double a, double t) noexcept {
  const double x = exp_of(t);
  const double log_density = tails.log_density(t, x);
  if (x >= a + 1) {
    const double ratio = tails.upper_fraction(x);
    return {log_density + log_of(ratio), -1 / ratio};
  }
  const double density = exp_of(log_density);
  const double probability = 1 - density * tails.lower_series(x);
  return {log_of(probability), -density / probability};
}

}  // namespace

double log_of(double x) noexcept {
  auto bits = std::bit_cast<std::uint64_t>(x);
  std::int64_t k = 0;
  constexpr std::uint64_t least_normal = 0x0010000000000000ULL;
  if (bits - least_normal >= 0x7ff0000000000000ULL - least_normal) {
    if (!(x > 0) || x == infinity) return x == 0 ? -infinity : (x > 0 ? x : nan);
    bits = std::bit_cast<std::uint64_t>(x * 0x1p54);
    k = -54;
  }
  // x = 2^k z with z in [0.6875, 1.375): no branch that depends on x, which nobody can foresee.
  const std::uint64_t above = bits - 0x3fe6000000000000ULL;
  k += static_cast<std::int64_t>(above) >> 52;
  const std::uint64_t z_bits = bits - (above & 0xfff0000000000000ULL);
  const LogStart& start = log_starts[(above >> 45) & 127];
  // r = z * reciprocal - 1, |r| <= 2^-7: the product with the upper half of z is exact.
  const auto z = std::bit_cast<double>(z_bits);
  const auto upper = std::bit_cast<double>(z_bits & 0xffff'ffff'f800'0000ULL);
  const double r = (upper * start.reciprocal - 1) + (z - upper) * start.reciprocal;
  // log(1 + r) - r by its Taylor series, in parts that do not wait for each other.
  const double r2 = r * r;
  const double late = (-1.0 / 6 + r * (1.0 / 7)) + r2 * (-1.0 / 8);
  const double rest = r2 * (-0.5 + r * (1.0 / 3)) + (r2 * r2) * ((-0.25 + r * 0.2) + r2 * late);
  const auto powers = static_cast<double>(k);
  return (powers * ln2_high + start.log) + (r + (powers * ln2_low + rest));
}

double exp_of(double x) noexcept {
  if (x != x) return x;
  if (x > 709.782712893384) return infinity;
  if (x < -745.0) return 0;
  const auto k = static_cast<std::int64_t>(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
  const auto powers = static_cast<double>(k);
  const double r = (x - powers * ln2_high) - powers * ln2_low;
  double sum = 1.0 / 6227020800.0;
  for (const double c :
       {1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0, 1.0 / 362880.0, 1.0 / 40320.0,
        1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 1.0 / 2.0}) {
    sum = sum * r + c;
  }
  const double result = 1 + (r + r * r * sum);
  // Two factors, since 2^1024 and the subnormals lie beyond a single one.
  const auto half = k / 2;
  return result * power_of_two(half) * power_of_two(k - half);
}

// Rational approximations of M. J. Wichura (1988), algorithm AS 241 (PPND16), Applied
// Statistics 37(3), 477-484: relative error about 1e-16.
double inverse_normal(double p) noexcept {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    const double above =
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
             45921.953931549871457) *
                r +
            13731.693765509461125) *
               r +
           1971.5909503065514427) *
              r +
          133.14166789178437745) *
             r +
         3.387132872796366608);
    const double below =
        (((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
             21213.794301586595867) *
                r +
            5394.1960214247511077) *
               r +
           687.1870074920579083) *
              r +
          42.313330701600911252) *
             r +
         1.0);
    return q * above / below;
  }
  const double tail = q < 0 ? p : 1 - p;
  double r = std::sqrt(-log_of(tail));
  double value = 0;
  if (r <= 5) {
    r -= 1.6;
    const double above = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r +
                               0.24178072517745061177) *
                                  r +
                              1.27045825245236838258) *
                                 r +
                             3.64784832476320460504) *
                                r +
                            5.7694972214606914055) *
                               r +
                           4.6303378461565452959) *
                              r +
                          1.42343711074968357734);
    const double below = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r +
                               0.0151986665636164571966) *
                                  r +
                              0.14810397642748007459) *
                                 r +
                             0.68976733498510000455) *
                                r +
                            1.6763848301838038494) *
                               r +
                           2.05319162663775882187) *
                              r +
                          1.0);
    value = above / below;
  } else {
    r -= 5;
    const double above = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
                               0.0012426609473880784386) *
                                  r +
                              0.026532189526576123093) *
                                 r +
                             0.29656057182850489123) *
                                r +
                            1.7848265399172913358) *
                               r +
                           5.4637849111641143699) *
                              r +
                          6.6579046435011037772);
    const double below = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r +
                               1.8463183175100546818e-5) *
                                  r +
                              7.868691311456132591e-4) *
                                 r +
                             0.0148753612908506148525) *
                                r +
                            0.13692988092273580531) *
                               r +
                           0.59983220655588793769) *
                              r +
                          1.0);
    value = above / below;
  }
  return q < 0 ? -value : value;
}

double inverse_gamma(double shape, double p) noexcept {
  const GammaTails tails{shape};
  const bool low = p <= 0.5;
  const double target = log_of(low ? p : 1 - p);

  // No x below (p Gamma(a + 1))^(1/a) can do, which is the answer itself where p is small;
  // Wilson and Hilferty (1931) come close wherever their cube is positive.
  double t = (log_of(p) + log_gamma(shape + 1)) / shape;
  const double c = 1 / (9 * shape);
  const double cube_root = 1 - c + inverse_normal(p) * std::sqrt(c);
  if (cube_root > 0) {
    const double guess = log_of(shape) + 3 * log_of(cube_root);
    if (guess > t) t = guess;
  }

  // Newton on the concave logarithm of the nearer tail: from the second step on it approaches
  // the root from one side. Steps are cut only where the start lies far out.
  for (int i = 0; i < 400; ++i) {
    const Tail tail = low ? lower_tail(tails, shape, t) : upper_tail(tails, shape, t);
    double step = (target - tail.log_probability) / tail.slope;
    if (step > 2) step = 2;
    if (step < -2) step = -2;
    t += step;
    if (std::abs(step) < 1e-9) break;
  }
  return exp_of(t);
}

}  // namespace portflow
