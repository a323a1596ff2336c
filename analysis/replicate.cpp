#include "analysis/replicate.hpp"

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "analysis/kpi_tables.hpp"
#include "core/fingerprint.hpp"
#include "core/hash.hpp"

namespace portflow::analysis {

Result<Replication> run_one(const run::Prepared& prepared, const RunOne& options) {
  const trace::Schema schema = prepared.schema(options.replication);
  // The trace has the KPIs of the run, with their days.
  const bool days = options.trace && options.keep == kpi::Keep::figures;
  auto collector = kpi::Collector::make(schema, days ? kpi::Keep::daily : options.keep);
  if (!collector) return tl::unexpected(collector.error());
  std::vector<trace::Sink*> sinks{collector->get()};
  std::unique_ptr<trace::Writer> writer;
  if (options.trace) {
    auto opened = trace::Writer::open(options.trace->path, schema, options.trace->level,
                                      options.trace->force, options.trace->safety,
                                      options.threads < std::thread::hardware_concurrency()
                                          ? trace::Turn::any_time
                                          : trace::Turn::after_seals);
    if (!opened) return tl::unexpected(opened.error());
    writer = std::move(*opened);
    sinks.push_back(writer.get());
  }
  if (options.paths_to != nullptr) sinks.push_back(options.paths_to);
  const bool full = options.trace && options.trace->level == trace::Detail::full;
  const bool paths = full || options.paths_to != nullptr;
  run::Drive drive{.replication = options.replication,
                   .threads = options.threads,
                   .sequential = false,
                   .survey = options.survey,
                   .paths = paths,
                   .progress = options.progress};
  if (writer) {
    drive.seal_every = std::min(drive.seal_every, options.trace->safety.simulated);
    // What cannot be recorded need not be simulated to the end.
    drive.progress = [&](double share) {
      return (options.progress && options.progress(share)) || writer->failed();
    };
  }
  auto outcome = run::simulate(prepared, drive, sinks);
  if (!outcome) return tl::unexpected(outcome.error());
  kpi::Results results = (*collector)->finish();
  std::optional<trace::Cost> cost;
  if (writer) {
    // An interrupted record is sealed too: what was written stays readable.
    auto sealed = writer->finish(to_hex(outcome->fingerprint), outcome->events, outcome->reached,
                                 kpi_tables(results.figures));
    if (!sealed) return tl::unexpected(sealed.error());
    cost = *sealed;
    if (days) {
      for (kpi::Figure& figure : results.figures) figure.curve.clear();
    }
  }
  return Replication{*outcome, std::move(results), cost};
}

Result<void> side_by_side(std::uint32_t jobs, unsigned threads,
                          const std::function<bool(double)>& progress, const Job& job) {
  const unsigned beside = std::max(1u, std::min<unsigned>(threads, jobs));
  const unsigned inside = std::max(1u, threads / beside);
  std::vector<std::optional<Fault>> faults(jobs);
  std::vector<double> done(jobs, 0);
  double sum = 0;  // of `done`, kept since adding up thousands would cost more than a short run
  std::atomic<std::uint32_t> failed{jobs};  // the first that did; those before it go on
  std::atomic<bool> stopped{false};
  std::mutex mutex;
  const auto tell = [&](std::uint32_t index, double share) {
    if (failed.load() < index) return true;
    if (!progress) return false;
    const std::lock_guard lock(mutex);
    sum += share - done[index];
    done[index] = share;
    if (progress(sum / static_cast<double>(jobs))) stopped.store(true);
    return stopped.load();
  };
  const auto run_job = [&](std::uint32_t index) {
    if (failed.load() < index || stopped.load()) return;
    auto result = job(index, inside, [&](double share) { return tell(index, share); });
    if (!result) {
      faults[index] = result.error();
      std::uint32_t first = failed.load();
      while (index < first && !failed.compare_exchange_weak(first, index)) {
      }
    }
    tell(index, 1);
  };
  if (beside == 1) {
    for (std::uint32_t index = 0; index < jobs; ++index) run_job(index);
  } else {
    tbb::task_arena arena(static_cast<int>(beside));
    arena.execute(
        [&] { tbb::parallel_for(std::uint32_t{0}, jobs, run_job, tbb::simple_partitioner{}); });
  }
  for (auto& fault : faults) {
    if (fault) return tl::unexpected(std::move(*fault));
  }
  return {};
}

namespace {

/// A run, and what the page of its arm needs of it; its entities are dropped then.
Result<Replication> run_with_insight(const run::Prepared& prepared, RunOne one) {
  const trace::Schema schema = prepared.schema(one.replication);
  auto anatomist = Anatomist::make(schema);
  if (!anatomist) return tl::unexpected(anatomist.error());
  one.keep = kpi::Keep::entities_and_curves;
  one.paths_to = anatomist->get();
  auto run = run_one(prepared, one);
  if (!run) return run;
  if (!run->outcome.stopped) {
    run->insight = insight_of(schema, run->results.members, anatomist->get());
  }
  run->results.members = {};
  for (kpi::Figure& figure : run->results.figures) {
    figure.entities = {};
    if (one.replication != 0) figure.curve = {};
  }
  return run;
}

Result<Replication> found_or_run(const run::Prepared& prepared, const RunMany& options,
                                 const RunOne& one) {
  RunKeeper* const keeper = options.keeper;
  if (keeper != nullptr && !one.trace && !one.survey && !options.insight) {
    if (auto kept = keeper->find(one.replication)) return std::move(*kept);
  }
  auto run = options.insight ? run_with_insight(prepared, one) : run_one(prepared, one);
  if (!run || keeper == nullptr || run->outcome.stopped) return run;
  if (auto kept = keeper->keep(one.replication, *run); !kept) return tl::unexpected(kept.error());
  return run;
}

}  // namespace

Result<std::vector<Replication>> replicate(const run::Prepared& prepared, const RunMany& options) {
  std::vector<Replication> runs(options.replications);
  for (Replication& run : runs) run.outcome.stopped = true;  // until it is done
  const Job job = [&](std::uint32_t index, unsigned threads,
                      const std::function<bool(double)>& progress) -> Result<void> {
    RunOne one{.replication = options.first + index,
               .threads = threads,
               .survey = options.survey,
               .keep = kpi::Keep::figures,
               .trace = {},
               .progress = progress};
    if (one.replication == 0) one.trace = options.trace;
    auto run = found_or_run(prepared, options, one);
    if (!run) {
      Fault fault = run.error();
      // Of several, which one it was is the beginning of finding out why.
      if (options.replications > 1 && !fault.errors.empty()) {
        std::string& message = fault.errors.front().message;
        message.insert(0, "replication " + std::to_string(one.replication) + ": ");
      }
      return tl::unexpected(std::move(fault));
    }
    runs[index] = std::move(*run);
    return {};
  };
  auto done = side_by_side(options.replications, options.threads, options.progress, job);
  if (!done) return tl::unexpected(done.error());
  return runs;
}

std::uint64_t fingerprint_of(const std::vector<std::uint64_t>& fingerprints) {
  if (fingerprints.size() == 1) return fingerprints.front();
  Fingerprint all;
  for (const std::uint64_t one : fingerprints) all.add(one);
  return all.value();
}

}  // namespace portflow::analysis
