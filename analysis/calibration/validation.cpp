#include "analysis/calibration/validation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kpi/figure.hpp"

namespace portflow::calibration {
namespace {

bool reads_maximum(const spec::Published& row, const std::vector<kpi::Figure>& figures) {
  if (row.of.terms().size() != 1) return false;
  const spec::Term& term = row.of.terms().front();
  const kpi::Figure* figure = kpi::find(figures, term.name);
  return term.aspect == "max" ||
         (term.aspect.empty() && figure != nullptr && figure->statistic == "max");
}

Standing standing_of(const Checked& one) {
  if (!one.found) return Standing::unobserved;
  if (!one.row.in_range(*one.found)) return Standing::out;
  const bool within = !one.interval ||
                      (one.row.in_range(one.interval->low) && one.row.in_range(one.interval->high));
  return within ? Standing::in_range : Standing::barely;
}

Checked check(const spec::Published& row, const std::vector<Observation>& runs) {
  Checked one{row, {}, {}, {}, false, Standing::unobserved};
  std::vector<double> known;
  if (row.how == spec::Published::How::absent) return one;
  for (const Observation& run : runs) {
    one.values.push_back(value_of(row, run));
    if (one.values.back()) known.push_back(*one.values.back());
  }
  if (known.empty()) return one;
  one.maximum = reads_maximum(row, runs.front().figures);
  one.found = analysis::mean_of(known);
  if (one.maximum && known.size() > 1) {
    const auto [least, greatest] = std::ranges::minmax(known);
    one.interval = analysis::Interval{least, greatest};
  } else {
    one.interval = analysis::mean_interval(known);
  }
  one.standing = standing_of(one);
  return one;
}

}  // namespace

Result<Validation> validate(const run::Prepared& prepared, const std::string& file,
                            const analysis::RunMany& options) {
  const spec::Scenario& scenario = prepared.scenario();
  if (scenario.published.empty()) {
    return fail(Failure::input,
                "publishes no figures to hold its runs against; a block `published` lists them",
                {file, 0, 0});
  }
  auto runs = observe(prepared, scenario.published, options);
  if (!runs) return tl::unexpected(runs.error());
  Validation result;
  // Runs that were cut at different instants have no mean.
  std::erase_if(*runs, [&](const Observation& run) {
    result.stopped = result.stopped || run.outcome.stopped;
    return run.outcome.stopped;
  });
  if (runs->empty()) return fail(Failure::limit, "interrupted before a replication was done");
  const trace::Schema schema = prepared.schema(0);
  result.scenario = schema.scenario_name;
  result.title = schema.scenario_title.en;
  result.engine = schema.engine;
  result.seed = schema.seed;
  result.replications = static_cast<std::uint32_t>(runs->size());
  result.from = schema.cohort_from;
  result.to = schema.to;
  std::vector<std::uint64_t> fingerprints;
  for (const Observation& run : *runs) {
    result.events += run.outcome.events;
    fingerprints.push_back(run.outcome.fingerprint);
  }
  result.fingerprint = analysis::fingerprint_of(fingerprints);
  for (const spec::Published& row : scenario.published) {
    result.rows.push_back(check(row, *runs));
  }
  return result;
}

}  // namespace portflow::calibration
