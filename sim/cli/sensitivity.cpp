// portflow sensitivity: which numbers that nobody has measured matter most.
#include "analysis/calibration/sensitivity.hpp"

#include <fmt/format.h>

#include "cli/arm.hpp"
#include "cli/commands.hpp"
#include "cli/page.hpp"

namespace portflow::cli {
namespace {

struct Options {
  Arm arm;
  std::vector<std::string> kpis;
  double by{10};
  std::uint32_t top{5};
  std::string json, into;
};

int study(const Face& face, const Options& options) {
  if (!options.json.empty()) {
    if (auto writable = can_write(options.json); !writable) return complain(writable.error());
  }
  const auto request = request_of(options.arm);
  if (!request) return complain(request.error());
  calibration::SensitivityOptions how;
  how.kpis = options.kpis;
  how.share = options.by / 100;
  how.replications = options.arm.replications;
  how.threads = options.arm.threads;
  how.progress = progress(face);
  const auto result = calibration::sensitivity(*request, how);
  clear_progress(face);
  if (!result) return complain(result.error());
  fmt::print("{}{} numbers moved by {:g} %, one at a time; KPIs: {}\n",
             text_of(calibration::grid_of(*result, options.top)), result->numbers.size(),
             options.by, fmt::join(result->kpis, ", "));
  if (!options.json.empty()) {
    if (auto written = write_text(options.json, calibration::to_json(*result)); !written) {
      return complain(written.error());
    }
  }
  if (options.into.empty()) return 0;
  auto written = write_block(options.into, "portflow sensitivity " + options.arm.request.scenario,
                             calibration::markdown_of(*result, options.top));
  return written ? 0 : complain(written.error());
}

}  // namespace

void add_sensitivity(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(
      app, face, "sensitivity", "which numbers that nobody has measured matter most",
      "  portflow sensitivity scenarios/dalian/2023_week.yaml --top 5 --json weak.json\n"
      "  portflow sensitivity scenarios/small/one_berth.yaml --kpi berth_wait --by 5");
  add_arm(*command, options->arm);
  command->add_option("--kpi", options->kpis, "KPIs to watch (else those with a target)")
      ->delimiter(',');
  command->add_option("--by", options->by, "by how many per cent each number is moved")
      ->check(CLI::Range(0.1, 50.0))
      ->capture_default_str();
  command->add_option("--top", options->top, "how many are shown")
      ->check(CLI::Range(1u, 10'000u))
      ->capture_default_str();
  command->add_option("--json", options->json, "writes all of them as JSON, also for the report");
  command->add_option("--into", options->into,
                      "rewrites the block of this command in a Markdown page");
  command->callback(
      [options, &face] { face.action = [options, &face] { return study(face, *options); }; });
}

}  // namespace portflow::cli
