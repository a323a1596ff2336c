/// \file measures.hpp
/// What the subcommands of `portflow measures` share.
#pragma once

#include "cli/face.hpp"
#include "run/measures.hpp"

namespace portflow::cli {

/// Scenario whose measures are meant where none is named.
inline constexpr const char* usual_scenario = "scenarios/dalian/2023.yaml";

/// The measures beside a scenario. \returns an input fault where there is no folder of them
[[nodiscard]] Result<std::vector<policy::Measure>> measures_of(const std::string& scenario);

/// `effects` and `page`.
void add_measures_effects(CLI::App& command, Face& face);

}  // namespace portflow::cli
