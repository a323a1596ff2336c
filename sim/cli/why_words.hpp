/// \file why_words.hpp
/// Words and cells that all answers of `why` share.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "analysis/path.hpp"
#include "analysis/record.hpp"
#include "core/cause.hpp"

namespace portflow::cli {

/// What a cause means, in some words.
[[nodiscard]] std::string_view meaning_of(Cause cause) noexcept;

/// `not due`: the name of a cause as people write it.
[[nodiscard]] std::string spaced(Cause cause);

/// Indexes of the causes, the one with the greatest sum (of either sign) first.
[[nodiscard]] std::array<std::size_t, cause_count> greatest_first(const analysis::CauseSums& sums);

/// An instant, rounded down to the second.
[[nodiscard]] SimTime shown(SimTime at);

/// `ship mainline-3`.
[[nodiscard]] std::string person(const analysis::Record& record, trace::EntityId entity);

/// Flush right in `width` columns.
[[nodiscard]] std::string padded(const std::string& text, std::size_t width);

/// `12.5 %`; `-` of nothing.
[[nodiscard]] std::string share_text(std::int64_t part, std::int64_t whole);

}  // namespace portflow::cli
