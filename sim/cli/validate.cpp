// portflow validate: a scenario's runs against its published figures.
#include <fmt/core.h>

#include "analysis/calibration/wording.hpp"
#include "cli/arm.hpp"
#include "cli/commands.hpp"
#include "cli/page.hpp"
#include "cli/table.hpp"
#include "core/fingerprint.hpp"

namespace portflow::cli {
namespace {

struct Options {
  Arm arm;
  std::string into;
  bool held_out{false};
};

std::string validation_text(const calibration::Validation& validation) {
  std::string text;
  const auto tuned = calibration::grid_of(validation, false);
  const auto held_out = calibration::grid_of(validation, true);
  if (!tuned.rows.empty()) text += text_of(tuned);
  if (!held_out.rows.empty()) {
    text += (text.empty() ? "" : "\n") +
            ("Held out, so nothing was tuned to these:\n" + text_of(held_out));
  }
  for (const calibration::Checked& one : validation.rows) {
    if (one.standing != calibration::Standing::out || one.row.because.en.empty()) continue;
    text += fmt::format("{} misses: {}\n", one.row.title.en, one.row.because.en);
  }
  return text + fmt::format("fingerprint {}  events {}\n", to_hex(validation.fingerprint),
                            grouped(validation.events));
}

int validate_scenario(const Face& face, const Options& options) {
  const auto request = request_of(options.arm);
  if (!request) return complain(request.error());
  const auto prepared = run::prepare(*request);
  if (!prepared) return complain(prepared.error());
  if (!face.quiet) warn((*prepared)->warnings());
  analysis::RunMany many;
  many.replications = options.arm.replications;
  many.threads = options.arm.threads;
  many.progress = progress(face);
  auto validation = calibration::validate(**prepared, options.arm.request.scenario, many);
  clear_progress(face);
  if (!validation) return complain(validation.error());
  if (options.held_out) {
    std::erase_if(validation->rows, [](const auto& one) { return !one.row.held_out; });
  }
  fmt::print("{}", validation_text(*validation));
  if (validation->stopped) return interrupted(validation->replications, options.arm.replications);
  if (options.into.empty()) return 0;
  auto written = write_block(
      options.into,
      "portflow validate " + options.arm.request.scenario + (options.held_out ? " --held-out" : ""),
      calibration::markdown_of(*validation));
  return written ? 0 : complain(written.error());
}

}  // namespace

void add_validate(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add_command(app, face, "validate", "holds a scenario's runs against its published figures",
                  "  portflow validate scenarios/dalian/2023_month.yaml --replications 3\n"
                  "  portflow validate scenarios/dalian/2023.yaml --replications 3 --into "
                  "docs/validation.md");
  add_arm(*command, options->arm);
  command->add_option("--into", options->into,
                      "rewrites the block of this command in a Markdown page");
  command->add_flag("--held-out", options->held_out, "only what nothing may be tuned to");
  command->callback([options, &face] {
    face.action = [options, &face] { return validate_scenario(face, *options); };
  });
}

}  // namespace portflow::cli
