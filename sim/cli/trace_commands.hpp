/// \file trace_commands.hpp
/// The subcommands of `portflow trace` that have a file of their own.
#pragma once

#include "cli/face.hpp"

namespace portflow::cli {

/// `trace diff A B`
void add_trace_diff(CLI::App& trace, Face& face);

/// `trace export TRACE --out DIR`
void add_trace_export(CLI::App& trace, Face& face);

/// `trace recover NAME.partial`
void add_trace_recover(CLI::App& trace, Face& face);

}  // namespace portflow::cli
