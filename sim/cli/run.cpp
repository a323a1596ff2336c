// portflow run: simulates one scenario and prints its KPIs.
#include <fmt/core.h>

#include "analysis/calibration/unmeasured.hpp"
#include "analysis/experiment.hpp"
#include "analysis/json.hpp"
#include "analysis/report.hpp"
#include "analysis/report_arms.hpp"
#include "analysis/store/keepers.hpp"
#include "cli/arm.hpp"
#include "cli/commands.hpp"
#include "cli/figures.hpp"
#include "spec/number.hpp"

namespace portflow::cli {
namespace {

struct Options {
  Arm arm;
  std::string kpi, report, lang{"en"}, trace, level{"stages"}, checkpoint{"1 d"};
  bool force{false}, all{false}, quantiles{false}, survey{false};
};

int refuse_checkpoint(const std::string& text) {
  fmt::print(stderr, "portflow: --checkpoint: '{}' is no duration such as '6 h' or '1 d'\n", text);
  return static_cast<int>(Failure::input);
}

/// The page of this arm. \pre the experiment has insights
Result<void> write_page(const run::Prepared& prepared, const run::Request& request,
                        const analysis::Experiment& experiment, const Options& options) {
  auto portrait = analysis::portrait_of(prepared, experiment);
  const auto numbers = calibration::unmeasured(request.scenario);
  if (!numbers) return tl::unexpected(numbers.error());
  portrait.weakest = analysis::weakest_by_time(*numbers, analysis::arms_of(portrait).base);
  portrait.command = run_command(request, prepared.seed(), experiment.replications);
  const auto language = options.lang == "zh" ? analysis::Language::zh : analysis::Language::en;
  return analysis::write_report(portrait, options.report, language);
}

int run_scenario(const Face& face, const Options& options) {
  for (const std::string& path : {options.kpi, options.report}) {
    if (path.empty()) continue;
    if (auto writable = can_write(path); !writable) return complain(writable.error());
  }
  const auto goal = precision_of(options.arm);
  if (!goal) return complain(goal.error());
  auto request = request_of(options.arm);
  if (!request) return complain(request.error());
  if (auto settled = settle_warm_up(face, options.arm, *request); !settled) {
    return complain(settled.error());
  }
  const auto prepared = run::prepare(*request);
  if (!prepared) return complain(prepared.error());
  if (!face.quiet) warn((*prepared)->warnings());

  analysis::RunMany many{.replications = options.arm.replications,
                         .threads = options.arm.threads,
                         .survey = options.survey,
                         .insight = !options.report.empty(),
                         .trace = {},
                         .progress = progress(face)};
  if (!options.trace.empty()) {
    many.trace = analysis::TraceFile{options.trace, detail_of(options.level), options.force, {}};
    const auto apart = spec::read_number(options.checkpoint, spec::duration(Duration{1}));
    if (!apart) return refuse_checkpoint(options.checkpoint);
    many.trace->safety.simulated = Duration{static_cast<std::int64_t>(*apart)};
  }
  const auto kept = store_of(options.arm);
  if (!kept) return complain(kept.error());
  std::optional<store::StoredRuns> keeper;
  if (*kept) {
    const store::Identity identity = store::identity_of(**prepared);
    auto told = tell_store(face, **kept, store::arm_of(*request), identity,
                           options.arm.replications, "runs");
    if (!told) return complain(told.error());
    many.keeper = &keeper.emplace(**kept, identity);
  }
  const auto experiment = analysis::run_experiment(**prepared, many, *goal);
  clear_progress(face);
  if (!experiment) return complain(experiment.error());
  fmt::print("{}{}", disturbances_text(**prepared),
             figures_text(*experiment, options.all, options.quantiles));
  if (!options.kpi.empty()) {
    auto written = write_text(options.kpi, analysis::to_json(*experiment));
    if (!written) return complain(written.error());
  }
  // A run that was cut short has no insight: there is nothing to draw.
  if (!options.report.empty() && !experiment->insights.empty()) {
    auto written = write_page(**prepared, *request, *experiment, options);
    if (!written) return complain(written.error());
  }
  if (experiment->stopped) {
    return interrupted(experiment->cut ? 0 : experiment->replications, options.arm.replications);
  }
  return tell_precision(*goal, experiment->reached, experiment->replications);
}

}  // namespace

void add_run(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, face, "run", "simulates a scenario and prints its KPIs",
      "  portflow run scenarios/dalian/2023_week.yaml --replications 5\n"
      "  portflow run scenarios/dalian/demo.yaml --replications 10 --report report.html\n"
      "  portflow run scenarios/dalian/demo.yaml --with m03,m04 --trace a.h5 --kpi a.json");
  add_arm(*command, options->arm);
  add_statistics(*command, options->arm);
  command->add_option("--kpi", options->kpi, "writes the KPIs as JSON");
  command->add_option("--report", options->report, "writes the arm as one HTML page");
  command->add_option("--lang", options->lang, "language that the page opens in: zh or en")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  command->add_option("--trace", options->trace, "writes the record of replication 0 as HDF5");
  command->add_option("--level", options->level, "how much the trace holds: kpi, stages or full")
      ->check(CLI::IsMember({"kpi", "stages", "full"}))
      ->capture_default_str();
  command
      ->add_option("--checkpoint", options->checkpoint,
                   "simulated time that a kill may cost the trace, beside a second of wall time")
      ->capture_default_str();
  command->add_flag("--force", options->force, "replaces an existing trace");
  command->add_flag("--all", options->all, "also the KPIs of every resource, procedure and cause");
  command->add_flag("--quantiles", options->quantiles,
                    "medians, 90 % and 95 % quantiles, each with its interval over replications");
  command->add_flag("--survey", options->survey,
                    "says what more threads could make of this run, whatever is at hand");
  command->callback([options, &face] {
    face.action = [options, &face] { return run_scenario(face, *options); };
  });
}

}  // namespace portflow::cli
