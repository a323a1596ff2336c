/// \file observe.hpp
/// Replications of a scenario, and what formulas come to in each of them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/replicate.hpp"
#include "kpi/figure.hpp"
#include "run/run.hpp"
#include "spec/published.hpp"

namespace portflow::calibration {

/// One replication.
struct Observation {
  run::Outcome outcome;
  std::vector<kpi::Figure> figures;
  std::map<std::pair<std::string, std::string>, std::optional<double>> shapes;  ///< name, aspect
  Duration counted{};  ///< how long those who count were created
};

/// Runs them as analysis::replicate does, and watches the marks that `rows` ask for besides.
[[nodiscard]] Result<std::vector<Observation>> observe(const run::Prepared& prepared,
                                                       const std::vector<spec::Published>& rows,
                                                       const analysis::RunMany& options);

/// What a published figure comes to; empty where something that it reads was not observed.
[[nodiscard]] std::optional<double> value_of(const spec::Published& row,
                                             const Observation& observation);

}  // namespace portflow::calibration
