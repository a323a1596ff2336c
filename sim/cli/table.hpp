/// \file table.hpp
/// Tables of text for the terminal: columns as wide as their widest cell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/interval.hpp"

namespace portflow::cli {

/// Rows of cells under a heading; the first `left` columns are set flush left, the rest right, but
/// for a last column of words.
struct Table {
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> rows;
  std::size_t left{1};
  bool words_last{false};  ///< the last column is set flush left too

  [[nodiscard]] std::string text() const;
};

/// Four significant digits, `-` for what was not observed.
[[nodiscard]] std::string cell(const std::optional<double>& value);

/// `12.3 to 12.9`, `-` for none.
[[nodiscard]] std::string cell(const std::optional<analysis::Interval>& interval);

/// `12.3 .. 12.9`: least and greatest of a maximum over replications, which is no interval.
[[nodiscard]] std::string range_cell(const analysis::Interval& range);

/// `1,234,567`.
[[nodiscard]] std::string grouped(std::uint64_t number);

/// Columns that `text` takes on a terminal: a Chinese character takes two.
[[nodiscard]] std::size_t width_of(std::string_view text);

}  // namespace portflow::cli
