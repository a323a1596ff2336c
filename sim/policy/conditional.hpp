/// \file conditional.hpp
/// Effects with a `where`: a number becomes one that goes by the condition.
///
/// `{edit: procedures.lot.steps.review.takes, set: 1 wd, where: kind == food}` makes of `5 wd`
/// `{if: kind == food, then: 1 wd, else: 5 wd}`. What is no number (a step, its needs, what it
/// comes after) cannot be two things at once; there compile() makes an adoption of the condition.
#pragma once

#include <optional>

#include "policy/fold.hpp"

namespace portflow::policy {

/// The number or distribution that `path` is or lies within, if entities may have different ones:
/// the path of a `takes`, a `priority`, a `chance`, an `amount`, a share of a choice, ...
[[nodiscard]] std::optional<Path> quantity_of(const Path& path);

/// Whether no entity can meet both: they ask the same attribute for two different words.
[[nodiscard]] bool exclusive(const Condition& a, const Condition& b);

/// The quantity at `path`, with the edits `everywhere` and those of `some`, each for those who meet
/// its condition. All edits are of the quantity or lie within it.
[[nodiscard]] spec::Node by_conditions(const spec::Node& baseline, const Path& path,
                                       const std::vector<const Edit*>& everywhere,
                                       const std::vector<const Edit*>& some, Errors& errors);

}  // namespace portflow::policy
