#include "cli/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "cli/table.hpp"
#include "core/fingerprint.hpp"

namespace portflow::cli {

namespace {

/// How the threads of one run fared, and what more of them could make of it.
std::string pace_text(const analysis::Experiment& experiment) {
  const kernel::RunSummary& run = experiment.engine_run;
  if (experiment.threads == 0 || experiment.replications != 1 || run.windows == 0) return {};
  if (experiment.threads == 1 && run.projections.empty()) return {};
  const auto events = static_cast<double>(run.events);
  std::string text =
      fmt::format("windows {}  events a window {:.0f}  available parallelism {:.1f}",
                  grouped(run.windows), events / static_cast<double>(run.windows),
                  events / static_cast<double>(std::max<std::uint64_t>(1, run.longest_chain)));
  if (run.projections.empty()) {
    text += fmt::format("  idle {:.0f} % of {} threads", 100 * run.idle_share, experiment.threads);
  } else {
    text += "\nat best, by windows of single processes:";
    for (const kernel::Projection& one : run.projections) {
      text += fmt::format("  {} threads {:.2f}", one.workers, one.speedup);
    }
  }
  return text + '\n';
}

/// The interval of a mean; of a maximum the range over replications, in other signs.
std::string spread_of(const analysis::Estimate& one) {
  if (one.ci95 || !one.range || one.values.size() < 2) return cell(one.ci95);
  return range_cell(*one.range);
}

std::string quantiles_text(const analysis::Experiment& experiment, bool all) {
  Table table;
  table.heading = {"quantiles over entities", "unit", "p50",          "95 % interval", "p90",
                   "95 % interval",           "p95",  "95 % interval"};
  table.left = 2;
  for (const analysis::Estimate& one : experiment.kpis) {
    if ((one.heading.automatic && !all) || !one.p50) continue;
    table.rows.push_back({one.heading.name, one.heading.unit, cell(one.p50), cell(one.p50_ci95),
                          cell(one.p90), cell(one.p90_ci95), cell(one.p95), cell(one.p95_ci95)});
  }
  return table.rows.empty() ? std::string() : table.text();
}

/// What the trace cost, a row and an event.
std::string cost_text(const analysis::Experiment& experiment) {
  if (!experiment.trace) return {};
  const trace::Cost& cost = *experiment.trace;
  const auto rows = static_cast<double>(std::max<std::uint64_t>(1, cost.rows));
  const auto events = static_cast<double>(std::max<std::uint64_t>(1, experiment.engine_run.events));
  const auto bytes = static_cast<double>(cost.bytes);
  return fmt::format(
      "trace {} rows  {:.1f} MB  {:.1f} bytes a row, {:.1f} an event  CPU {:.2f} s, {:.0f} ns a row"
      "  run waited {:.2f} s\n",
      grouped(cost.rows), bytes / 1e6, bytes / rows, bytes / events, cost.cpu_seconds,
      cost.cpu_seconds * 1e9 / rows, cost.waited_seconds);
}

}  // namespace

std::string disturbances_text(const run::Prepared& prepared) {
  const auto& ids = prepared.disturbances();
  return ids.empty() ? std::string{} : fmt::format("disturbances: {}\n", fmt::join(ids, ", "));
}

std::string figures_text(const analysis::Experiment& experiment, bool all, bool quantiles) {
  Table table;
  table.heading = {"KPI", "unit", "mean", "95 % interval", "p95", "count", "unfinished"};
  table.left = 2;
  bool ranged = false;
  for (const analysis::Estimate& one : experiment.kpis) {
    if (one.heading.automatic && !all) continue;
    ranged = ranged || (one.range && experiment.replications > 1);
    table.rows.push_back({one.heading.name, one.heading.unit, cell(one.mean), spread_of(one),
                          cell(one.p95), grouped(one.count), grouped(one.unfinished)});
  }
  std::string text = table.text();
  if (quantiles) text += quantiles_text(experiment, all);
  if (ranged) text += "least .. greatest: a maximum has a range over replications, no interval\n";
  if (experiment.replications == 1) {
    text += "One replication gives no interval; add --replications 5 or more.\n";
  }
  text += fmt::format("fingerprint {}  events {}", to_hex(experiment.fingerprint),
                      grouped(experiment.events));
  // A record read back does not know how long its run took.
  if (experiment.threads > 0) text += fmt::format("  seconds {:.2f}", experiment.wall_seconds);
  text += '\n';
  return text + cost_text(experiment) + pace_text(experiment);
}

trace::Detail detail_of(const std::string& level) {
  if (level == "kpi") return trace::Detail::kpi;
  return level == "stages" ? trace::Detail::stages : trace::Detail::full;
}

}  // namespace portflow::cli
