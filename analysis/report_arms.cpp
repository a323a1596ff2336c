#include "analysis/report_arms.hpp"

namespace portflow::analysis {

std::vector<const Anatomy*> Arms::all() const {
  std::vector<const Anatomy*> both = base;
  both.insert(both.end(), policy.begin(), policy.end());
  return both;
}

Arms arms_of(const Comparison& comparison) {
  Arms arms;
  arms.cohort_from = comparison.cohort_from;
  arms.to = comparison.to;
  for (const PairedAnatomy& both : comparison.anatomies) {
    arms.base.push_back(&both.base);
    arms.policy.push_back(&both.policy);
  }
  return arms;
}

Arms arms_of(const Portrait& portrait) {
  Arms arms;
  if (!portrait.arm.insights.empty()) {
    arms.cohort_from = portrait.arm.insights.front().cohort_from;
    arms.to = portrait.arm.insights.front().to;
  }
  if (!has_anatomies(portrait)) return arms;
  for (const Insight& insight : portrait.arm.insights) arms.base.push_back(&*insight.anatomy);
  return arms;
}

}  // namespace portflow::analysis
