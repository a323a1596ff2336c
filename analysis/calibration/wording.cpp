#include "analysis/calibration/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/fingerprint.hpp"

namespace portflow::calibration {
namespace {

std::string grouped(const std::string& digits) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

/// A cell of a table may hold no bar and no line break.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& one : cells) line += " " + cell(one) + " |";
  return line + '\n';
}

std::vector<std::string> row_of(const Checked& one) {
  const spec::Published& row = one.row;
  return {row.check ? std::to_string(*row.check) : "",
          row.title.en,
          published_text(row),
          std::string(name_of(row.confidence)),
          with_unit(number_text(one.found), row.unit),
          interval_text(one.interval) + (one.maximum && one.interval ? " (each run's)" : ""),
          std::string(spec::name_of(row.how)),
          row.how == spec::Published::How::absent ? "not modelled"
                                                  : std::string(name_of(one.standing))};
}

}  // namespace

std::string number_text(std::optional<double> value) {
  if (!value) return "-";
  const double size = std::abs(*value);
  if (size < 999.5) return fmt::format("{:.4g}", *value);
  const double step = std::pow(10, std::floor(std::log10(size)) - 3);
  const double rounded = std::round(size / step) * step;
  return (*value < 0 ? "-" : "") + grouped(fmt::format("{:.0f}", rounded));
}

std::string interval_text(const std::optional<analysis::Interval>& interval) {
  if (!interval) return "-";
  return fmt::format("{} to {}", number_text(interval->low), number_text(interval->high));
}

std::string with_unit(const std::string& number, const std::string& unit) {
  return unit == "1" || unit.empty() || number == "-" ? number : number + " " + unit;
}

std::string published_text(const spec::Published& row) {
  std::string range;
  if (row.least && row.most) {
    range = fmt::format("{} to {}", number_text(row.least), number_text(row.most));
  } else {
    range = fmt::format("{} {}", row.least ? "at least" : "at most",
                        number_text(row.least ? row.least : row.most));
  }
  if (!row.value) return with_unit(range, row.unit);
  return fmt::format("{} ({})", with_unit(number_text(row.value), row.unit), range);
}

std::string_view name_of(Standing standing) noexcept {
  switch (standing) {
    case Standing::in_range:
      return "yes";
    case Standing::barely:
      return "yes, interval not wholly";
    case Standing::out:
      return "**no**";
    case Standing::unobserved:
      return "not observed";
  }
  return "";
}

std::string_view name_of(std::optional<spec::Confidence> confidence) noexcept {
  if (!confidence) return "sourced";  // a source, and nothing that weakens it
  switch (*confidence) {
    case spec::Confidence::sourced:
      return "sourced";
    case spec::Confidence::derived:
      return "derived";
    case spec::Confidence::proxy:
      return "proxy";
    case spec::Confidence::assumption:
      return "assumption";
  }
  return "";
}

std::string Grid::markdown() const {
  std::string text = line_of(heading);
  text += line_of(std::vector<std::string>(heading.size(), "---"));
  for (const auto& row : rows) text += line_of(row);
  return text;
}

Grid grid_of(const Validation& validation, bool held_out) {
  Grid grid{{"#", "figure", "published", "kind", "simulated", "95 % interval", "how", "in range"},
            {}};
  for (const Checked& one : validation.rows) {
    if (one.row.held_out == held_out) grid.rows.push_back(row_of(one));
  }
  return grid;
}

std::string markdown_of(const Validation& validation) {
  std::string text = fmt::format(
      "{} replication{}, seed {}, counted from {:.10} to {:.10}; {} events, fingerprint `{}`.\n\n",
      validation.replications, validation.replications == 1 ? "" : "s", validation.seed,
      to_text(validation.from), to_text(validation.to), grouped(std::to_string(validation.events)),
      to_hex(validation.fingerprint));
  const Grid tuned = grid_of(validation, false);
  const Grid held_out = grid_of(validation, true);
  if (!tuned.rows.empty()) text += tuned.markdown() + '\n';
  if (!held_out.rows.empty()) {
    text += "Held out, so nothing was tuned to these:\n\n" + held_out.markdown() + '\n';
  }
  for (const Checked& one : validation.rows) {
    const bool misses = one.standing == Standing::out || one.standing == Standing::unobserved;
    if (!misses && one.row.because.en.empty()) continue;
    text += fmt::format("- {} **{}**: {}\n", misses ? "Misses:" : "Note:", one.row.title.en,
                        one.row.because.en.empty() ? "no reason is given" : one.row.because.en);
  }
  if (text.ends_with("\n\n")) text.pop_back();
  return text;
}

Result<std::string> with_block(const std::string& page, const std::string& file,
                               const std::string& command, const std::string& block) {
  const std::string head = "<!-- " + command + " -->\n";
  static const std::string tail = "<!-- end -->\n";
  const auto begin = page.find(head);
  const auto end = begin == std::string::npos ? begin : page.find(tail, begin);
  if (end == std::string::npos) {
    return fail(Failure::input,
                fmt::format("has no block from a line `<!-- {} -->` to a line `<!-- end -->`; "
                            "write both where the result belongs",
                            command),
                {file, 0, 0});
  }
  return page.substr(0, begin + head.size()) + '\n' + block + '\n' + page.substr(end);
}

}  // namespace portflow::calibration
