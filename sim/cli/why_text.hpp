/// \file why_text.hpp
/// Stories and causes in words, for people who plan a port.
///
/// Instants are shown to the second (rounded down), and every duration of a story is the difference
/// of two shown instants; so what is shown adds up too.
#pragma once

#include <string>

#include "analysis/record.hpp"
#include "analysis/story.hpp"
#include "analysis/worst.hpp"

namespace portflow::cli {

/// What a cause means, in some words.
[[nodiscard]] std::string_view meaning_of(Cause cause) noexcept;

/// `not due`: the name of a cause as people write it.
[[nodiscard]] std::string spaced(Cause cause);

[[nodiscard]] std::string story_text(const analysis::Record& record, const analysis::Story& story);
[[nodiscard]] std::string worst_text(const analysis::Record& record, const analysis::Worst& worst);

}  // namespace portflow::cli
