/// \file sobol_indices.hpp
/// Which share of a response's variance each factor has, alone and with all its interactions.
///
/// First-order indices by A. Saltelli et al. (2010), Computer Physics Communications 181(2),
/// 259-270; total ones by M. J. W. Jansen (1999), ibid. 117(1-2), 35-43; intervals by the bootstrap
/// over base points (B. Efron 1979). The points are of a quasi-random sequence, of which the
/// bootstrap knows nothing: its intervals are too wide rather than too narrow.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/interval.hpp"

namespace portflow::design {

struct SobolIndex {
  double first{0}, total{0};  ///< shares of the variance
  analysis::Interval first_ci95, total_ci95;
};

struct SobolIndices {
  std::vector<SobolIndex> factors;
  double variance{0};  ///< of the response; 0: nothing to share out, all indices are 0
  double widest{0};    ///< half of the widest interval
  bool enough{false};  ///< `widest` is at most `wide_enough`
};

/// Half an interval that an index may have and still be worth reading; after F. Sarrazin, F.
/// Pianosi and T. Wagener (2016), Environmental Modelling & Software 79, 135-152, who ask for 0.05
/// in all.
inline constexpr double wide_enough = 0.05;

/// \param response  of each point of saltelli(factors, base, ...), in its order
[[nodiscard]] SobolIndices sobol_indices(std::size_t factors, std::size_t base,
                                         const std::vector<double>& response, std::uint64_t seed);

}  // namespace portflow::design
