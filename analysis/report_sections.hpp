/// \file report_sections.hpp
/// The parts of the page, each as HTML. Everything from files is escaped inside them.
#pragma once

#include <string>

#include "analysis/report_text.hpp"

namespace portflow::analysis {

/// Differences whose whole interval lies within this share of the base are called no
/// difference to speak of.
inline constexpr double negligible_share = 0.01;

/// How the report classes a pair; finer than Verdict, since "cannot tell" has two meanings.
/// `slight`: decided, yet within negligible_share of the base.
enum class Standing : std::uint8_t {
  same,
  better,
  worse,
  moved,
  slight,
  negligible,
  open,
  unobserved
};

[[nodiscard]] Standing standing_of(const Pair& pair);

/// CSS class of a standing: `better`, `worse`, `open` (also for the rest).
[[nodiscard]] std::string_view class_of(Standing standing);

/// Arrow by the sign of the difference and the word by the standing: `▼ better`.
[[nodiscard]] std::string verdict_text(const Pair& pair, const Tongue& say);

/// Whether the KPI is a group (`name.category`) of another one of the comparison.
[[nodiscard]] bool is_group(const Comparison& comparison, const Pair& pair);

/// No KPI and no entity differs, and as many are unfinished.
[[nodiscard]] bool identical(const Comparison& comparison);

[[nodiscard]] std::string head_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string verdict_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string table_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string expectation_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string curve_section(const Comparison& comparison, const Tongue& say);
/// Where the time of the KPIs goes and what each step contributed to the change; like the three
/// below it needs Comparison::anatomies.
[[nodiscard]] std::string tree_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string release_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string promise_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string gains_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string mover_section(const Comparison& comparison, const Tongue& say);
/// What to measure first (weakest.cpp); empty where there is none.
[[nodiscard]] std::string weakest_section(const std::vector<WeakNumber>& weakest,
                                          const Tongue& say);
[[nodiscard]] std::string weakest_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string repeat_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string note_section(const Comparison& comparison, const Tongue& say);
[[nodiscard]] std::string definition_section(const Comparison& comparison, const Tongue& say);
/// Of all that have one; empty where none has.
[[nodiscard]] std::string definitions_of(const std::vector<const kpi::Figure*>& headings,
                                         const Tongue& say);

/// A small interval plot on an axis of relative change common to all rows, linear within
/// 1 % of the base and logarithmic beyond, to 100 %. Empty where the base is 0.
[[nodiscard]] std::string forest_plot(const Pair& pair, const Tongue& say);
/// The axis for the head of the column.
[[nodiscard]] std::string forest_axis();

/// The style sheet.
[[nodiscard]] std::string_view style_sheet();

}  // namespace portflow::analysis
