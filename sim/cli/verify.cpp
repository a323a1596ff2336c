// portflow verify: queueing theory and thread counts, on this build and this machine.
#include "analysis/verify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "cli/commands.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string folder{"tests/oracle"};
  std::vector<std::string> scenarios{"scenarios/small/tiny_port.yaml"};
  std::string until;
  std::uint64_t seed{1};
};

void print_row(const analysis::VerifyRow& row) {
  fmt::print("{}  {}, {}: {}{}{}{}, found {}{}{}\n", row.holds ? "good" : "FAIL", row.subject,
             row.what, "expected ", row.expected, row.unit.empty() ? "" : " ", row.unit, row.found,
             row.why.empty() ? "" : ": ", row.why);
}

int verify(const Face& face, const Options& options) {
  if (!std::filesystem::is_directory(options.folder)) {
    return complain({Failure::input,
                     {{{options.folder, 0, 0},
                       {},
                       "no folder of oracles; run from the source tree or name it "
                       "with --oracles"}}});
  }
  const auto show = progress(face);
  analysis::VerifyOptions how;
  how.oracles = analysis::oracles();
  how.folder = options.folder;
  how.scenarios = options.scenarios;
  how.until = options.until;
  how.seed = options.seed;
  how.threads = std::max(1u, std::thread::hardware_concurrency());
  how.on_row = [&](const analysis::VerifyRow& row, double share) {
    clear_progress(face);
    print_row(row);
    std::fflush(stdout);
    static_cast<void>(show(share));
  };
  const auto rows = analysis::verify(how);
  clear_progress(face);
  if (!rows) return complain(rows.error());
  const auto failed = std::ranges::count(*rows, false, &analysis::VerifyRow::holds);
  fmt::print("{} checks, {} failed\n", rows->size(), failed);
  return failed == 0 ? 0 : static_cast<int>(Failure::bug);
}

}  // namespace

void add_verify(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, face, "verify", "checks this build against queueing theory and against itself",
      "  portflow verify\n"
      "  portflow verify --scenario scenarios/dalian/2023_week.yaml --until 7d");
  command->add_option("--oracles", options->folder, "folder with the oracles' scenarios")
      ->capture_default_str();
  command->add_option("--scenario", options->scenarios, "run on 1, 2, 3, 5 and 8 threads")
      ->capture_default_str();
  command->add_option("--until", options->until, "how long those run: date or duration");
  command
      ->add_option("--seed", options->seed,
                   "seed of the oracles; one in a hundred checks may fail by chance")
      ->capture_default_str();
  command->callback(
      [options, &face] { face.action = [options, &face] { return verify(face, *options); }; });
}

}  // namespace portflow::cli
