/// \file ablation.hpp
/// Which measures of a package did the work: alone, left out, and by Shapley's shares.
#pragma once

#include <string>
#include <vector>

#include "analysis/design/shapley.hpp"
#include "analysis/study/campaign.hpp"
#include "analysis/study/study.hpp"
#include "analysis/study/tables.hpp"
#include "run/measures.hpp"

namespace portflow::study {

/// A package taken apart. Subsets are arms; a member whose requirement is not in the subset is
/// inert there, so its share goes to both that need each other.
struct Ablation {
  std::vector<std::string> members;
  std::vector<design::Order> orders;    ///< empty: shares are exact
  std::vector<design::Subset> subsets;  ///< ascending; the first is the empty one, the last all
  std::vector<Arm> arms;                ///< one a subset
};

/// \param base    what all arms share; its own measures are always on
/// \param orders  how many orders are drawn where members are more than design::most_exact
/// \returns an input fault where a member is unknown or the whole package does not compile
[[nodiscard]] Result<Ablation> take_apart(const run::Request& base,
                                          const std::vector<std::string>& members,
                                          std::size_t orders);

/// The same of groups: one member is all measures of a group.
[[nodiscard]] Result<Ablation> take_apart(const run::Request& base,
                                          const std::vector<run::Group>& groups,
                                          std::size_t orders);

/// Of every KPI: `total`, then of every member `alone` (against none), `left_out` (the whole
/// against the whole without it) and `share`. Shares sum to the total. p is corrected by Holm over
/// the members.
[[nodiscard]] std::vector<Finding> account(const Ablation& ablation, const Campaign& campaign,
                                           const std::vector<std::string>& kpis);

/// Which members are on in each arm, for the tables.
[[nodiscard]] std::vector<Levels> levels_of(const Ablation& ablation);

/// A screening of measures by Plackett and Burman as a study.
struct Screening {
  Study study;
  std::vector<std::string> left_out;  ///< excluded by one that is screened
};

/// \param measures  empty: every measure beside the scenario
/// \returns an input fault for fewer than 5 replications
[[nodiscard]] Result<Screening> screen(const run::Request& base, std::vector<std::string> measures,
                                       bool folded, std::uint32_t replications);

}  // namespace portflow::study
