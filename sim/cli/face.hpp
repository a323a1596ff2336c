/// \file face.hpp
/// What every command shares: how it talks, how it fails, how it is interrupted.
///
/// Results go to standard output, talk to standard error. Exit codes are those of
/// `Failure`: 0 done, 1 a bug of ours, 2 bad input or usage, 3 deadlock, 4 a limit reached or
/// interrupted, 5 disk or file.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "core/error.hpp"

namespace portflow::cli {

/// The command line as a whole: filled in by the options, run once they are read.
struct Face {
  bool quiet{false};
  std::function<int()> action;  ///< of the command that was given
};

/// A command with its one-line help, an example, `--quiet` and `--version`.
[[nodiscard]] CLI::App* add_command(CLI::App& app, Face& face, const std::string& name,
                                    const std::string& help, const std::string& examples);

/// Prints every error. \returns the exit code.
int complain(const Fault& fault);

/// Prints what is odd but no error.
void warn(const Errors& warnings);

/// Shows how far a long command is and when it will be done, on a terminal only; says true
/// once the user has pressed Ctrl-C. \param share  done so far, 0..1
[[nodiscard]] std::function<bool(double)> progress(const Face& face);

/// Takes the progress line away.
void clear_progress(const Face& face);

/// What to say and return when Ctrl-C ended a command whose results stay good as far as they go.
/// \param done    how many replications were done; 0: part of one is shown
/// \param wanted  how many were asked for
int interrupted(std::uint32_t done, std::uint32_t wanted);

/// Writes a text file by a temporary beside it, so that a reader never sees half of it; what is
/// no plain file (a device, a pipe, a link) is written to in place.
[[nodiscard]] Result<void> write_text(const std::string& path, const std::string& text);

/// Whether a file can be made at `path`, asked before hours of work. \returns a disk fault.
[[nodiscard]] Result<void> can_write(const std::string& path);

}  // namespace portflow::cli
