// What a calibration found, in tables.
#include <fmt/format.h>

#include "analysis/calibration/wording.hpp"

namespace portflow::calibration {

Grid parameters_of(const Calibration& calibration) {
  Grid grid{{"parameter", "field", "start", "bounds", "found"}, {}};
  const Problem& problem = calibration.problem;
  for (std::size_t i = 0; i < problem.parameters.size(); ++i) {
    const Parameter& one = problem.parameters[i];
    grid.rows.push_back({one.name, one.path_text + (one.scales ? " (factor)" : ""),
                         calibration.before.values[i],
                         fmt::format("{} to {}", one.text_of(one.least), one.text_of(one.most)),
                         calibration.after.values[i]});
  }
  return grid;
}

Grid targets_of(const Calibration& calibration) {
  Grid grid{{"target", "wanted", "before", "after", "within"}, {}};
  const Problem& problem = calibration.problem;
  for (std::size_t i = 0; i < problem.targets.size(); ++i) {
    const Target& one = problem.targets[i];
    grid.rows.push_back({one.row.title.en,
                         fmt::format("{} ± {}", with_unit(number_text(one.row.value), one.row.unit),
                                     number_text(one.tolerance)),
                         number_text(calibration.before.figures[i]),
                         number_text(calibration.after.figures[i]),
                         calibration.within(i, calibration.after) ? "yes" : "**no**"});
  }
  return grid;
}

std::string markdown_of(const Calibration& calibration) {
  return fmt::format("{}.\n\n{}\n{}", ending_text(calibration),
                     parameters_of(calibration).markdown(), targets_of(calibration).markdown());
}

}  // namespace portflow::calibration
