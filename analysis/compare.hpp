/// \file compare.hpp
/// Two arms under common random numbers: same seeds, same entities, same luck.
///
/// Replication r of one arm is paired with replication r of the other, and every entity with
/// itself. A policy compared with itself therefore differs by exactly zero, entity by entity.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/anatomy.hpp"
#include "analysis/census.hpp"
#include "analysis/estimate.hpp"
#include "analysis/measure_note.hpp"
#include "analysis/precision.hpp"
#include "analysis/replicate.hpp"
#include "analysis/significance.hpp"
#include "analysis/weakest.hpp"
#include "kpi/collector.hpp"
#include "run/run.hpp"
#include "spec/scenario.hpp"

namespace portflow::analysis {

/// What the pairs say. `same`: every replication and every entity gave the very same value.
/// `up` and `down` are for KPIs of which neither direction is better.
enum class Verdict : std::uint8_t { same, better, worse, up, down, cannot_tell };

[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

/// One KPI in both arms.
struct Pair {
  Estimate base, policy;
  std::optional<double> difference;                ///< policy - base, mean over pairs
  std::optional<Interval> difference_ci95;         ///< of that mean; empty for maxima
  std::optional<Interval> difference_range;        ///< maxima: least and greatest difference
  std::optional<double> correlation;               ///< of the paired replications
  std::optional<std::uint64_t> more_replications;  ///< until decided; 0: it is
  std::optional<Signs> signs;                      ///< where they decided, not a t interval
  std::optional<double> p;       ///< of no difference, two-sided; empty where nothing can differ
  std::optional<double> p_holm;  ///< the same within all KPIs of the scenario (Holm)
  Verdict verdict{Verdict::cannot_tell};
  bool restricted{false};  ///< some are unfinished: both arms are min(T, Comparison::follow)
  std::uint64_t restricted_unknown{0};  ///< unfinished and not watched that long, both arms
  std::uint32_t pairs{0};               ///< replications with a value in both arms
  std::uint64_t entities_compared{0};   ///< with a value in either arm, over all replications
  std::uint64_t entities_different{
      0};  ///< of them: with another value, or with one in one arm only
};

/// What a report needs of one replication beyond the KPIs.
struct PairedAnatomy {
  Anatomy base, policy;
};

/// A whole comparison; all that its JSON and its report need.
struct Comparison {
  std::string scenario;
  trace::Label title;
  std::vector<std::string> base_measures, policy_measures;
  std::vector<MeasureNote> measures;  ///< of both arms, by id
  std::string engine;
  std::uint64_t seed{0};
  std::uint32_t replications{0};
  unsigned threads{0};
  std::uint64_t events{0};
  double wall_seconds{0};  ///< from the first run's start to the verdicts
  std::uint64_t base_fingerprint{0}, policy_fingerprint{0};
  SimTime from{}, cohort_from{}, to{}, until{};
  Duration follow{};                  ///< how long the cohort is watched after it is complete
  std::vector<std::string> unpaired;  ///< KPIs that only one arm has
  bool stopped{false};                ///< interrupted: only pairs that were done count
  std::optional<double> reached;      ///< Precision: half of the interval as a share of the base
  spec::Evidence evidence;
  std::vector<WeakNumber> weakest;  ///< for the report; empty where nobody looked
  std::vector<Pair> kpis;
  Census census;
  std::vector<PairedAnatomy> anatomies;  ///< by replication; empty where nobody asked
  /// Of both arms, by replication.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> fingerprints;
  std::string command;  ///< that makes these figures again; for the report
};

/// One replication of both arms; entities are compared, then dropped.
struct PairedRun {
  std::vector<kpi::Figure> base, policy;  ///< KPIs that both have; curves of replication 0 only
  std::vector<Agreement> entities;        ///< by KPI
  std::vector<std::string> unpaired;      ///< KPIs that only one has
  Census census;
  std::optional<PairedAnatomy> anatomy{};  ///< only if asked for
  std::uint64_t events{0};                 ///< of both arms
  std::uint64_t base_fingerprint{0}, policy_fingerprint{0};
  bool stopped{false};  ///< not run, or cut short in one arm: differs by that alone
};

/// Where finished pairs are kept and found again. Called for several at once.
class PairKeeper {
 public:
  virtual ~PairKeeper() = default;
  virtual std::optional<PairedRun> find(std::uint32_t replication) = 0;
  virtual Result<void> keep(std::uint32_t replication, const PairedRun& pair) = 0;
};

/// Runs of a base arm that several comparisons share; each is made once. For several at once.
class BaseRuns {
 public:
  virtual ~BaseRuns() = default;
  virtual std::optional<Replication> find(std::uint32_t replication) = 0;
  virtual void keep(std::uint32_t replication, const Replication& run) = 0;
};

/// How to compare.
struct CompareOptions {
  std::uint32_t replications{1};
  std::optional<Precision> precision;  ///< goes on until reached; replications come first
  unsigned threads{1};
  std::optional<TraceFile> base_trace, policy_trace;  ///< of replication 0
  bool anatomy{false};           ///< what a report needs is gathered too; costs the paths
  PairKeeper* keeper{nullptr};   ///< if any; a pair that shall write traces is made anyway
  BaseRuns* base_runs{nullptr};  ///< if any; with entities, of the same base and no trace
  std::function<bool(double)> progress;
};

[[nodiscard]] Result<Comparison> compare(const run::Prepared& base, const run::Prepared& policy,
                                         const CompareOptions& options);

/// Pairs the results of one replication.
[[nodiscard]] PairedRun pair_up(const trace::Schema& schema, kpi::Results base, kpi::Results policy,
                                std::uint32_t replication);

/// Fills `kpis`, `census`, counts and fingerprints from all paired replications.
void combine(const std::vector<PairedRun>& runs, Comparison& into);

}  // namespace portflow::analysis
