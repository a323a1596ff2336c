/// \file campaign.hpp
/// Many arms, each in many replications, through the store.
///
/// Every run that is finished is kept at once, so that whatever ends the program costs only the
/// runs in flight; the next start finds the others. A run that fails (a deadlock, a limit, a bug
/// of ours) is kept with its reason: it is shown, and it enters no mean.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/store/run_store.hpp"
#include "analysis/study/crew.hpp"
#include "run/run.hpp"

namespace portflow::study {

/// What is run: a name for people, and the request.
struct Arm {
  std::string name;
  run::Request request;
};

/// What became of an arm.
struct ArmRuns {
  std::string key;                       ///< Identity::key; empty where it cannot be compiled
  std::optional<store::Failed> refused;  ///< why not
  std::vector<std::optional<store::Record>> runs;  ///< by replication; empty: not made
};

/// What the store had and what there is to do.
struct Inventory {
  store::Found found;          ///< sums over arms; of what changed, each field once
  std::uint32_t refused{0};    ///< arms that do not compile
  std::uint64_t elsewhere{0};  ///< runs of other shards
  std::uint64_t to_run{0};
  double seconds_each{0};  ///< of the reused runs, on average; 0: unknown
  std::uint64_t bytes_each{0};
};

struct Campaign {
  std::vector<ArmRuns> arms;
  Inventory inventory;
  bool stopped{false};  ///< interrupted: some runs are missing
};

struct CampaignOptions {
  std::uint32_t replications{1};
  unsigned threads{1};
  std::uint32_t shard{0}, shards{1};  ///< this program does every `shards`-th run, from `shard`
  Crew* crew{nullptr};                ///< null: alone
  std::function<bool(double)> progress;
  /// Called once it is known what there is to do, with keys but no runs; false ends it there (a
  /// dry run).
  std::function<bool(const Campaign&)> begin;
};

/// Only the leader of a crew gets arms with runs; the others get none.
[[nodiscard]] Result<Campaign> conduct(const std::vector<Arm>& arms, const store::RunStore& store,
                                       const CampaignOptions& options);

/// How many runs a smaller campaign would make, counted as conduct() counts them. Arms that the
/// larger one has as well are not compiled again.
/// \param larger  conducted as far as CampaignOptions::begin with the same store and options
[[nodiscard]] std::uint64_t runs_of(const std::vector<Arm>& few, const std::vector<Arm>& arms,
                                    const Campaign& larger, const store::RunStore& store,
                                    const CampaignOptions& options);

/// How long a run will take of which the beginning was seen: a port fills first, so the later half
/// of what was seen says how it goes on.
/// \param seen  share of the run that was done and seconds spent by then, ascending, at least one
/// \returns seconds of the whole run
[[nodiscard]] double forecast(std::span<const std::pair<double, double>> seen);

/// Seconds that one run of an arm will take on one thread, and the bytes that it will take in the
/// store, told from its first seconds.
struct Probe {
  double seconds{0};
  std::uint64_t bytes{0};
};
[[nodiscard]] Result<Probe> probe(const run::Request& request);

}  // namespace portflow::study
