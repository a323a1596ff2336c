/// \file report_words.hpp
/// Words of the domain as the report writes them, escaped, in either language.
#pragma once

#include <string>
#include <string_view>

#include "analysis/anatomy.hpp"
#include "analysis/report_text.hpp"
#include "core/cause.hpp"

namespace portflow::analysis {

/// A word of the domain spelt out, `no WORD` as its contrary; one that is not known keeps its
/// letters, underscores as spaces.
[[nodiscard]] std::string word_text(std::string_view word, const Tongue& say);

/// `review <code>import_lot.review</code>`; word under way where `step` is empty.
[[nodiscard]] std::string step_text(std::string_view step, const Tongue& say);

[[nodiscard]] std::string_view cause_text(Cause cause, const Tongue& say);

/// Where time goes: the step and its cause; of word under way the step alone.
[[nodiscard]] std::string place_text(std::string_view step, Cause cause, const Tongue& say);

/// What the parts of a tree are, and that they add up.
[[nodiscard]] std::string_view tree_note(const Tongue& say);

[[nodiscard]] double hours_of(Duration span) noexcept;

/// `By channel`.
[[nodiscard]] std::string_view axis_text(Axis axis, const Tongue& say);

/// What a time release study puts under one heading: procedure, or what is not procedure.
enum class Nature : std::uint8_t { procedure, transport, queue, closed, down, not_due, not_filed };
inline constexpr std::size_t nature_count = 7;

/// Work on it and its documents under way are procedure; everything else is not.
[[nodiscard]] Nature nature_of(Cause cause) noexcept;
[[nodiscard]] std::string_view nature_text(Nature nature, const Tongue& say);

/// Milliseconds in the unit as a number; `1` where it is no unit of time.
[[nodiscard]] double milliseconds_of(std::string_view unit);

}  // namespace portflow::analysis
