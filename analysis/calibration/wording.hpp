/// \file wording.hpp
/// Numbers and tables of validation, calibration and sensitivity, as text and as Markdown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/calibrate.hpp"
#include "analysis/calibration/validation.hpp"

namespace portflow::calibration {

/// Four significant digits, thousands separated; `-` for what was not observed.
[[nodiscard]] std::string number_text(std::optional<double> value);
/// `12.3 to 12.9`.
[[nodiscard]] std::string interval_text(const std::optional<analysis::Interval>& interval);
/// With its unit after a space; none for `1`, none before `%`'s own space.
[[nodiscard]] std::string with_unit(const std::string& number, const std::string& unit);

/// `12 min (11.4 to 12.6)`, `at least 6,000`.
[[nodiscard]] std::string published_text(const spec::Published& row);
[[nodiscard]] std::string_view name_of(Standing standing) noexcept;
[[nodiscard]] std::string_view name_of(std::optional<spec::Confidence> confidence) noexcept;

/// A heading, and rows of cells.
struct Grid {
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> rows;
  [[nodiscard]] std::string markdown() const;
};

/// The figures that are held out, or those that are not.
[[nodiscard]] Grid grid_of(const Validation& validation, bool held_out);

/// Lead, both tables and why what misses does.
[[nodiscard]] std::string markdown_of(const Validation& validation);

/// Parameters with start, bounds and what was found; targets with what was wanted, before, after.
[[nodiscard]] Grid parameters_of(const Calibration& calibration);
[[nodiscard]] Grid targets_of(const Calibration& calibration);
[[nodiscard]] std::string markdown_of(const Calibration& calibration);

/// `page` with what stands between the lines `<!-- COMMAND -->` and `<!-- end -->` replaced.
/// \returns an input fault where the page has no such block
[[nodiscard]] Result<std::string> with_block(const std::string& page, const std::string& file,
                                             const std::string& command, const std::string& block);

}  // namespace portflow::calibration
