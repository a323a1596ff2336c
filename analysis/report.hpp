/// \file report.hpp
/// Results as one self-contained HTML page: what a planner sends to a minister.
///
/// The page needs no script and loads nothing: styles and pictures stand in it. It is whole in
/// Chinese and in English, and its reader chooses. It is valid HTML and well-formed XML at once,
/// follows the reader's light or dark setting, and prints on A4. What it says, and how to read it:
/// docs/report.md.
#pragma once

#include <string>

#include "analysis/compare.hpp"
#include "analysis/language.hpp"
#include "analysis/portrait.hpp"

namespace portflow::analysis {

/// All sections in one language: the page's `main` element. Of a comparison what differs, of one
/// arm what it shows against its own targets.
[[nodiscard]] std::string report_in(const Comparison& comparison, Language language);
[[nodiscard]] std::string report_in(const Portrait& portrait, Language language);

/// The whole page, which holds both. \param first  the language that it opens in
[[nodiscard]] std::string report(const Comparison& comparison, Language first);
[[nodiscard]] std::string report(const Portrait& portrait, Language first);

/// Writes report() to `path`, replacing what is there. \returns a disk fault if it cannot.
[[nodiscard]] Result<void> write_report(const Comparison& comparison, const std::string& path,
                                        Language first);
[[nodiscard]] Result<void> write_report(const Portrait& portrait, const std::string& path,
                                        Language first);

}  // namespace portflow::analysis
