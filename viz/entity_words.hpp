/// \file entity_words.hpp
/// What an entity is, in words: its kind, its attributes, the steps on its path, where it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/life.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {

/// `Box`, `Lot`, ...; a type that has no word of ours keeps its own.
[[nodiscard]] std::string type_title(const std::string& type, Language language);
/// `fetch.gate_in` -> `gate in`.
[[nodiscard]] std::string step_title(const trace::Schema& schema, std::uint16_t step,
                                     Language language);
/// `credit: ordinary`, `destination: Shenyang`, ... of those that have a value.
[[nodiscard]] std::vector<std::string> attribute_lines(const Life& life, const Store& store,
                                                       Language language);
/// Cause and what it is about: `resource busy: Inspection ground, bays`.
[[nodiscard]] std::string cause_line(const trace::PathPart& part, const Store& store,
                                     Language language);
/// Where somebody is at `at`: on the way, or where the last way ended; empty for who never moves.
[[nodiscard]] std::optional<LonLat> place_of(const Life& life, const Store& store, SimTime at);

}  // namespace portflow::viz
