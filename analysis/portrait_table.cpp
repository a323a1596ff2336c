// The KPIs of one arm, each beside its target.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr double wide = 160, margin = 4;

std::string cell(std::string_view heading, const std::string& content) {
  return fmt::format("<td data-h=\"{}\">{}</td>", heading, content);
}

/// From 0: a bar to the value, its interval across the end, the target as an upright line.
std::string bullet(const Estimate& one) {
  const auto& target = one.heading.target;
  if (!target || !one.mean || *one.mean < 0 || *target < 0) return {};
  const auto& extent = one.ci95 ? one.ci95 : one.range;
  const double most = std::max({*one.mean, *target, extent ? extent->high : 0.0, 1e-12}) * 1.05;
  const auto x = [&](double value) {
    return margin + std::clamp(value / most, 0.0, 1.0) * (wide - 2 * margin);
  };
  std::string svg = fmt::format(
      "<svg class=\"plot {}\" viewBox=\"0 0 {} 22\" aria-hidden=\"true\"><rect class=\"band\" "
      "x=\"{}\" y=\"5\" width=\"{}\" height=\"12\"/><rect class=\"fill {}\" x=\"{}\" y=\"8\" "
      "width=\"{:.1f}\" height=\"6\"/>",
      class_of(aim_of(one)), wide, margin, wide - 2 * margin, class_of(aim_of(one)), margin,
      x(*one.mean) - margin);
  if (extent && extent->low != extent->high) {
    svg += fmt::format("<path class=\"zero\" d=\"M{:.1f} 11H{:.1f}M{:.1f} 7V15M{:.1f} 7V15\"/>",
                       x(extent->low), x(extent->high), x(extent->low), x(extent->high));
  }
  return svg + fmt::format("<path class=\"mark\" d=\"M{:.1f} 2V20\"/></svg>", x(*target));
}

std::string row(const Estimate& one, bool group, bool many, const Tongue& say) {
  const EstimateText text = text_of(one, say);
  const std::string& name = one.heading.name;
  const Aim aim = group ? Aim::none : aim_of(one);
  std::string title =
      group ? word_text(name.substr(name.rfind('.') + 1), say) : title_of(one.heading, say);
  const std::string unit = unit_text(one.heading.unit, say);
  if (!group && !unit.empty()) {
    title += fmt::format(" <span class=\"quiet\">{}</span>", unit.substr(1));
  }
  std::string result = fmt::format("<tr class=\"{}{}\"><th scope=\"row\">{}</th>", class_of(aim),
                                   group ? " group" : "", title);
  result += cell(say("数值", "value"), "<b>" + text.value + "</b>");
  if (many) {
    const std::string_view kind = one.bounded ? say("界限 ", "bound ")
                                  : one.range ? say("范围 ", "range ")
                                              : std::string_view{};
    const std::string interval =
        text.interval.empty() ? "\u2013" : fmt::format("{}{}", kind, text.interval);
    result += cell(say("95 % 区间", "95 % interval"),
                   fmt::format("<span class=\"ci\">{}</span>", interval));
  }
  result += cell(say("目标", "target"), one.heading.target && !group ? target_text(one.heading, say)
                                                                     : std::string("\u2013"));
  result += fmt::format("<td class=\"p\">{}</td>", group ? "" : bullet(one));
  const auto quantile = [&](const std::optional<double>& value) {
    return value ? fixed_text(*value, text.decimals) : std::string("\u2013");
  };
  result += cell(say("中位数", "median"), quantile(one.p50));
  result += cell("p95", quantile(one.p95));
  result += cell(say("最大", "greatest"), quantile(one.max));
  result += cell(say("个数", "cases"), count_text(one.count));
  result += cell(say("未完成", "unfinished"), count_text(one.unfinished));
  return result + "</tr>\n";
}

}  // namespace

std::string table_section(const Portrait& portrait, const Tongue& say) {
  const bool many = portrait.arm.replications > 1;
  std::string rows;
  bool unfinished = false;
  for (const Estimate* one : indicators_of(portrait)) {
    rows += row(*one, false, many, say);
    unfinished = unfinished || (one->heading.kind == "span" && one->unfinished > 0);
    for (const Estimate* group : groups_of(portrait, *one)) rows += row(*group, true, many, say);
  }
  std::string notes;
  const auto note = [&](std::string_view text) {
    notes += fmt::format("<p class=\"small\">{}</p>\n", text);
  };
  if (many) {
    note(say("数值为各次重复的平均；区间为其 95 % t 区间。最大值没有区间，列出的是各次重复的范围。",
             "Values are means over replications, with their 95 % t interval. Maxima have no "
             "interval: what stands there is their range over replications."));
  } else {
    note(
        say("单次运行：数值就是这一次的，没有区间。要有区间，请用 <code>portflow run SCENARIO "
            "--replications 10 --report FILE</code>。",
            "A single run: the values are those of this run, without intervals. For intervals: "
            "<code>portflow run SCENARIO --replications 10 --report FILE</code>."));
  }
  if (unfinished) {
    note(say("未完成的实体不在时间的均值和分位数之内：它们可能比已完成的更久。",
             "Who is unfinished is not in the means and quantiles of times, and may take longer "
             "than those who are."));
  }
  note(say("图自 0 起：横条为数值，竖线为目标。",
           "Pictures begin at 0: the bar is the value, the "
           "upright line the target."));
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<div class=\"wide\"><table class=\"kpis\"><thead><tr><th "
      "class=\"l\">{}</th><th>{}</th>{}<th>{}</th><th></th><th>{}</th><th>p95</th><th>{}</th>"
      "<th>{}</th><th>{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n{}</section>\n",
      say("指标", "Indicators"), say("指标", "Indicator"), say("数值", "Value"),
      many ? fmt::format("<th>{}</th>", say("95 % 区间", "95 % interval")) : "",
      say("目标", "Target"), say("中位数", "Median"), say("最大", "Greatest"), say("个数", "Cases"),
      say("未完成", "Unfinished"), rows, notes);
}

}  // namespace portflow::analysis
