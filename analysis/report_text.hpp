/// \file report_text.hpp
/// Words, numbers and escapes of the report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/compare.hpp"
#include "analysis/language.hpp"

namespace portflow::analysis {

/// Picks one of two wordings, so that both stand side by side where they are used.
struct Tongue {
  Language language;
  [[nodiscard]] std::string_view operator()(std::string_view zh, std::string_view en) const {
    return language == Language::zh ? zh : en;
  }
  /// The label in this language, or in the other where it is missing.
  [[nodiscard]] const std::string& operator()(const trace::Label& label) const;
};

/// Text for element content and quoted attributes of HTML; control characters are dropped,
/// since XML forbids them.
[[nodiscard]] std::string escape(std::string_view text);

/// `1,234,567`.
[[nodiscard]] std::string count_text(std::uint64_t count);

/// A fixed number of decimals, minus U+2212, thousands separated; no sign on a zero.
[[nodiscard]] std::string fixed_text(double value, int decimals);
/// Likewise with a plus where positive.
[[nodiscard]] std::string signed_text(double value, int decimals);

/// Decimals that give `value` so many significant digits, 0..6.
[[nodiscard]] int decimals_for(double value, int significant);

/// The unit as written after a number, with the space before it; nothing for the unit 1.
[[nodiscard]] std::string unit_text(std::string_view unit, const Tongue& say);
/// The unit as it follows a title: `, h`, in Chinese `，小时`; nothing for the unit 1.
[[nodiscard]] std::string unit_after_title(std::string_view unit, const Tongue& say);
/// Likewise of a difference: per cent become percentage points.
[[nodiscard]] std::string difference_unit_text(std::string_view unit, const Tongue& say);

/// How one KPI's numbers are written: arms to four digits, differences to the digits that its
/// interval supports.
struct PairText {
  std::string base, policy;  ///< without unit; a dash where nothing was observed
  std::string difference;    ///< signed, without unit
  std::string interval;      ///< `−4.18 to −2.89`; empty where there is none
  std::string relative;      ///< `−9.71 %` of the base; a dash where the base is 0
};
[[nodiscard]] PairText text_of(const Pair& pair, const Tongue& say);

/// How a KPI of one arm is written: four digits, its interval to as many decimals.
struct EstimateText {
  std::string value;     ///< without unit; a dash where nothing was observed
  std::string interval;  ///< `4.18 to 4.89`; of maxima their range; empty where there is none
  int decimals{0};
};
[[nodiscard]] EstimateText text_of(const Estimate& one, const Tongue& say);

/// Title of a KPI, escaped; its name in code style where it has none.
[[nodiscard]] std::string title_of(const kpi::Figure& heading, const Tongue& say);

/// `2025-06-09`, in Chinese `2025年6月9日`.
[[nodiscard]] std::string date_text(SimTime at, const Tongue& say);

}  // namespace portflow::analysis
