/// \file campaign.hpp
/// What `sweep`, `ablate` and `screen` share: where runs are kept, who makes them, what is printed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/study/campaign.hpp"
#include "analysis/study/tables.hpp"
#include "cli/face.hpp"

namespace portflow::cli {

/// How a campaign is run.
struct CampaignFace {
  std::string out;    ///< folder of tables; empty: out/NAME
  std::string store;  ///< folder of runs; empty: `store` within `out`
  std::string shard;  ///< `2/3`, or empty
  std::vector<std::string> kpis;
  unsigned threads{0};  ///< 0: all, or this rank's part of them
  bool dry_run{false}, all{false};
};

void add_campaign(CLI::App& command, CampaignFace& options);

/// A smaller campaign that answers a part of the question.
struct Lesser {
  std::string option;  ///< `--groups`
  std::vector<study::Arm> arms;
  std::string gives_up;
};

/// What is to be run and what it is about.
struct Plan {
  std::string name;  ///< of the study; also of its folder
  std::vector<study::Arm> arms;
  std::vector<study::Levels> levels;
  std::uint32_t replications{1};
  std::vector<std::string> kpis;  ///< wanted; empty: all of the scenario
  /// What the runs say; called where they are all there.
  std::function<std::vector<study::Finding>(const study::Campaign&,
                                            const std::vector<std::string>&)>
      analyse;
  std::vector<Lesser>
      lesser{};  ///< those that make fewer runs are told where the whole takes hours
};

/// Joins the crew, makes the plan (on every rank alike), runs it, writes the tables and prints what
/// was found. \returns the exit code
int run_campaign(const Face& face, const CampaignFace& options,
                 const std::function<Result<Plan>()>& make_plan);

}  // namespace portflow::cli
