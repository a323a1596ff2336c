/// \file replicate.hpp
/// Many replications of one scenario, side by side.
///
/// With several replications and several threads, whole replications run beside each other
/// (nothing is shared, so nothing waits); one replication takes all threads inside. Results do
/// not depend on which.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/insight.hpp"
#include "core/error.hpp"
#include "kpi/collector.hpp"
#include "run/run.hpp"
#include "trace/writer.hpp"

namespace portflow::analysis {

/// A trace to write beside the KPIs.
struct TraceFile {
  std::string path;
  trace::Detail level{trace::Detail::stages};
  bool force{false};  ///< replace an existing file
  trace::Safety safety{};
};

/// What one replication gave.
struct Replication {
  run::Outcome outcome;
  kpi::Results results;
  std::optional<trace::Cost> trace;  ///< what its trace cost, where one was written
  std::optional<Insight> insight{};  ///< only if asked for
};

/// How one replication is run.
struct RunOne {
  std::uint32_t replication{0};
  unsigned threads{1};
  bool survey{false};  ///< counts what more threads could share
  kpi::Keep keep{kpi::Keep::figures};
  std::optional<TraceFile> trace;
  trace::Sink* paths_to{nullptr};        ///< if any: takes the record too, critical paths included
  std::function<bool(double)> progress;  ///< done so far, 0..1; true stops early
};

/// Simulates, folds, and writes the trace if one is wanted.
[[nodiscard]] Result<Replication> run_one(const run::Prepared& prepared, const RunOne& options);

/// Where finished replications are kept and found again. Called for several at once.
class RunKeeper {
 public:
  virtual ~RunKeeper() = default;
  virtual std::optional<Replication> find(std::uint32_t replication) = 0;
  virtual Result<void> keep(std::uint32_t replication, const Replication& run) = 0;
};

/// Several replications, numbered from `first`.
struct RunMany {
  std::uint32_t first{0};
  std::uint32_t replications{1};
  unsigned threads{1};
  bool survey{false};
  bool insight{false};                   ///< what the page of one arm needs; costs the paths
  std::optional<TraceFile> trace;        ///< of replication 0
  RunKeeper* keeper{nullptr};            ///< if any; a run with trace or insight is made anyway
  std::function<bool(double)> progress;  ///< over all of them, 0..1; called by one at a time
};

/// \returns all replications in order, or the fault of the first (by number) that failed.
[[nodiscard]] Result<std::vector<Replication>> replicate(const run::Prepared& prepared,
                                                         const RunMany& options);

/// One job of several that run beside each other: its number, the threads it may use, and
/// what to call with its progress (0..1), which says true when it should stop.
using Job =
    std::function<Result<void>(std::uint32_t, unsigned, const std::function<bool(double)>&)>;

/// Runs jobs 0..`jobs` - 1 on `threads` threads. Once one has failed, those of a higher number
/// stop, and none of them starts; those before it go on, so that the fault does not depend on
/// threads. Once progress has asked to stop, no further one starts.
[[nodiscard]] Result<void> side_by_side(std::uint32_t jobs, unsigned threads,
                                        const std::function<bool(double)>& progress,
                                        const Job& job);

/// The fingerprint of several runs: that of a single one as it is, else their chain in order.
[[nodiscard]] std::uint64_t fingerprint_of(const std::vector<std::uint64_t>& fingerprints);

}  // namespace portflow::analysis
