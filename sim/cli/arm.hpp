/// \file arm.hpp
/// Options that say what to simulate, shared by all commands that do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/precision.hpp"
#include "analysis/store/run_store.hpp"
#include "cli/face.hpp"
#include "run/run.hpp"

namespace portflow::cli {

/// A scenario, the measures that are on, and how often and wide it is run.
struct Arm {
  run::Request request;
  std::string package;
  std::string warm_up;            ///< `auto`, a duration, or empty: the scenario's
  std::string store;              ///< folder of finished runs; empty: none is kept
  std::string precision;          ///< `KPI=2%`, or empty
  std::uint32_t replications{1};  ///< with a precision: how many come before it is judged
  std::uint32_t most{200};        ///< with a precision: how many at most
  unsigned threads{1};
};

void add_arm(CLI::App& command, Arm& arm);

/// A word as a shell takes it: in quotes where it holds anything but letters, digits and
/// `_-./,=:+%@`.
[[nodiscard]] std::string quoted(const std::string& word);

/// The command that compares these two arms again.
[[nodiscard]] std::string compare_command(const run::Request& policy, const run::Request& base,
                                          std::uint64_t seed, std::uint32_t replications);

/// The command that runs this arm again.
[[nodiscard]] std::string run_command(const run::Request& request, std::uint64_t seed,
                                      std::uint32_t replications);

/// Options to stop by precision and to find the warm-up, for commands that take intervals.
void add_statistics(CLI::App& command, Arm& arm);

/// What `--precision` asks for, if anything.
[[nodiscard]] Result<std::optional<analysis::Precision>> precision_of(const Arm& arm);

/// Says whether a precision was reached. \returns the exit code: a limit where it was not
int tell_precision(const std::optional<analysis::Precision>& goal,
                   const std::optional<double>& reached, std::uint32_t replications);

/// Puts the warm-up that `--warm-up` asks for into `request`; for `auto` pilots of the baseline
/// (no measures) find it, and one line on standard output says what they found.
[[nodiscard]] Result<void> settle_warm_up(const Face& face, const Arm& arm, run::Request& request);

/// The folder of finished runs, if one was asked for.
[[nodiscard]] Result<std::optional<store::RunStore>> store_of(const Arm& arm);

/// Says what the store has of an arm (on standard error), and remembers the arm there.
[[nodiscard]] Result<void> tell_store(const Face& face, const store::RunStore& store,
                                      const std::string& arm, const store::Identity& identity,
                                      std::uint32_t replications, const std::string& label);

/// `3 reused, 7 new, 0 stale`, and which fields changed.
[[nodiscard]] std::string found_text(const store::Found& found);

/// Measures by `--with` and by `--package` together.
[[nodiscard]] Result<run::Request> request_of(const Arm& arm);

}  // namespace portflow::cli
