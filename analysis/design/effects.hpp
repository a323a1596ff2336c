/// \file effects.hpp
/// What factors of two levels do, alone and in pairs.
///
/// Each replication gives one estimate of each effect, from all its runs; the interval is Student's
/// t over replications.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/design/designs.hpp"
#include "analysis/interval.hpp"

namespace portflow::design {

/// Responses: [replication][point].
using Responses = std::vector<std::vector<double>>;

/// The mean at the high level less that at the low one; of a pair, where both are alike less where
/// not.
struct Effect {
  std::vector<std::size_t> factors;                ///< one, or two for an interaction
  std::vector<std::vector<std::size_t>> mixed_up;  ///< effects that this design cannot tell from it
  std::vector<double> values;                      ///< one a replication
  double mean{0};
  std::optional<analysis::Interval> ci95;
};

/// Main effects in the order of factors, then (where `interactions`) those of pairs that are not
/// mixed up with an earlier one. A coordinate of one half or more is high. An effect whose two
/// sides are not both tried is left out.
[[nodiscard]] std::vector<Effect> effects(const Matrix& points, const Responses& responses,
                                          bool interactions);

/// Each factor's high level alone against the first point; for one_at_a_time().
[[nodiscard]] std::vector<Effect> differences_to_first(const Matrix& points,
                                                       const Responses& responses);

/// Elementary effects of one factor: mean, mean of sizes, deviation (Morris 1991; F. Campolongo,
/// J. Cariboni and A. Saltelli 2007, Environmental Modelling & Software 22(10), 1509-1518).
struct Elementary {
  double mu{0}, mu_star{0}, sigma{0};
  std::optional<analysis::Interval> mu_star_ci95;  ///< by t over trajectories
};

/// \param response  of each point of morris(), a mean over replications
[[nodiscard]] std::vector<Elementary> elementary_effects(const Matrix& points,
                                                         const std::vector<double>& response);

}  // namespace portflow::design
