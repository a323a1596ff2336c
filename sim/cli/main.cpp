// portflow: the command line. A thin face: it reads options, calls analysis and run, prints.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "analysis/experiment.hpp"
#include "analysis/json.hpp"
#include "core/fingerprint.hpp"
#include "run/run.hpp"

namespace {

using namespace portflow;

struct Options {
  run::Request request;
  std::vector<std::string> scenarios;
  std::uint32_t replications{1};
  unsigned threads{1};
  std::string kpi, trace, level{"stages"};
  bool force{false};
};

int complain(const Fault& fault) {
  for (const Error& error : fault.errors) fmt::print(stderr, "{}\n", error.text());
  return static_cast<int>(fault.kind);
}

std::string cell(const std::optional<double>& value) {
  return value ? fmt::format("{:.4g}", *value) : std::string("-");
}

int check(const Options& options) {
  int worst = 0;
  for (const std::string& scenario : options.scenarios) {
    run::Request request;
    request.scenario = scenario;
    const auto prepared = run::prepare(request);
    if (!prepared) {
      worst = std::max(worst, complain(prepared.error()));
      continue;
    }
    const spec::Evidence& evidence = (*prepared)->evidence();
    fmt::print("{}: good; numbers: {} sourced, {} derived, {} proxy, {} assumption, {} unsupported\n",
               scenario, evidence.sourced, evidence.derived, evidence.proxy, evidence.assumption,
               evidence.unsupported);
  }
  return worst;
}

int run_scenario(const Options& options) {
  const auto prepared = run::prepare(options.request);
  if (!prepared) return complain(prepared.error());
  for (const Error& warning : (*prepared)->warnings()) fmt::print(stderr, "{}\n", warning.text());
  analysis::RunMany many;
  many.replications = options.replications;
  many.threads = options.threads;
  if (!options.trace.empty()) {
    const trace::Detail level = options.level == "kpi"      ? trace::Detail::kpi
                                : options.level == "stages" ? trace::Detail::stages
                                                            : trace::Detail::full;
    many.trace = analysis::TraceFile{options.trace, level, options.force};
  }
  const auto experiment = analysis::run_experiment(**prepared, many);
  if (!experiment) return complain(experiment.error());
  fmt::print("{:<36} {:>6} {:>10} {:>10} {:>10} {:>10} {:>9} {:>10}\n", "KPI", "unit", "mean",
             "95% low", "95% high", "p95", "count", "unfinished");
  for (const analysis::Estimate& one : experiment->kpis) {
    if (one.heading.automatic) continue;
    const std::optional<double> low = one.ci95 ? std::optional(one.ci95->low) : std::nullopt;
    const std::optional<double> high = one.ci95 ? std::optional(one.ci95->high) : std::nullopt;
    fmt::print("{:<36} {:>6} {:>10} {:>10} {:>10} {:>10} {:>9} {:>10}\n", one.heading.name,
               one.heading.unit, cell(one.mean), cell(low), cell(high), cell(one.p95), one.count,
               one.unfinished);
  }
  fmt::print("fingerprint {}  events {}  seconds {:.2f}\n", to_hex(experiment->fingerprint),
             experiment->events, experiment->wall_seconds);
  if (!options.kpi.empty()) {
    std::ofstream file(options.kpi);
    file << analysis::to_json(*experiment) << '\n';
    if (!file) return complain({Failure::disk, {{{}, options.kpi, "cannot write the KPIs"}}});
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"portflow simulates a port and what policy measures change in it"};
  app.set_version_flag("--version", "portflow " PORTFLOW_VERSION);
  app.require_subcommand(1);

  CLI::App* run = app.add_subcommand("run", "simulates a scenario and prints its KPIs");
  run->footer("Example: portflow run scenarios/dalian/2023_week.yaml --with m03 --replications 5");
  run->add_option("SCENARIO", options.request.scenario, "scenario file")->required();
  run->add_option("--with", options.request.measures, "measures that are on: m03,m04")->delimiter(',');
  run->add_option("--set", options.request.settings, "PATH=VALUE: sets one field");
  run->add_option("--seed", options.request.seed, "seed of all draws");
  run->add_option("--until", options.request.until, "date, or duration from the start");
  run->add_option("--replications", options.replications, "how many")->check(CLI::Range(1u, 100000u));
  run->add_option("--threads", options.threads, "worker threads")->check(CLI::Range(1u, 1024u));
  run->add_option("--kpi", options.kpi, "writes the KPIs as JSON");
  run->add_option("--trace", options.trace, "writes the record of replication 0 as HDF5");
  run->add_option("--level", options.level, "kpi, stages or full")
      ->check(CLI::IsMember({"kpi", "stages", "full"}));
  run->add_flag("--force", options.force, "replaces an existing trace");

  CLI::App* check_command = app.add_subcommand("check", "reports every error of scenario files");
  check_command->footer("Example: portflow check scenarios/dalian/2023.yaml");
  check_command->add_option("SCENARIO", options.scenarios, "scenario files")->required();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return check_command->parsed() ? check(options) : run_scenario(options);
}
