#include "cli/figures.hpp"

#include <fmt/core.h>

#include "cli/table.hpp"
#include "core/fingerprint.hpp"

namespace portflow::cli {

std::string figures_text(const analysis::Experiment& experiment, bool all) {
  Table table;
  table.heading = {"KPI", "unit", "mean", "95 % interval", "p95", "count", "unfinished"};
  table.left = 2;
  for (const analysis::Estimate& one : experiment.kpis) {
    if (one.heading.automatic && !all) continue;
    table.rows.push_back({one.heading.name, one.heading.unit, cell(one.mean), cell(one.ci95),
                          cell(one.p95), grouped(one.count), grouped(one.unfinished)});
  }
  std::string text = table.text();
  if (experiment.replications == 1) {
    text += "One replication gives no interval; add --replications 5 or more.\n";
  }
  text += fmt::format("fingerprint {}  events {}", to_hex(experiment.fingerprint),
                      grouped(experiment.events));
  // A record read back does not know how long its run took.
  if (experiment.threads > 0) text += fmt::format("  seconds {:.2f}", experiment.wall_seconds);
  text += '\n';
  return text;
}

trace::Detail detail_of(const std::string& level) {
  if (level == "kpi") return trace::Detail::kpi;
  return level == "stages" ? trace::Detail::stages : trace::Detail::full;
}

}  // namespace portflow::cli
