// portflow calibrate: parameters turned until published figures come out.
#include "analysis/calibration/calibrate.hpp"

#include <fmt/core.h>

#include <thread>

#include "analysis/calibration/wording.hpp"
#include "cli/commands.hpp"
#include "cli/page.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string file, out, into;
  unsigned threads{1};
  bool verbose{false};
};

void tell(const calibration::Found& found, std::uint32_t number) {
  fmt::print(stderr, "trial {:>3}  {:>10.4g} ", number, found.badness);
  for (const std::string& value : found.values) fmt::print(stderr, "  {}", value);
  fmt::print(stderr, "  ->");
  for (const auto& figure : found.figures) {
    fmt::print(stderr, "  {}", calibration::number_text(figure));
  }
  fmt::print(stderr, "\n");
}

int run_calibration(const Face& face, const Options& options) {
  auto problem = calibration::read_problem(options.file);
  if (!problem) return complain(problem.error());
  if (!options.out.empty()) {
    problem->overlay = options.out;
    if (problem->extends.empty()) problem->extends = problem->request.scenario;
  }
  if (!problem->overlay.empty()) {
    if (auto writable = can_write(problem->overlay); !writable) return complain(writable.error());
  }
  calibration::CalibrateOptions how;
  how.threads = options.threads;
  how.progress = progress(face);
  if (options.verbose) how.on_trial = tell;
  const auto result = calibration::calibrate(std::move(*problem), how);
  clear_progress(face);
  if (!result) return complain(result.error());
  fmt::print("{}\n{}\n{}\n", text_of(calibration::parameters_of(*result)),
             text_of(calibration::targets_of(*result)), calibration::ending_text(*result));
  if (result->ending == calibration::Ending::interrupted) {
    return static_cast<int>(Failure::limit);
  }
  if (!result->problem.overlay.empty()) {
    auto written = write_text(result->problem.overlay,
                              calibration::overlay_text(result->problem, result->fields,
                                                        calibration::ending_text(*result)));
    if (!written) return complain(written.error());
    if (!face.quiet) fmt::print(stderr, "written: {}\n", result->problem.overlay);
  }
  if (!options.into.empty()) {
    auto written = write_block(options.into, "portflow calibrate " + options.file,
                               calibration::markdown_of(*result));
    if (!written) return complain(written.error());
  }
  return result->ending == calibration::Ending::within_tolerance ? 0
                                                                 : static_cast<int>(Failure::limit);
}

}  // namespace

void add_calibrate(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  options->threads = std::max(1u, std::thread::hardware_concurrency());
  CLI::App* command =
      add_command(app, face, "calibrate", "turns parameters until published figures come out",
                  "  portflow calibrate scenarios/dalian/calibration/2023.yaml\n"
                  "  portflow calibrate scenarios/small/calibration/one_berth.yaml --verbose --out "
                  "found.yaml");
  command->add_option("CALIBRATION", options->file, "calibration file")->required();
  command->add_option("--out", options->out, "writes the overlay here, not where the file says");
  command->add_option("--into", options->into,
                      "rewrites the block of this command in a Markdown page");
  command
      ->add_option("--threads", options->threads, "worker threads; results do not depend on them")
      ->check(CLI::Range(1u, 1'024u))
      ->capture_default_str();
  command->add_flag("--verbose", options->verbose, "tells of every trial");
  command->callback([options, &face] {
    face.action = [options, &face] { return run_calibration(face, *options); };
  });
}

}  // namespace portflow::cli
