/// \file tables.hpp
/// What a sweep leaves behind: results, analyses, and a side file of who ran what.
///
/// `results.csv` and `results.h5` are one tidy table: a row is one KPI of one run. They and
/// `analysis.csv` are the same to the byte whoever made the runs, in which order, on how many
/// threads or machines; what is not (seconds, hosts) stands in `runs.csv` alone.
#pragma once

#include <string>
#include <vector>

#include "analysis/study/campaign.hpp"
#include "analysis/study/finding.hpp"
#include "core/error.hpp"

namespace portflow::study {

/// A column that says how a point was set: a factor's name and its level at each point.
struct Levels {
  std::string name;
  std::vector<std::string> at;
};

/// \param title  what the table is of, for its heading attributes
[[nodiscard]] Result<void> write_tables(const std::string& folder, const std::string& title,
                                        const std::vector<Levels>& levels, const Campaign& campaign,
                                        const std::vector<std::string>& kpis,
                                        const std::vector<Finding>& findings);

}  // namespace portflow::study
