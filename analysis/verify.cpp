#include "analysis/verify.hpp"

#include <fmt/format.h>

#include <array>

#include "core/fingerprint.hpp"
#include "run/run.hpp"

namespace portflow::analysis {
namespace {

constexpr std::array<unsigned, 5> thread_counts{1, 2, 3, 5, 8};

VerifyRow row_of(const Oracle& oracle, const Judgement& one) {
  VerifyRow row{oracle.name,
                one.claim.kpi,
                one.unit,
                fmt::format("{:.5g}", one.claim.theory),
                fmt::format("{:.5g} ({:.5g} .. {:.5g})", one.mean, one.ci99.low, one.ci99.high),
                one.holds(),
                {}};
  if (!one.covered()) {
    row.why = "theory lies outside of the 99 % interval";
  } else if (!one.narrow()) {
    row.why = fmt::format("the interval says too little: half of it is {:.1f} % of the mean",
                          100 * one.half_width());
  }
  return row;
}

std::string spelt(const run::Outcome& outcome) {
  return fmt::format("{}, {} events", to_hex(outcome.fingerprint), outcome.events);
}

/// Gathers rows and tells of each.
class Rows {
 public:
  Rows(const VerifyOptions& options, std::size_t steps) : options_(options), steps_(steps) {}
  void add(VerifyRow row) {
    if (options_.on_row) {
      options_.on_row(row, static_cast<double>(done_) / static_cast<double>(steps_));
    }
    rows_.push_back(std::move(row));
  }
  void step() { ++done_; }
  [[nodiscard]] std::vector<VerifyRow> take() { return std::move(rows_); }

 private:
  const VerifyOptions& options_;
  std::size_t steps_, done_{0};
  std::vector<VerifyRow> rows_;
};

Result<void> compare_threads(const std::string& scenario, const std::string& until, Rows& rows) {
  run::Request request;
  request.scenario = scenario;
  request.until = until;
  const auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  run::Drive drive;
  drive.sequential = true;
  const auto plain = run::simulate(**prepared, drive, {});
  if (!plain) return tl::unexpected(plain.error());
  drive.sequential = false;
  for (const unsigned threads : thread_counts) {
    drive.threads = threads;
    const auto run = run::simulate(**prepared, drive, {});
    if (!run) return tl::unexpected(run.error());
    const bool same = run->fingerprint == plain->fingerprint && run->events == plain->events;
    rows.step();
    rows.add({scenario,
              fmt::format("fingerprint on {} thread{}", threads, threads > 1 ? "s" : ""),
              {},
              spelt(*plain),
              spelt(*run),
              same,
              same ? "" : "threads change what happens"});
  }
  return {};
}

}  // namespace

Result<std::vector<VerifyRow>> verify(const VerifyOptions& options) {
  Rows rows(options, options.oracles.size() + options.scenarios.size() * thread_counts.size());
  for (const Oracle& oracle : options.oracles) {
    const auto judgements = consult(oracle, {options.folder, options.seed, options.threads});
    if (!judgements) return tl::unexpected(judgements.error());
    rows.step();
    for (const Judgement& one : *judgements) rows.add(row_of(oracle, one));
  }
  for (const std::string& scenario : options.scenarios) {
    auto done = compare_threads(scenario, options.until, rows);
    if (!done) return tl::unexpected(done.error());
  }
  return rows.take();
}

}  // namespace portflow::analysis
