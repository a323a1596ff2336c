// portflow trace export: a trace as CSV tables.
#include <fmt/format.h>

#include "analysis/export_csv.hpp"
#include "cli/table.hpp"
#include "cli/trace_commands.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string trace, folder, format{"csv"};
  bool force{false};
};

int export_trace(const Face& face, const Options& options) {
  const auto record = analysis::Record::open(options.trace);
  if (!record) return complain(record.error());
  const auto exported = analysis::export_csv(**record, options.folder, options.force);
  if (!exported) return complain(exported.error());
  Table table;
  table.heading = {"file", "rows"};
  for (const auto& file : exported->files) table.rows.push_back({file.path, grouped(file.rows)});
  fmt::print("{}", table.text());
  if (!exported->left_out.empty() && !face.quiet) {
    fmt::print(stderr, "remark: no {}, since the trace was not written at level stages or full\n",
               fmt::join(exported->left_out, " and "));
  }
  return 0;
}

}  // namespace

void add_trace_export(CLI::App& trace, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = trace.add_subcommand("export", "writes the trace as tables of text");
  command->add_option("TRACE", options->trace, "trace file")->required();
  command->add_option("--out", options->folder, "folder for the tables")->required();
  command->add_option("--format", options->format, "csv")
      ->check(CLI::IsMember({"csv"}))
      ->capture_default_str();
  command->add_flag("--force", options->force, "replaces existing files");
  command->callback([options, &face] {
    face.action = [options, &face] { return export_trace(face, *options); };
  });
}

}  // namespace portflow::cli
