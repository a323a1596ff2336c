/// \file measures_page.hpp
/// The page of all measures: what each edits, what that did, and how well it is supported.
#pragma once

#include <string>
#include <vector>

#include "analysis/demonstration.hpp"
#include "policy/measure.hpp"

namespace portflow::analysis {

/// Numbers of a measure by what they rest on, each edit counted once.
[[nodiscard]] spec::Evidence evidence_of(const policy::Measure& measure);

/// `3 of 5 sourced, 2 assumption`.
[[nodiscard]] std::string evidence_text(const spec::Evidence& evidence);

/// `2 % to 4 %`, where the file says in which range the value of an effect may lie; else empty.
/// \param effect  index into the effects of `part`, which is one of `measure`
[[nodiscard]] std::string range_text(const policy::Measure& measure, const policy::Part& part,
                                     std::size_t effect);

/// Markdown in English and Chinese. Titles, edits and evidence come from `measures`, effects from
/// `results` alone: a measure without results says so.
/// \param source  the file that holds `results`, as the page names it
[[nodiscard]] std::string measures_page(const std::vector<policy::Measure>& measures,
                                        const std::vector<Demonstration>& results,
                                        const std::string& source);

}  // namespace portflow::analysis
