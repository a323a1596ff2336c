/// \file judge.hpp
/// What the pairs of one KPI, or of all of them, allow to be said.
#pragma once

#include <vector>

#include "analysis/compare.hpp"

namespace portflow::analysis {

/// Fills in everything of `pair` that follows from its two estimates: by Student's t for means,
/// by the signs of the pairs for maxima and for differences that are all alike.
/// \pre `entities_compared` and `entities_different` are known
void judge(Pair& pair);

/// Fills `Pair::p_holm` of every KPI that the scenario defines and that has a p: the table is
/// read as a whole, so its chance of any wrong verdict is what must stay below 5 %.
void correct_for_many(std::vector<Pair>& pairs);

}  // namespace portflow::analysis
