/// \file arm.hpp
/// Options that say what to simulate, shared by all commands that do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/face.hpp"
#include "run/run.hpp"

namespace portflow::cli {

/// A scenario, the measures that are on, and how often and wide it is run.
struct Arm {
  run::Request request;
  std::string package;
  std::uint32_t replications{1};
  unsigned threads{1};
};

void add_arm(CLI::App& command, Arm& arm);

/// Measures by `--with` and by `--package` together.
[[nodiscard]] Result<run::Request> request_of(const Arm& arm);

}  // namespace portflow::cli
