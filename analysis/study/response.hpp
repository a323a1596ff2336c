/// \file response.hpp
/// One KPI over all runs of a campaign, made fit for analysis.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/design/effects.hpp"
#include "analysis/study/campaign.hpp"
#include "kpi/figure.hpp"

namespace portflow::study {

/// Values of one KPI. Where any entity of any run is unfinished, all runs are measured by the
/// restricted time, so that no arm looks better for what it has not ended.
struct Response {
  kpi::Figure heading;  ///< name, unit, better; its numbers mean nothing
  bool restricted{false};
  design::Responses values;                 ///< [replication that all arms have][arm]
  std::vector<std::uint32_t> replications;  ///< which those are
  std::uint32_t left_out{0};  ///< replications in which some arm failed or observed nothing
};

/// Names of the KPIs to analyse: `wanted`, each with its groups, or all that the scenario defines;
/// of what the runs have. In the order of the runs.
[[nodiscard]] std::vector<std::string> kpis_of(const Campaign& campaign,
                                               const std::vector<std::string>& wanted);

[[nodiscard]] Response response_of(const Campaign& campaign, const std::string& kpi);

}  // namespace portflow::study
