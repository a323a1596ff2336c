/// \file edited_text.hpp
/// What a measure edits, as text: procedures as graphs before and after, and who meets them.
#pragma once

#include <string>

#include "run/edited.hpp"

namespace portflow::cli {

/// Every procedure whose steps it edits: a line a step with what it follows; `-` before, `+` after,
/// `~` where the step stays where it was and another field of it is edited.
[[nodiscard]] std::string graphs_text(const run::Edited& edited);

/// The types of entities that meet an edited procedure, source or facility; where others of the
/// type do not, by which procedures they meet it.
[[nodiscard]] std::string affected_text(const run::Edited& edited);

}  // namespace portflow::cli
