/// \file portrait_sections.hpp
/// The parts of the page of one arm, each as HTML. Everything from files is escaped inside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/portrait.hpp"
#include "analysis/report_text.hpp"

namespace portflow::analysis {

/// KPIs of the scenario that are no groups of another, in its order.
[[nodiscard]] std::vector<const Estimate*> indicators_of(const Portrait& portrait);

/// Groups (`name.category`) of a KPI, in their order.
[[nodiscard]] std::vector<const Estimate*> groups_of(const Portrait& portrait,
                                                     const Estimate& whole);

/// `at most 30 min`, by the direction that is better; empty without a target.
[[nodiscard]] std::string target_text(const kpi::Figure& heading, const Tongue& say);

/// CSS class of an aim: `better` where met, `worse` where missed, else `open`.
[[nodiscard]] std::string_view class_of(Aim aim);

[[nodiscard]] std::string head_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string verdict_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string table_section(const Portrait& portrait, const Tongue& say);
/// By trader and mode where a KPI has a time release study, else by its own groups.
[[nodiscard]] std::string spread_section(const Portrait& portrait, const Tongue& say);
/// Like the two below it needs has_anatomies().
[[nodiscard]] std::string tree_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string promise_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string release_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string longest_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string weakest_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string note_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string repeat_section(const Portrait& portrait, const Tongue& say);
[[nodiscard]] std::string definition_section(const Portrait& portrait, const Tongue& say);

}  // namespace portflow::analysis
