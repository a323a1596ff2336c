/// \file study_rows.hpp
/// A time release study as rows: what the replications of one arm, or of two, say of each category.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/report_arms.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {

/// One row of a study over all replications, in the KPI's unit.
struct StudyRow {
  Axis axis{Axis::all};
  std::string category;
  Pair mean;  ///< of the means; one arm alone: its base
  struct Arm {
    std::uint64_t count{0};
    double median{0};  ///< mean of the replications' medians
    double least{0}, greatest{0};
    std::array<double, nature_count> natures{};  ///< mean an entity
    double not_known{0};
    std::uint64_t seen{0};  ///< replications with any
  } base, policy;
};

/// All rows of the study of a KPI, in the order of their first replication; none where it has none.
[[nodiscard]] std::vector<StudyRow> study_rows(const Arms& arms, const kpi::Figure& heading);

}  // namespace portflow::analysis
