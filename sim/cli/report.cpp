// portflow report: one page from traces, of one arm or of two.
#include "analysis/report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "analysis/calibration/unmeasured.hpp"
#include "analysis/compare_traces.hpp"
#include "analysis/report_arms.hpp"
#include "cli/arm.hpp"
#include "cli/commands.hpp"
#include "cli/figures.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::vector<std::string> traces;
  std::string out{"report.html"}, lang{"en"}, sensitivity, scenario;
};

/// What the page says of the scenario's own numbers.
struct Support {
  std::optional<spec::Evidence> evidence;
  std::vector<analysis::WeakNumber> measured, unmeasured;
};

Result<Support> support_of(const Options& options, const std::string& name,
                           const std::vector<std::string>& measures) {
  Support support;
  if (!options.sensitivity.empty()) {
    auto read = analysis::read_weakest(options.sensitivity);
    if (!read) return tl::unexpected(read.error());
    support.measured = std::move(*read);
  }
  if (options.scenario.empty()) return support;
  run::Request request;
  request.scenario = options.scenario;
  auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  // The traces name the scenario's own disturbances too, which are on anyhow.
  const auto& own = (*prepared)->disturbances();
  std::ranges::copy_if(measures, std::back_inserter(request.measures), [&](const std::string& id) {
    return std::ranges::find(own, id) == own.end();
  });
  if (!request.measures.empty()) prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  if ((*prepared)->schema(0).scenario_name != name) {
    return fail(Failure::input,
                fmt::format("is '{}', and the traces are of '{}'",
                            (*prepared)->schema(0).scenario_name, name),
                {options.scenario, 0, 0});
  }
  support.evidence = (*prepared)->evidence();
  auto numbers = calibration::unmeasured(options.scenario);
  if (!numbers) return tl::unexpected(numbers.error());
  support.unmeasured = std::move(*numbers);
  return support;
}

std::vector<analysis::WeakNumber> weakest_of(
    const Support& support, const std::vector<const analysis::Anatomy*>& anatomies) {
  return support.measured.empty() ? analysis::weakest_by_time(support.unmeasured, anatomies)
                                  : support.measured;
}

std::string command_of(const Options& options) {
  std::string command = "portflow report";
  for (const std::string& trace : options.traces) command += " " + quoted(trace);
  if (!options.scenario.empty()) command += " --scenario " + quoted(options.scenario);
  if (!options.sensitivity.empty()) command += " --sensitivity " + quoted(options.sensitivity);
  return command;
}

template <class Results>
int write_page(const Face& face, const Options& options, const Results& results, bool paths,
               std::uint32_t replications, std::string_view of_what) {
  if (!face.quiet && !paths) {
    fmt::print(
        stderr,
        "remark: where the time went is not in these traces; write them with --level full\n");
  }
  const auto first = options.lang == "zh" ? analysis::Language::zh : analysis::Language::en;
  auto written = analysis::write_report(results, options.out, first);
  if (!written) return complain(written.error());
  fmt::print("{}: {} replication{} of {}, in Chinese and English\n", options.out, replications,
             replications == 1 ? "" : "s", of_what);
  return 0;
}

int write_one(const Face& face, const Options& options, const analysis::TraceArm& arm) {
  auto portrait = analysis::portrait_of(arm);
  if (!portrait) return complain(portrait.error());
  auto support = support_of(options, portrait->arm.scenario, portrait->arm.measures);
  if (!support) return complain(support.error());
  portrait->evidence = support->evidence;
  portrait->weakest = weakest_of(*support, analysis::arms_of(*portrait).base);
  portrait->command = command_of(options);
  return write_page(face, options, *portrait, analysis::has_anatomies(*portrait),
                    portrait->arm.replications, "one arm");
}

int write_both(const Face& face, const Options& options,
               const std::vector<analysis::TraceArm>& arms) {
  auto comparison = analysis::compare_traces(arms[0], arms[1]);
  if (!comparison) return complain(comparison.error());
  auto support = support_of(options, comparison->scenario, comparison->policy_measures);
  if (!support) return complain(support.error());
  if (support->evidence) comparison->evidence = *support->evidence;
  comparison->weakest = weakest_of(*support, analysis::arms_of(*comparison).policy);
  comparison->command = command_of(options);
  return write_page(face, options, *comparison, !comparison->anatomies.empty(),
                    comparison->replications, "two arms");
}

int write(const Face& face, const Options& options) {
  if (auto writable = can_write(options.out); !writable) return complain(writable.error());
  const auto arms = analysis::open_arms(options.traces);
  if (!arms) return complain(arms.error());
  return arms->size() == 1 ? write_one(face, options, arms->front())
                           : write_both(face, options, *arms);
}

}  // namespace

void add_report(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add_command(app, face, "report", "writes one HTML page from traces, of one arm or of two",
                  "  portflow report a.h5 --scenario scenarios/dalian/demo.yaml\n"
                  "  portflow report a.h5 b.h5 --out report.html\n"
                  "  portflow report out/demo --lang zh");
  command
      ->add_option("TRACE", options->traces, "traces of one arm or two, or folders that hold them")
      ->required();
  command->add_option("--out", options->out, "the page")->capture_default_str();
  command->add_option("--scenario", options->scenario,
                      "scenario of the traces: adds the evidence and the least supported numbers");
  command->add_option("--sensitivity", options->sensitivity,
                      "file of `portflow sensitivity --json`, whose worst the report shows");
  command->add_option("--lang", options->lang, "language that the page opens in: zh or en")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  command->callback(
      [options, &face] { face.action = [options, &face] { return write(face, *options); }; });
}

}  // namespace portflow::cli
