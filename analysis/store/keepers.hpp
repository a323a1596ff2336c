/// \file keepers.hpp
/// The store behind `run` and `compare`: replications that are there are not made again.
#pragma once

#include <memory>
#include <string>

#include "analysis/compare.hpp"
#include "analysis/replicate.hpp"
#include "analysis/store/run_store.hpp"

namespace portflow::store {

/// The words by which an arm is known to its user: scenario, measures, settings, seed, horizon.
[[nodiscard]] std::string arm_of(const run::Request& request);

/// Runs of one arm, kept and found again.
class StoredRuns final : public analysis::RunKeeper {
 public:
  StoredRuns(RunStore store, Identity identity)
      : store_(std::move(store)), identity_(std::move(identity)) {}

  std::optional<analysis::Replication> find(std::uint32_t replication) override;
  Result<void> keep(std::uint32_t replication, const analysis::Replication& run) override;

 private:
  RunStore store_;
  Identity identity_;
};

/// Pairs of two arms: what their entities say of each other is kept, the entities are not.
class StoredPairs final : public analysis::PairKeeper {
 public:
  StoredPairs(RunStore store, Identity base, Identity policy)
      : store_(std::move(store)), base_(std::move(base)), policy_(std::move(policy)) {}

  std::optional<analysis::PairedRun> find(std::uint32_t replication) override;
  Result<void> keep(std::uint32_t replication, const analysis::PairedRun& pair) override;

  /// What there is of pairs 0 to `replications` - 1; remembers that `arms` now means these two.
  /// \param arms  the words by which their user knows them
  [[nodiscard]] Result<Found> look_up(const std::string& arms, std::uint32_t replications);

 private:
  [[nodiscard]] std::string keys() const { return base_.key + "-" + policy_.key; }

  RunStore store_;
  Identity base_, policy_;
};

}  // namespace portflow::store
