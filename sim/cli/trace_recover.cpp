// portflow trace recover: what a run left that did not finish, as a whole trace.
#include <fmt/format.h>

#include "cli/face.hpp"
#include "cli/table.hpp"
#include "cli/trace_commands.hpp"
#include "trace/recover.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string partial, out;
  bool force{false};
};

/// `a.recovered.h5` for `a.h5.partial`.
std::string beside(std::string path) {
  for (const std::string_view end : {".partial", ".h5"}) {
    if (path.ends_with(end)) path.resize(path.size() - end.size());
  }
  return path + ".recovered.h5";
}

int recover_trace(const Options& options) {
  const std::string out = options.out.empty() ? beside(options.partial) : options.out;
  const auto saved = trace::recover(options.partial, out, options.force);
  if (!saved) return complain(saved.error());
  fmt::print("{}: everything before {} was saved\n", options.partial, to_text(saved->sealed));
  for (const std::string& loss : saved->losses) fmt::print("lost: {}\n", loss);
  Table table;
  table.heading = {"table", "rows"};
  for (const auto& one : saved->tables) table.rows.push_back({one.name, grouped(one.rows)});
  fmt::print("{}written to {}; it has no fingerprint, since its run did not finish\n", table.text(),
             out);
  return 0;
}

}  // namespace

void add_trace_recover(CLI::App& trace, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      trace.add_subcommand("recover", "makes a whole trace of what a killed run left");
  command->add_option("TRACE", options->partial, "what the run left: NAME.partial")->required();
  command->add_option("--out", options->out, "the trace to write (else NAME.recovered.h5 beside)");
  command->add_flag("--force", options->force, "replaces an existing trace");
  command->callback(
      [options, &face] { face.action = [options] { return recover_trace(*options); }; });
}

}  // namespace portflow::cli
