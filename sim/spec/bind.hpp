/// \file bind.hpp
/// From the tree of text to the typed scenario: units, bounds, defaults, references.
#pragma once

#include "core/error.hpp"
#include "spec/node.hpp"
#include "spec/scenario.hpp"

namespace portflow::spec {

/// Types the whole tree and checks all that can be checked without facility kinds: unknown
/// keys (with the nearest right one), units, bounds, dangling names, unreachable steps,
/// cycles, conditions that read marks of steps that are no ancestors, unresolved sources.
/// Missing optional fields are written into `root` with their defaults (Node::defaulted), so
/// that measures can select them.
/// \returns the scenario, or every error at once in order of file, line and column.
[[nodiscard]] Result<Scenario> bind(Node& root);

/// `scenario`, with the procedures of `part` in place of its own of these names.
/// \param part  a tree of `procedures`, of the `parameters` that they quote and the `fragments`
/// that
///              they run
/// \returns every error of these procedures at once.
[[nodiscard]] Result<Scenario> rebound(const Node& part, Scenario scenario);

/// Counts every number of the tree by the confidence that holds for it.
[[nodiscard]] Evidence count_evidence(const Node& root);

}  // namespace portflow::spec
