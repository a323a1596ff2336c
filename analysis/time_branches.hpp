/// \file time_branches.hpp
/// Where the time of a KPI goes as a tree of steps and causes that adds up, also as it is shown.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/paired_values.hpp"
#include "analysis/report_arms.hpp"
#include "analysis/report_text.hpp"

namespace portflow::analysis {

/// A part of the whole, in the KPI's unit, a value a replication and arm; one arm alone: its base.
struct Part {
  std::string name;  ///< a step, or a cause, as HTML
  PairedValues values;
  /// How much it matters: the greater of its change and a tenth of its share; of one arm its mean.
  double size{0};
  [[nodiscard]] double mean(bool policy) const {
    double sum = 0;
    const auto& arm = policy ? values.policy : values.base;
    for (const auto& value : arm) sum += *value;
    return sum / static_cast<double>(arm.size());
  }
  [[nodiscard]] double change() const { return mean(true) - mean(false); }
};

/// A step with its causes.
struct Branch {
  Part step;
  std::vector<Part> causes;
};

/// Of an anatomy; null where it measured nothing.
[[nodiscard]] const TimeTree* find_tree(const Anatomy& anatomy, const std::string& kpi);

/// The nine steps of a KPI that matter most, with their causes, and what is beyond as one; empty
/// where an arm of a replication measured nothing.
[[nodiscard]] std::vector<Branch> branches_of(const Arms& arms, const kpi::Figure& heading,
                                              const Tongue& say);

/// Means of the whole, a value a replication and arm. \pre branches_of() is not empty
[[nodiscard]] PairedValues whole_of(const Arms& arms, const kpi::Figure& heading);

/// One column of the tree, rounded so that steps add up to the whole and causes to their step.
struct Column {
  std::vector<double> steps;
  std::vector<std::vector<double>> causes;  ///< by step
  double whole{0};
};

[[nodiscard]] Column column(const std::vector<Branch>& branches, int decimals,
                            const std::function<double(const Part&)>& value);

}  // namespace portflow::analysis
