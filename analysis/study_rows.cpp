#include "analysis/study_rows.hpp"

#include <algorithm>

#include "analysis/paired_values.hpp"

namespace portflow::analysis {
namespace {

const StudyCell* find(const Anatomy& anatomy, const std::string& kpi, const StudyRow& row) {
  const auto study = std::ranges::find(anatomy.studies, kpi, &ReleaseTimes::kpi);
  if (study == anatomy.studies.end()) return nullptr;
  const auto cell = std::ranges::find_if(study->cells, [&](const StudyCell& one) {
    return one.axis == row.axis && one.category == row.category;
  });
  return cell == study->cells.end() ? nullptr : &*cell;
}

void add(StudyRow::Arm& arm, const StudyCell& cell, double unit) {
  const auto in_unit = [unit](std::int64_t ms) { return static_cast<double>(ms) / unit; };
  arm.least = arm.seen == 0 ? in_unit(cell.least) : std::min(arm.least, in_unit(cell.least));
  arm.greatest = std::max(arm.greatest, in_unit(cell.greatest));
  arm.count += cell.count;
  arm.median += in_unit(cell.median);
  ++arm.seen;
  const auto count = static_cast<double>(cell.count);
  for (std::size_t cause = 0; cause < cause_count; ++cause) {
    const auto nature = static_cast<std::size_t>(nature_of(static_cast<Cause>(cause)));
    arm.natures[nature] += in_unit(cell.sums[cause]) / count;
  }
  arm.not_known += in_unit(cell.not_known) / count;
}

void settle(StudyRow::Arm& arm) {
  if (arm.seen == 0) return;
  const auto seen = static_cast<double>(arm.seen);
  arm.median /= seen;
  arm.not_known /= seen;
  for (double& nature : arm.natures) nature /= seen;
}

bool holds(const std::vector<StudyRow>& rows, const StudyCell& cell) {
  return std::ranges::any_of(rows, [&](const StudyRow& row) {
    return row.axis == cell.axis && row.category == cell.category;
  });
}

}  // namespace

std::vector<StudyRow> study_rows(const Arms& arms, const kpi::Figure& heading) {
  const std::string& kpi = heading.name;
  const double unit = milliseconds_of(heading.unit);
  std::vector<StudyRow> rows;
  for (std::size_t run = 0; run < arms.runs(); ++run) {
    for (const auto* arm : {&arms.base, &arms.policy}) {
      if (arm->empty()) continue;
      const Anatomy& anatomy = *(*arm)[run];
      const auto study = std::ranges::find(anatomy.studies, kpi, &ReleaseTimes::kpi);
      if (study == anatomy.studies.end()) continue;
      for (const StudyCell& cell : study->cells) {
        if (!holds(rows, cell)) rows.push_back({cell.axis, cell.category, {}, {}, {}});
      }
    }
  }
  for (StudyRow& row : rows) {
    PairedValues values;
    for (std::size_t run = 0; run < arms.runs(); ++run) {
      for (const bool policy : {false, true}) {
        const auto& arm = policy ? arms.policy : arms.base;
        const StudyCell* cell = arm.empty() ? nullptr : find(*arm[run], kpi, row);
        std::optional<double> mean;
        if (cell != nullptr) {
          mean = static_cast<double>(cell->total) / static_cast<double>(cell->count) / unit;
          add(policy ? row.policy : row.base, *cell, unit);
        }
        (policy ? values.policy : values.base).push_back(mean);
      }
    }
    settle(row.base);
    settle(row.policy);
    row.mean = pair_of(values, heading);
  }
  return rows;
}

}  // namespace portflow::analysis
