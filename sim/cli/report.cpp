// portflow report: the page of a comparison, from the traces of its two arms.
#include "analysis/report.hpp"

#include <fmt/core.h>

#include "analysis/compare_traces.hpp"
#include "cli/arm.hpp"
#include "cli/commands.hpp"
#include "cli/figures.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::vector<std::string> traces;
  std::string out{"report.html"}, lang{"en"}, sensitivity;
};

int write(const Face& face, const Options& options) {
  if (auto writable = can_write(options.out); !writable) return complain(writable.error());
  std::vector<analysis::WeakNumber> weakest;
  if (!options.sensitivity.empty()) {
    auto read = analysis::read_weakest(options.sensitivity);
    if (!read) return complain(read.error());
    weakest = std::move(*read);
  }
  auto comparison = analysis::compare_traces(options.traces);
  if (!comparison) return complain(comparison.error());
  comparison->weakest = std::move(weakest);
  comparison->command = "portflow report";
  for (const std::string& trace : options.traces) comparison->command += " " + quoted(trace);
  if (!face.quiet && comparison->anatomies.empty()) {
    fmt::print(
        stderr,
        "remark: where the time went is not in these traces; write them with --level full\n");
  }
  const auto first = options.lang == "zh" ? analysis::Language::zh : analysis::Language::en;
  auto written = analysis::write_report(*comparison, options.out, first);
  if (!written) return complain(written.error());
  fmt::print("{}: {} replication{} of two arms, in Chinese and English\n", options.out,
             comparison->replications, comparison->replications == 1 ? "" : "s");
  return 0;
}

}  // namespace

void add_report(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add_command(app, face, "report", "writes one HTML page from the traces of two arms",
                  "  portflow report a.h5 b.h5 --out report.html\n"
                  "  portflow report out/demo --lang zh");
  command->add_option("TRACE", options->traces, "traces of two arms, or folders that hold them")
      ->required();
  command->add_option("--out", options->out, "the page")->capture_default_str();
  command->add_option("--sensitivity", options->sensitivity,
                      "file of `portflow sensitivity --json`, whose worst the report shows");
  command->add_option("--lang", options->lang, "language that the page opens in: zh or en")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  command->callback(
      [options, &face] { face.action = [options, &face] { return write(face, *options); }; });
}

}  // namespace portflow::cli
