#include "cli/table.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace portflow::cli {

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if ((code & 0xC0u) == 0x80u) continue;            // continues a character
    width += code >= 0xE3u && code <= 0xEFu ? 2 : 1;  // U+3000 and up: full width
  }
  return width;
}

std::string Table::text() const {
  std::vector<std::size_t> widths(heading.size(), 0);
  const auto widen = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  };
  widen(heading);
  for (const auto& row : rows) widen(row);
  std::string result;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - width_of(row[i]), ' ');
      if (i > 0) line += "  ";
      const bool is_left = i < left || (words_last && i + 1 == row.size());
      line += is_left ? row[i] + gap : gap + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    result += line + '\n';
  };
  add(heading);
  for (const auto& row : rows) add(row);
  return result;
}

std::string cell(const std::optional<double>& value) {
  return value ? fmt::format("{:.4g}", *value) : std::string("-");
}

std::string cell(const std::optional<analysis::Interval>& interval) {
  return interval ? fmt::format("{:.4g} to {:.4g}", interval->low, interval->high)
                  : std::string("-");
}

std::string range_cell(const analysis::Interval& range) {
  return fmt::format("{:.4g} .. {:.4g}", range.low, range.high);
}

std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace portflow::cli
