// A time release study in the layout of the World Customs Organization: by mode, channel, goods and
// class of trader; mean, median, range; by hour of day; what is not procedure apart from procedure.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"
#include "analysis/study_rows.hpp"

namespace portflow::analysis {
namespace {

std::string category_text(const StudyRow& row, const Tongue& say) {
  if (row.axis == Axis::all) return std::string(axis_text(Axis::all, say));
  if (row.axis == Axis::channel && row.category == "none") {
    return std::string(say("未布控", "none of these"));
  }
  return word_text(row.category, say);
}

std::string range_text(const StudyRow::Arm& arm, int decimals) {
  if (arm.seen == 0) return "\u2013";
  return fmt::format("{}\u2009\u2026\u2009{}", fixed_text(arm.least, decimals),
                     fixed_text(arm.greatest, decimals));
}

std::string study_cell(std::string_view heading, const std::string& content) {
  return fmt::format("<td data-h=\"{}\">{}</td>", heading, content);
}

/// `A ` or `B ` where two arms stand beside each other, then the word.
std::string of_arm(std::string_view arm, bool paired, std::string_view word) {
  return paired ? fmt::format("{} {}", arm, word) : std::string(word);
}

std::string difference_cell(const Pair& mean, const Tongue& say) {
  const PairText text = text_of(mean, say);
  std::string difference = mean.difference ? fmt::format("<b>{}</b>", text.difference) : "\u2013";
  if (!text.interval.empty()) {
    difference += fmt::format(" <span class=\"ci\">{}</span>", text.interval);
  }
  return fmt::format("<td class=\"d\" data-h=\"B \u2212 A\">{}</td>", difference);
}

std::string interval_cell(const Estimate& mean, int decimals, const Tongue& say) {
  const std::string text = mean.ci95
                               ? fmt::format("{} {} {}", fixed_text(mean.ci95->low, decimals),
                                             say("至", "to"), fixed_text(mean.ci95->high, decimals))
                               : "\u2013";
  return study_cell(say("95 % 区间", "95 % interval"), text);
}

std::string study_row(const StudyRow& row, bool paired, int decimals, const Tongue& say) {
  const auto number = [&](const StudyRow::Arm& arm, double value) {
    return arm.seen == 0 ? std::string("\u2013") : fixed_text(value, decimals);
  };
  const auto mean_of = [&](const Estimate& mean) {
    return mean.mean ? fixed_text(*mean.mean, decimals) : std::string("\u2013");
  };
  const auto head = [&](std::string_view arm, std::string_view word) {
    return of_arm(arm, paired, word);
  };
  const std::string_view mean = say("均值", "mean"), median = say("中位", "median"),
                         range = say("范围", "range");
  std::string text =
      fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th>",
                  row.axis == Axis::all ? "whole" : "group", category_text(row, say));
  text += study_cell(say("票数", "cases"), count_text(row.base.count));
  text += study_cell(head("A", mean), mean_of(row.mean.base));
  if (paired) {
    text += study_cell(head("B", mean), mean_of(row.mean.policy)) + difference_cell(row.mean, say);
  } else if (row.mean.base.values.size() > 1) {
    text += interval_cell(row.mean.base, decimals, say);
  }
  text += study_cell(head("A", median), number(row.base, row.base.median));
  if (paired) text += study_cell(head("B", median), number(row.policy, row.policy.median));
  text += study_cell(head("A", range), range_text(row.base, decimals));
  if (paired) text += study_cell(head("B", range), range_text(row.policy, decimals));
  return text + "</tr>\n";
}

std::string axis_head(Axis axis, std::size_t columns, const Tongue& say) {
  if (axis == Axis::all) return {};
  return fmt::format("<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                     columns, axis_text(axis, say));
}

/// \param write  one row
template <class Write>
std::string by_axis(const std::vector<StudyRow>& rows, std::size_t columns, const Tongue& say,
                    const Write& write) {
  std::string text;
  for (const Axis axis : {Axis::all, Axis::mode, Axis::channel, Axis::goods, Axis::trader}) {
    std::string below;
    for (const StudyRow& row : rows) {
      if (row.axis == axis) below += write(row);
    }
    if (!below.empty()) text += axis_head(axis, columns, say) + below;
  }
  return text;
}

std::string times_table(const std::vector<StudyRow>& rows, bool paired, int decimals,
                        const Tongue& say) {
  std::vector<std::string> heads{std::string(say("票数", "Cases"))};
  const auto both = [&](std::string_view word) {
    heads.push_back(of_arm("A", paired, word));
    if (paired) heads.push_back(of_arm("B", paired, word));
  };
  both(say("均值", "mean"));
  if (paired || rows.front().mean.base.values.size() > 1) {
    heads.emplace_back(paired ? say("B \u2212 A，95 % 区间", "B \u2212 A, 95 % interval")
                              : say("95 % 区间", "95 % interval"));
  }
  both(say("中位数", "median"));
  both(say("范围", "range"));
  std::string head;
  for (const std::string& one : heads) head += fmt::format("<th>{}</th>", one);
  return fmt::format(
      "<div class=\"wide\"><table class=\"study\"><thead><tr><th class=\"l\"></th>{}</tr></thead>\n"
      "<tbody>\n{}</tbody></table></div>\n",
      head, by_axis(rows, heads.size() + 1, say, [&](const StudyRow& row) {
        return study_row(row, paired, decimals, say);
      }));
}

/// Which kinds of time occur at all, procedure first.
std::vector<Nature> natures_in(const std::vector<StudyRow>& rows) {
  std::vector<Nature> result;
  for (std::size_t i = 0; i < nature_count; ++i) {
    const bool any = std::ranges::any_of(rows, [i](const StudyRow& row) {
      return row.base.natures[i] > 0 || row.policy.natures[i] > 0;
    });
    if (any || i == 0) result.push_back(static_cast<Nature>(i));
  }
  return result;
}

/// Each arm as a stacked bar on one scale; procedure first, in the strongest colour.
std::string stack(const StudyRow& row, bool paired, const std::vector<Nature>& natures) {
  constexpr double wide = 420;
  const auto sum = [&](const StudyRow::Arm& arm) {
    double total = 0;
    for (const double nature : arm.natures) total += nature;
    return total;
  };
  const double most = std::max({sum(row.base), sum(row.policy), 1e-9});
  std::string svg = fmt::format("<svg class=\"stack\" viewBox=\"0 0 {} {}\" role=\"img\">", wide,
                                paired ? 46 : 24);
  for (const bool policy : {false, true}) {
    if (policy && !paired) break;
    const StudyRow::Arm& arm = policy ? row.policy : row.base;
    const double y = policy ? 25 : 3;
    double x = 18;
    if (paired) svg += fmt::format("<text x=\"2\" y=\"{}\">{}</text>", y + 13, policy ? "B" : "A");
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

std::string causes_table(const std::vector<StudyRow>& rows, bool paired, int decimals,
                         const Tongue& say) {
  const std::vector<Nature> natures = natures_in(rows);
  std::string head;
  for (const Nature nature : natures) {
    head += fmt::format("<th><span class=\"swatch n{}\"></span>{}</th>",
                        static_cast<std::size_t>(nature), nature_text(nature, say));
  }
  const bool unknown = std::ranges::any_of(
      rows, [](const StudyRow& row) { return row.base.not_known > 0 || row.policy.not_known > 0; });
  if (unknown) head += fmt::format("<th>{}</th>", say("不可知（未结束）", "Not known (not ended)"));
  const auto cells = [&](double a, double b, std::string_view name) {
    const std::string after = paired ? " \u2192 " + fixed_text(b, decimals) : std::string();
    return fmt::format("<td data-h=\"{}\">{}{}</td>", name, fixed_text(a, decimals), after);
  };
  const auto write = [&](const StudyRow& row) {
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
  const auto whole = std::ranges::find(rows, Axis::all, &StudyRow::axis);
  return fmt::format(
      "<h4>{}</h4>\n{}<div class=\"wide\"><table class=\"study\"><thead><tr><th class=\"l\"></th>"
      "{}</tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      paired ? say("手续与非手续原因（均值，A \u2192 B）",
                   "Procedure, and what is not procedure (means, A \u2192 B)")
             : say("手续与非手续原因（均值）", "Procedure, and what is not procedure (means)"),
      whole == rows.end() ? "" : stack(*whole, paired, natures), head,
      by_axis(rows, natures.size() + (unknown ? 2 : 1), say, write));
}

/// Means by the hour of day in which the span began; bars are how many began then, in A.
std::string hours_chart(const std::vector<StudyRow>& rows, bool paired, const kpi::Figure& heading,
                        const Tongue& say) {
  constexpr double wide = 420, high = 150, left = 44, right = 8, top = 12, bottom = 22;
  std::array<const StudyRow*, 24> hours{};
  double greatest = 0, most = 0;
  for (const StudyRow& row : rows) {
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
        const bool solid = policy || !paired;
        svg += fmt::format("<polyline class=\"{}\" points=\"{}\"/>", solid ? "b" : "a", points);
      }
      points.clear();
    };
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const StudyRow* row = hours[hour];
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
  const std::string key =
      paired
          ? fmt::format("<span class=\"key ka\"></span>A<span class=\"key\"></span>B{}",
                        say("；浅色柱为 A 中该小时开始的票数",
                            "; pale bars: how many began in that hour, in A"))
          : std::string(say("浅色柱为该小时开始的票数", "Pale bars: how many began in that hour"));
  return fmt::format(
      "<h4>{}{}</h4>\n<p class=\"small\">{}</p>\n<div class=\"half\">{}</svg></div>\n",
      say("按开始时刻（一天中的小时）的均值", "Mean by the hour of day in which it began"),
      unit_after_title(heading.unit, say), key, svg);
}

/// The study of one KPI; empty where it has none.
std::string study_of(const Arms& arms, const kpi::Figure& heading, bool open, const Tongue& say) {
  const std::vector<StudyRow> rows = study_rows(arms, heading);
  if (rows.empty()) return {};
  const bool paired = arms.paired();
  double greatest = 0;
  for (const StudyRow& row : rows) greatest = std::max(greatest, row.mean.base.mean.value_or(0));
  const int decimals = std::clamp(decimals_for(greatest, 3), 0, 2);
  return fmt::format("<details{}><summary>{}{}</summary>\n{}{}{}</details>\n",
                     open ? " open=\"open\"" : "", title_of(heading, say),
                     unit_after_title(heading.unit, say), times_table(rows, paired, decimals, say),
                     causes_table(rows, paired, decimals, say),
                     hours_chart(rows, paired, heading, say));
}

std::string section_of(const std::string& studies, const Tongue& say) {
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

}  // namespace

std::string release_section(const Comparison& comparison, const Tongue& say) {
  const Arms arms = arms_of(comparison);
  std::string studies;
  for (const Pair& pair : comparison.kpis) {
    if (pair.base.heading.automatic || is_group(comparison, pair)) continue;
    studies += study_of(arms, pair.base.heading, studies.empty(), say);
  }
  return section_of(studies, say);
}

std::string release_section(const Portrait& portrait, const Tongue& say) {
  const Arms arms = arms_of(portrait);
  std::string studies;
  for (const Estimate* one : indicators_of(portrait)) {
    studies += study_of(arms, one->heading, studies.empty(), say);
  }
  return section_of(studies, say);
}

}  // namespace portflow::analysis
