// portflow trace: what a trace holds, and its KPIs read back from the record.
#include <fmt/core.h>

#include "analysis/from_trace.hpp"
#include "analysis/json.hpp"
#include "cli/commands.hpp"
#include "cli/figures.hpp"
#include "cli/table.hpp"
#include "cli/trace_commands.hpp"
#include "core/words.hpp"
#include "trace/reader.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string json;
  bool all{false};
};

int print_info(const std::string& path) {
  const auto reader = trace::Reader::open(path);
  if (!reader) return complain(reader.error());
  const trace::Schema& schema = (*reader)->schema();
  fmt::print("{}\n", path);
  fmt::print("  scenario     {}  {}  {}\n", schema.scenario_name, schema.scenario_title.zh,
             schema.scenario_title.en);
  fmt::print("  measures     {}\n", schema.measures.empty() ? "none" : listed(schema.measures));
  fmt::print("  period       {} to {}, followed until {}\n", to_text(schema.from),
             to_text(schema.to), to_text(schema.until));
  fmt::print("  cohort from  {}\n", to_text(schema.cohort_from));
  fmt::print("  seed         {}, replication {}\n", schema.seed, schema.replication);
  fmt::print("  written by   portflow {}, trace schema {}\n", schema.engine, trace::schema_version);
  if (schema.fingerprint.empty()) {
    const auto sealed = (*reader)->sealed();
    const bool any = sealed && *sealed != SimTime::min();
    fmt::print("  fingerprint  none: the run did not end{}\n",
               any ? "; what was recorded before " + to_text(*sealed) + " can be read" : "");
    for (const std::string& loss : (*reader)->losses()) fmt::print("  lost         {}\n", loss);
  } else {
    fmt::print("  fingerprint  {}, {} events\n", schema.fingerprint, grouped(schema.events));
  }
  Table table;
  table.heading = {"table", "rows", "bytes", "bytes a row"};
  for (const trace::Reader::Table& one : (*reader)->tables()) {
    table.rows.push_back({one.name, grouped(one.rows), grouped(one.bytes),
                          one.rows == 0
                              ? "-"
                              : fmt::format("{:.1f}", static_cast<double>(one.bytes) /
                                                          static_cast<double>(one.rows))});
  }
  fmt::print("{}", table.text());
  return 0;
}

int print_kpis(const std::string& path, const Options& options) {
  const auto experiment = analysis::from_trace(path);
  if (!experiment) return complain(experiment.error());
  fmt::print("{}", figures_text(*experiment, options.all));
  if (options.json.empty()) return 0;
  auto written = write_text(options.json, analysis::to_json(*experiment));
  return written ? 0 : complain(written.error());
}

}  // namespace

void add_trace(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(app, face, "trace", "what a trace holds",
                                  "  portflow trace info a.h5\n"
                                  "  portflow trace kpi a.h5 --kpi a.json\n"
                                  "  portflow trace diff a.h5 b.h5\n"
                                  "  portflow trace export a.h5 --format csv --out tables\n"
                                  "  portflow trace recover a.h5.partial");
  command->require_subcommand(1);
  CLI::App* info =
      command->add_subcommand("info", "scenario, period, seed, tables and their sizes");
  info->add_option("TRACE", options->files, "trace files")->required();
  CLI::App* kpi =
      command->add_subcommand("kpi", "the KPIs of the run, folded from the record again");
  kpi->add_option("TRACE", options->files, "trace file")->required()->expected(1);
  kpi->add_option("--kpi", options->json, "writes the KPIs as JSON");
  kpi->add_flag("--all", options->all, "also the KPIs of every resource, procedure and cause");
  info->callback([options, &face] {
    face.action = [options] {
      int worst = 0;
      for (const std::string& file : options->files) worst = std::max(worst, print_info(file));
      return worst;
    };
  });
  kpi->callback([options, &face] {
    face.action = [options] { return print_kpis(options->files.front(), *options); };
  });
  add_trace_diff(*command, face);
  add_trace_export(*command, face);
  add_trace_recover(*command, face);
  // --quiet and --version hold after the subcommand too.
  for (CLI::App* one : command->get_subcommands({})) one->fallthrough();
}

}  // namespace portflow::cli
