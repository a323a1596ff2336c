// A time release study in the layout of the World Customs Organization: by mode, channel, goods and
// class of trader; mean, median, range; by hour of day; what is not procedure apart from procedure.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/paired_values.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

/// One row of the study over all replications, in the KPI's unit.
struct Row {
  Axis axis{Axis::all};
  std::string category;
  Pair mean;  ///< of the means
  struct Arm {
    std::uint64_t count{0};
    double median{0};  ///< mean of the replications' medians
    double least{0}, greatest{0};
    std::array<double, nature_count> natures{};  ///< mean an entity
    double not_known{0};
    std::uint64_t seen{0};  ///< replications with any
  } base, policy;
};

const StudyCell* find(const Anatomy& anatomy, const std::string& kpi, const Row& row) {
  const auto study = std::ranges::find(anatomy.studies, kpi, &ReleaseTimes::kpi);
  if (study == anatomy.studies.end()) return nullptr;
  const auto cell = std::ranges::find_if(study->cells, [&](const StudyCell& one) {
    return one.axis == row.axis && one.category == row.category;
  });
  return cell == study->cells.end() ? nullptr : &*cell;
}

void add(Row::Arm& arm, const StudyCell& cell, double unit) {
  const auto in_unit = [unit](std::int64_t ms) { return static_cast<double>(ms) / unit; };
  arm.least = arm.seen == 0 ? in_unit(cell.least) : std::min(arm.least, in_unit(cell.least));
  arm.greatest = std::max(arm.greatest, in_unit(cell.greatest));
  arm.count += cell.count;
  arm.median += in_unit(cell.median);
  ++arm.seen;
  const auto count = static_cast<double>(cell.count);
  for (std::size_t cause = 0; cause < cause_count; ++cause) {
    const auto nature = static_cast<std::size_t>(nature_of(static_cast<Cause>(cause)));
    arm.natures[nature] += in_unit(cell.sums[cause]) / count;
  }
  arm.not_known += in_unit(cell.not_known) / count;
}

void settle(Row::Arm& arm) {
  if (arm.seen == 0) return;
  const auto seen = static_cast<double>(arm.seen);
  arm.median /= seen;
  arm.not_known /= seen;
  for (double& nature : arm.natures) nature /= seen;
}

/// All rows of the study, in the order of their first replication.
std::vector<Row> rows_of(const Comparison& comparison, const Pair& pair) {
  const std::string& kpi = pair.base.heading.name;
  const double unit = milliseconds_of(pair.base.heading.unit);
  std::vector<Row> rows;
  for (const PairedAnatomy& both : comparison.anatomies) {
    for (const Anatomy* anatomy : {&both.base, &both.policy}) {
      const auto study = std::ranges::find(anatomy->studies, kpi, &ReleaseTimes::kpi);
      if (study == anatomy->studies.end()) continue;
      for (const StudyCell& cell : study->cells) {
        const bool there = std::ranges::any_of(rows, [&](const Row& row) {
          return row.axis == cell.axis && row.category == cell.category;
        });
        if (!there) rows.push_back({cell.axis, cell.category, {}, {}, {}});
      }
    }
  }
  for (Row& row : rows) {
    PairedValues values;
    for (const PairedAnatomy& both : comparison.anatomies) {
      for (const bool policy : {false, true}) {
        const StudyCell* cell = find(policy ? both.policy : both.base, kpi, row);
        std::optional<double> mean;
        if (cell != nullptr) {
          mean = static_cast<double>(cell->total) / static_cast<double>(cell->count) / unit;
          add(policy ? row.policy : row.base, *cell, unit);
        }
        (policy ? values.policy : values.base).push_back(mean);
      }
    }
    settle(row.base);
    settle(row.policy);
    row.mean = pair_of(values, pair.base.heading);
  }
  return rows;
}

std::string category_text(const Row& row, const Tongue& say) {
  if (row.axis == Axis::all) return std::string(axis_text(Axis::all, say));
  if (row.axis == Axis::channel && row.category == "none") {
    return std::string(say("未布控", "none of these"));
  }
  return word_text(row.category, say);
}

std::string range_text(const Row::Arm& arm, int decimals) {
  if (arm.seen == 0) return "\u2013";
  return fmt::format("{}\u2009\u2026\u2009{}", fixed_text(arm.least, decimals),
                     fixed_text(arm.greatest, decimals));
}

std::string study_row(const Row& row, int decimals, const Tongue& say) {
  const PairText text = text_of(row.mean, say);
  const auto number = [&](const Row::Arm& arm, double value) {
    return arm.seen == 0 ? std::string("\u2013") : fixed_text(value, decimals);
  };
  std::string difference =
      row.mean.difference ? fmt::format("<b>{}</b>", text.difference) : "\u2013";
  if (!text.interval.empty()) {
    difference += fmt::format(" <span class=\"ci\">{}</span>", text.interval);
  }
  const std::string means[] = {
      row.mean.base.mean ? fixed_text(*row.mean.base.mean, decimals) : "\u2013",
      row.mean.policy.mean ? fixed_text(*row.mean.policy.mean, decimals) : "\u2013"};
  return fmt::format(
      "<tr class=\"{}\"><th scope=\"row\">{}</th><td data-h=\"{}\">{}</td><td data-h=\"A {}\">{}"
      "</td><td data-h=\"B {}\">{}</td><td class=\"d\" data-h=\"B \u2212 A\">{}</td><td "
      "data-h=\"A {}\">{}</td><td data-h=\"B {}\">{}</td><td data-h=\"A {}\">{}</td><td "
      "data-h=\"B {}\">{}</td></tr>\n",
      row.axis == Axis::all ? "whole" : "group", category_text(row, say), say("票数", "cases"),
      count_text(row.base.count), say("均值", "mean"), means[0], say("均值", "mean"), means[1],
      difference, say("中位", "median"), number(row.base, row.base.median), say("中位", "median"),
      number(row.policy, row.policy.median), say("范围", "range"), range_text(row.base, decimals),
      say("范围", "range"), range_text(row.policy, decimals));
}

std::string axis_head(Axis axis, std::size_t columns, const Tongue& say) {
  if (axis == Axis::all) return {};
  return fmt::format("<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                     columns, axis_text(axis, say));
}

/// \param write  one row
template <class Write>
std::string by_axis(const std::vector<Row>& rows, std::size_t columns, const Tongue& say,
                    const Write& write) {
  std::string text;
  for (const Axis axis : {Axis::all, Axis::mode, Axis::channel, Axis::goods, Axis::trader}) {
    std::string below;
    for (const Row& row : rows) {
      if (row.axis == axis) below += write(row);
    }
    if (!below.empty()) text += axis_head(axis, columns, say) + below;
  }
  return text;
}

std::string times_table(const std::vector<Row>& rows, int decimals, const Tongue& say) {
  return fmt::format(
      "<div class=\"wide\"><table class=\"study\"><thead><tr><th class=\"l\"></th><th>{}</th><th>"
      "A {}</th><th>B {}</th><th>{}</th><th>A {}</th><th>B {}</th><th>A {}</th><th>B {}</th></tr>"
      "</thead>\n<tbody>\n{}</tbody></table></div>\n",
      say("票数", "Cases"), say("均值", "mean"), say("均值", "mean"),
      say("B \u2212 A，95 % 区间", "B \u2212 A, 95 % interval"), say("中位数", "median"),
      say("中位数", "median"), say("范围", "range"), say("范围", "range"),
      by_axis(rows, 9, say, [&](const Row& row) { return study_row(row, decimals, say); }));
}

/// Which kinds of time occur at all, procedure first.
std::vector<Nature> natures_in(const std::vector<Row>& rows) {
  std::vector<Nature> result;
  for (std::size_t i = 0; i < nature_count; ++i) {
    const bool any = std::ranges::any_of(
        rows, [i](const Row& row) { return row.base.natures[i] > 0 || row.policy.natures[i] > 0; });
    if (any || i == 0) result.push_back(static_cast<Nature>(i));
  }
  return result;
}

/// Both arms as stacked bars on one scale; procedure first, in the strongest colour.
std::string stack(const Row& row, const std::vector<Nature>& natures) {
  constexpr double wide = 420;
  const auto sum = [&](const Row::Arm& arm) {
    double total = 0;
    for (const double nature : arm.natures) total += nature;
    return total;
  };
  const double most = std::max({sum(row.base), sum(row.policy), 1e-9});
  std::string svg = fmt::format("<svg class=\"stack\" viewBox=\"0 0 {} 46\" role=\"img\">", wide);
  for (const bool policy : {false, true}) {
    const Row::Arm& arm = policy ? row.policy : row.base;
    const double y = policy ? 25 : 3;
    double x = 18;
    svg += fmt::format("<text x=\"2\" y=\"{}\">{}</text>", y + 13, policy ? "B" : "A");
    for (const Nature nature : natures) {
      const auto code = static_cast<std::size_t>(nature);
      const double width = arm.natures[code] / most * (wide - 20);
      svg +=
          fmt::format("<rect class=\"n{}\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"18\"/>",
                      code, x, y, width);
      x += width;
    }
  }
  return svg + "</svg>\n";
}

std::string causes_table(const std::vector<Row>& rows, int decimals, const Tongue& say) {
  const std::vector<Nature> natures = natures_in(rows);
  std::string head;
  for (const Nature nature : natures) {
    head += fmt::format("<th><span class=\"swatch n{}\"></span>{}</th>",
                        static_cast<std::size_t>(nature), nature_text(nature, say));
  }
  const bool unknown = std::ranges::any_of(
      rows, [](const Row& row) { return row.base.not_known > 0 || row.policy.not_known > 0; });
  if (unknown) head += fmt::format("<th>{}</th>", say("不可知（未结束）", "Not known (not ended)"));
  const auto cells = [&](double a, double b, std::string_view name) {
    return fmt::format("<td data-h=\"{}\">{} \u2192 {}</td>", name, fixed_text(a, decimals),
                       fixed_text(b, decimals));
  };
  const auto write = [&](const Row& row) {
    std::string text =
        fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th>",
                    row.axis == Axis::all ? "whole" : "group", category_text(row, say));
    for (const Nature nature : natures) {
      const auto code = static_cast<std::size_t>(nature);
      text += cells(row.base.natures[code], row.policy.natures[code], nature_text(nature, say));
    }
    if (unknown)
      text += cells(row.base.not_known, row.policy.not_known, say("不可知", "not known"));
    return text + "</tr>\n";
  };
  const auto whole = std::ranges::find(rows, Axis::all, &Row::axis);
  return fmt::format(
      "<h4>{}</h4>\n{}<div class=\"wide\"><table class=\"study\"><thead><tr><th class=\"l\"></th>"
      "{}</tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      say("手续与非手续原因（均值，A \u2192 B）",
          "Procedure, and what is not procedure (means, A \u2192 B)"),
      whole == rows.end() ? "" : stack(*whole, natures), head,
      by_axis(rows, natures.size() + (unknown ? 2 : 1), say, write));
}

/// Means by the hour of day in which the span began; bars are how many began then, in A.
std::string hours_chart(const std::vector<Row>& rows, const kpi::Figure& heading,
                        const Tongue& say) {
  constexpr double wide = 420, high = 150, left = 44, right = 8, top = 12, bottom = 22;
  std::array<const Row*, 24> hours{};
  double greatest = 0, most = 0;
  for (const Row& row : rows) {
    if (row.axis != Axis::hour) continue;
    hours.at(static_cast<std::size_t>(std::stoul(row.category))) = &row;
    greatest =
        std::max({greatest, row.mean.base.mean.value_or(0), row.mean.policy.mean.value_or(0)});
    most = std::max(most, static_cast<double>(row.base.count));
  }
  if (greatest <= 0) return {};
  const auto x = [&](double hour) { return left + hour / 24 * (wide - left - right); };
  const auto y = [&](double share) { return top + (1 - share) * (high - top - bottom); };
  std::string svg =
      fmt::format("<svg class=\"curve\" viewBox=\"0 0 {} {}\" role=\"img\">", wide, high);
  for (std::size_t hour = 0; hour < 24; ++hour) {
    if (hours[hour] == nullptr || most <= 0) continue;
    const double share = static_cast<double>(hours[hour]->base.count) / most * 0.5;
    svg += fmt::format(
        "<rect class=\"band\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
        x(static_cast<double>(hour)) + 1, y(share), x(1) - x(0) - 2, y(0) - y(share));
  }
  for (const double share : {0.0, 0.5, 1.0}) {
    svg += fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} {1:.1f}H{2:.1f}\"/><text x=\"{3:.1f}\" y=\"{4:.1f}\" "
        "text-anchor=\"end\">{5}</text>",
        left, y(share), wide - right, left - 6, y(share) + 4,
        fixed_text(greatest * share, decimals_for(greatest, 2)));
  }
  for (const int hour : {0, 6, 12, 18, 24}) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>", x(hour),
                       high - 6, hour);
  }
  for (const bool policy : {false, true}) {
    std::string points;
    const auto flush = [&] {
      if (!points.empty()) {
        svg += fmt::format("<polyline class=\"{}\" points=\"{}\"/>", policy ? "b" : "a", points);
      }
      points.clear();
    };
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const Row* row = hours[hour];
      const auto mean = row == nullptr ? std::nullopt
                        : policy       ? row->mean.policy.mean
                                       : row->mean.base.mean;
      if (!mean) {
        flush();
        continue;
      }
      points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ",
                            x(static_cast<double>(hour) + 0.5), y(*mean / greatest));
    }
    flush();
  }
  return fmt::format(
      "<h4>{}{}</h4>\n<p class=\"small\"><span class=\"key ka\"></span>A<span "
      "class=\"key\"></span>B"
      "{}</p>\n<div class=\"half\">{}</svg></div>\n",
      say("按开始时刻（一天中的小时）的均值", "Mean by the hour of day in which it began"),
      unit_after_title(heading.unit, say),
      say("；浅色柱为 A 中该小时开始的票数", "; pale bars: how many began in that hour, in A"),
      svg);
}

}  // namespace

std::string release_section(const Comparison& comparison, const Tongue& say) {
  std::string studies;
  for (const Pair& pair : comparison.kpis) {
    if (pair.base.heading.automatic || is_group(comparison, pair)) continue;
    const std::vector<Row> rows = rows_of(comparison, pair);
    if (rows.empty()) continue;
    double greatest = 0;
    for (const Row& row : rows) greatest = std::max(greatest, row.mean.base.mean.value_or(0));
    const int decimals = std::clamp(decimals_for(greatest, 3), 0, 2);
    studies +=
        fmt::format("<details{}><summary>{}{}</summary>\n{}{}{}</details>\n",
                    studies.empty() ? " open=\"open\"" : "", title_of(pair.base.heading, say),
                    unit_after_title(pair.base.heading.unit, say), times_table(rows, decimals, say),
                    causes_table(rows, decimals, say), hours_chart(rows, pair.base.heading, say));
  }
  if (studies.empty()) return {};
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n{}</section>\n",
      say("放行时间研究", "Time release study"),
      say("按世界海关组织《放行时间研究指南》的体例；全体票件，没有抽样误差。均值为各次重复均值的平"
          "均，"
          "中位数同理，范围为全部重复的最小与最大。",
          "In the layout of the World Customs Organization's guide, over every case, so without "
          "sampling error. Means and medians are means over replications; ranges go from the least "
          "to the greatest of all of them."),
      studies);
}

}  // namespace portflow::analysis
