/// \file commands.hpp
/// The commands, one file each; every one adds its options and its action.
#pragma once

#include "cli/face.hpp"

namespace portflow::cli {

void add_run(CLI::App& app, Face& face);
void add_compare(CLI::App& app, Face& face);
void add_report(CLI::App& app, Face& face);
void add_measures(CLI::App& app, Face& face);
void add_check(CLI::App& app, Face& face);
void add_verify(CLI::App& app, Face& face);
void add_validate(CLI::App& app, Face& face);
void add_calibrate(CLI::App& app, Face& face);
void add_sensitivity(CLI::App& app, Face& face);
void add_trace(CLI::App& app, Face& face);
void add_why(CLI::App& app, Face& face);
void add_sweep(CLI::App& app, Face& face);
void add_ablate(CLI::App& app, Face& face);
void add_screen(CLI::App& app, Face& face);

}  // namespace portflow::cli
