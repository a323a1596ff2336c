// Designs of two levels: fractions of 2^k, and Hadamard matrices for Plackett and Burman.
#include <algorithm>
#include <bit>
#include <set>

#include "analysis/design/designs.hpp"
#include "core/assert.hpp"

namespace portflow::design {
namespace {

using Signs = std::vector<std::vector<int>>;

constexpr std::size_t most_basic = 16;

/// What up to `orders` of the words at hand multiply to, kept as words join: a word more costs as
/// many steps as there are products of one order less, whatever the number of words tried.
class Products {
 public:
  Products(std::size_t basic, std::size_t orders)
      : seen_(orders + 1, std::vector<bool>(std::size_t{1} << basic)), lists_(orders + 1) {
    for (std::size_t order = 0; order <= orders; ++order) note(order, 0);
  }

  [[nodiscard]] bool holds(std::uint32_t word) const { return seen_.back()[word]; }

  void join(std::uint32_t word) {
    for (std::size_t order = seen_.size() - 1; order > 0; --order) {
      for (const std::uint32_t product : lists_[order - 1]) note(order, product ^ word);
    }
  }

 private:
  void note(std::size_t order, std::uint32_t product) {
    if (seen_[order][product]) return;
    seen_[order][product] = true;
    lists_[order].push_back(product);
  }

  std::vector<std::vector<bool>> seen_;  ///< by order; those of a lower order are in it too
  std::vector<std::vector<std::uint32_t>> lists_;
};

/// Words of `factors` columns over `basic` of them, no fewer than `resolution` of which multiply to
/// 1; empty where the greedy search finds none.
std::vector<std::uint32_t> words_for(std::size_t factors, std::size_t basic, int resolution) {
  std::vector<std::uint32_t> words, candidates;
  Products products(basic, static_cast<std::size_t>(resolution - 2));
  for (std::uint32_t word = 1; word < std::uint32_t{1} << basic; ++word) {
    const bool unit = std::has_single_bit(word);
    (unit ? words : candidates).push_back(word);
    if (unit) products.join(word);
  }
  // Odd words first, since they keep main effects apart from pairs among themselves; long ones
  // first, since they mix a factor up with interactions of high order only.
  std::ranges::stable_sort(candidates, std::ranges::greater{}, [](std::uint32_t word) {
    return std::pair{std::popcount(word) % 2, std::popcount(word)};
  });
  for (const std::uint32_t word : candidates) {
    if (words.size() == factors) break;
    if (products.holds(word)) continue;
    words.push_back(word);
    products.join(word);
  }
  return words.size() >= factors ? words : std::vector<std::uint32_t>{};
}

/// Words of a fraction with the fewest basic factors that do, and how many these are.
std::optional<std::pair<std::vector<std::uint32_t>, std::size_t>> search(std::size_t factors,
                                                                         int resolution) {
  PORTFLOW_ASSERT(resolution >= 3 && resolution <= 5, "resolution is 3, 4 or 5");
  if (factors == 0) return std::nullopt;
  const std::size_t least = least_fraction(factors, resolution);
  for (std::size_t basic = 1; basic <= std::min(factors, most_basic); ++basic) {
    // A full design needs no generators; a fraction below the bound cannot be.
    if (basic < factors && std::size_t{1} << basic < least) continue;
    auto words = words_for(factors, basic, resolution);
    if (!words.empty()) return std::pair{std::move(words), basic};
  }
  return std::nullopt;
}

bool is_prime(std::size_t n) {
  if (n < 2) return false;
  for (std::size_t d = 2; d * d <= n; ++d) {
    if (n % d == 0) return false;
  }
  return true;
}

/// Legendre's symbol.
int character(std::size_t a, std::size_t q) {
  if (a % q == 0) return 0;
  for (std::size_t x = 1; x < q; ++x) {
    if (x * x % q == a % q) return 1;
  }
  return -1;
}

/// Paley's bordered matrix of size q + 1, zero on the diagonal.
Signs conference(std::size_t q) {
  const bool skew = q % 4 == 3;
  Signs matrix(q + 1, std::vector<int>(q + 1, 0));
  for (std::size_t i = 0; i < q; ++i) {
    matrix[0][i + 1] = 1;
    matrix[i + 1][0] = skew ? -1 : 1;
    for (std::size_t j = 0; j < q; ++j) matrix[i + 1][j + 1] = character(q + i - j, q);
  }
  return matrix;
}

Signs doubled(const Signs& half) {
  const std::size_t n = half.size();
  Signs matrix(2 * n, std::vector<int>(2 * n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      matrix[i][j] = matrix[i][j + n] = matrix[i + n][j] = half[i][j];
      matrix[i + n][j + n] = -half[i][j];
    }
  }
  return matrix;
}

/// A Hadamard matrix of size n; empty where neither Paley nor doubling gives one.
Signs hadamard(std::size_t n) {
  if (n == 1) return {{1}};
  if (n == 2) return {{1, 1}, {1, -1}};
  if (n % 4 != 0) return {};
  if (is_prime(n - 1)) {
    Signs matrix = conference(n - 1);
    for (std::size_t i = 0; i < n; ++i) matrix[i][i] += 1;
    return matrix;
  }
  const std::size_t q = n / 2 - 1;
  if (q % 4 == 1 && is_prime(q)) {
    const Signs small = conference(q);
    Signs matrix(n, std::vector<int>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const int s = small[i / 2][j / 2];
        const bool last = i % 2 == 1 && j % 2 == 1;
        const int own = i / 2 != j / 2 ? 0 : i % 2 == 0 && j % 2 == 0 ? 1 : -1;
        matrix[i][j] = (last ? -s : s) + own;
      }
    }
    return matrix;
  }
  const Signs half = hadamard(n / 2);
  return half.empty() ? half : doubled(half);
}

}  // namespace

std::size_t least_fraction(std::size_t factors, int resolution) {
  const auto k = static_cast<double>(factors);
  const double needed = resolution == 3 ? 1 + k : resolution == 4 ? 2 * k : 1 + k + k * (k - 1) / 2;
  std::size_t runs = 1;
  while (static_cast<double>(runs) < needed) runs *= 2;
  return runs;
}

std::optional<std::size_t> fraction_runs(std::size_t factors, int resolution) {
  const auto found = search(factors, resolution);
  if (!found) return std::nullopt;
  return std::size_t{1} << found->second;
}

std::optional<Fraction> fractional(std::size_t factors, int resolution) {
  const auto found = search(factors, resolution);
  if (!found) return std::nullopt;
  const auto& [words, basic] = *found;
  Fraction fraction;
  fraction.resolution = resolution;
  for (std::size_t run = 0; run < std::size_t{1} << basic; ++run) {
    std::vector<double> point;
    for (std::size_t k = 0; k < factors; ++k) {
      // A product of signs is - for an odd number of lows; low is -, so count them.
      const auto lows = std::popcount(words[k] & ~static_cast<std::uint32_t>(run));
      point.push_back(lows % 2 == 0 ? 1 : 0);
    }
    fraction.points.push_back(std::move(point));
  }
  for (std::size_t k = basic; k < factors; ++k) {
    auto& generator = fraction.generators.emplace_back();
    for (std::size_t bit = 0; bit < basic; ++bit) {
      if ((words[k] >> bit & 1u) != 0) generator.push_back(bit);
    }
  }
  return fraction;
}

Matrix plackett_burman(std::size_t factors, bool folded) {
  std::size_t runs = std::max<std::size_t>(4, (factors + 4) / 4 * 4);
  Signs matrix = hadamard(runs);
  while (matrix.empty()) matrix = hadamard(runs += 4);
  // Signs of the first row and column made +: then the first row is one level throughout.
  for (std::size_t j = 0; j < runs; ++j) {
    if (matrix[0][j] < 0) {
      for (auto& row : matrix) row[j] = -row[j];
    }
  }
  for (auto& row : matrix) {
    if (row[0] > 0) continue;
    for (int& sign : row) sign = -sign;
  }
  Matrix points;
  for (const auto& row : matrix) {
    auto& point = points.emplace_back();
    for (std::size_t k = 0; k < factors; ++k) point.push_back(row[k + 1] > 0 ? 0 : 1);
  }
  if (!folded) return points;
  for (std::size_t i = 0; i < runs; ++i) {
    points.push_back(points[i]);
    for (double& level : points.back()) level = 1 - level;
  }
  return points;
}

}  // namespace portflow::design
