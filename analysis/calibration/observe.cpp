#include "analysis/calibration/observe.hpp"

#include "analysis/calibration/shapes.hpp"
#include "kpi/collector.hpp"

namespace portflow::calibration {
namespace {

constexpr double year = static_cast<double>(Duration{Days{365}}.count());

std::optional<double> aspect_of(const kpi::Figure& figure, const std::string& aspect) {
  if (aspect.empty()) return figure.value;
  if (aspect == "count") return static_cast<double>(figure.count);
  if (aspect == "unfinished") return static_cast<double>(figure.unfinished);
  if (aspect == "mean") return figure.mean;
  if (aspect == "p50") return figure.p50;
  if (aspect == "p90") return figure.p90;
  if (aspect == "p95") return figure.p95;
  return figure.max;
}

Result<Observation> observe_one(const run::Prepared& prepared, const std::vector<spec::Term>& terms,
                                const run::Drive& drive) {
  const trace::Schema schema = prepared.schema(drive.replication);
  auto collector = kpi::Collector::make(schema);
  if (!collector) return tl::unexpected(collector.error());
  Shapes shapes{schema, terms};
  std::vector<trace::Sink*> sinks{collector->get()};
  if (!terms.empty()) sinks.push_back(&shapes);
  const auto outcome = run::simulate(prepared, drive, sinks);
  if (!outcome) return tl::unexpected(outcome.error());
  Observation one{*outcome, (*collector)->finish().figures, {}, schema.to - schema.cohort_from};
  for (const spec::Term& term : terms) one.shapes[{term.name, term.aspect}] = shapes.value(term);
  return one;
}

}  // namespace

Result<std::vector<Observation>> observe(const run::Prepared& prepared,
                                         const std::vector<spec::Published>& rows,
                                         const analysis::RunMany& options) {
  std::vector<spec::Term> terms;
  for (const spec::Published& row : rows) {
    for (const spec::Term& term : row.of.terms()) {
      if (term.of_marks()) terms.push_back(term);
    }
  }
  std::vector<Observation> runs(options.replications);
  for (Observation& run : runs) run.outcome.stopped = true;  // until it is done
  auto done =
      analysis::side_by_side(options.replications, options.threads, options.progress,
                             [&](std::uint32_t index, unsigned threads,
                                 const std::function<bool(double)>& progress) -> Result<void> {
                               run::Drive drive;
                               drive.replication = options.first + index;
                               drive.threads = threads;
                               drive.progress = progress;
                               auto run = observe_one(prepared, terms, drive);
                               if (!run) return tl::unexpected(run.error());
                               runs[index] = std::move(*run);
                               return {};
                             });
  if (!done) return tl::unexpected(done.error());
  return runs;
}

std::optional<double> value_of(const spec::Published& row, const Observation& observation) {
  const auto value = row.of.value([&](const spec::Term& term) -> std::optional<double> {
    if (term.of_marks()) return observation.shapes.at({term.name, term.aspect});
    const kpi::Figure* figure = kpi::find(observation.figures, term.name);
    return figure == nullptr ? std::nullopt : aspect_of(*figure, term.aspect);
  });
  if (!value || !row.per_year) return value;
  return *value * year / static_cast<double>(observation.counted.count());
}

}  // namespace portflow::calibration
