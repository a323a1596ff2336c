/// \file sweep.hpp
/// A study from its file to its tables.
#pragma once

#include <string>
#include <vector>

#include "analysis/study/campaign.hpp"
#include "analysis/study/study.hpp"
#include "analysis/study/tables.hpp"

namespace portflow::study {

/// The arms of a study, one a point of the design, in its order; of measures only those that can
/// act are switched on.
[[nodiscard]] Result<std::vector<Arm>> arms_of(const Study& study, const design::Matrix& points);

/// How each factor stands at each point.
[[nodiscard]] std::vector<Levels> levels_of(const Study& study, const design::Matrix& points);

/// What the runs say of the factors, KPI by KPI, by the analysis that suits the design: effects and
/// interactions, differences to the first point, Morris, or Sobol. Designs that only explore
/// (list, latin_hypercube, and full with more than two levels) give none.
[[nodiscard]] std::vector<Finding> analyse(const Study& study, const design::Matrix& points,
                                           const Campaign& campaign,
                                           const std::vector<std::string>& kpis);

}  // namespace portflow::study
