// The table of KPIs, with each paired interval drawn.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr double width = 160, middle = 80, reach = 71;  // px; the axis ends at +-100 %
constexpr double most = 100;                            // %

/// Place of a relative change in per cent: linear within 1 %, then equal steps per decade.
double place(double percent) {
  const double size = std::min(std::abs(percent), most);
  const double steps = size <= 1 ? size : 1 + std::log10(size);
  return middle + std::copysign(steps / (1 + std::log10(most)) * reach, percent);
}

std::string cell(std::string_view heading, std::string_view style, const std::string& content) {
  return fmt::format("<td class=\"{}\" data-h=\"{}\">{}</td>", style, heading, content);
}

std::string unfinished(const Pair& pair) {
  if (pair.base.unfinished == 0 && pair.policy.unfinished == 0) return "0";
  return fmt::format("{} | {}", count_text(pair.base.unfinished),
                     count_text(pair.policy.unfinished));
}

std::string changed(const Pair& pair) {
  if (pair.entities_compared == 0 && pair.entities_different == 0) return "\u2013";
  return fmt::format("{} / {}", count_text(pair.entities_different),
                     count_text(pair.entities_compared));
}

/// \param below  a group in the row below its whole
std::string row(const Pair& pair, bool below, const Tongue& say) {
  const PairText text = text_of(pair, say);
  const std::string unit = unit_text(pair.base.heading.unit, say);
  const std::string_view style = class_of(standing_of(pair));
  std::string difference = pair.difference ? fmt::format("<b>{}</b>", text.difference) : "\u2013";
  if (!text.interval.empty()) {
    difference += fmt::format(" <span class=\"ci\">{}{}</span>",
                              pair.difference_range ? say("范围 ", "range ") : "", text.interval);
  }
  const std::string& name = pair.base.heading.name;
  std::string title =
      below ? word_text(name.substr(name.rfind('.') + 1), say) : title_of(pair.base.heading, say);
  if (pair.restricted) title += " \u2020";
  if (!unit.empty() && !below)
    title += fmt::format(" <span class=\"quiet\">{}</span>", unit.substr(1));
  std::string result = fmt::format("<tr class=\"{}{}\"><th scope=\"row\">{}</th>", style,
                                   below ? " group" : "", title);
  result += cell("A", "", text.base);
  result += cell("B", "", text.policy);
  result += cell("B \u2212 A", "d", difference);
  result += fmt::format("<td class=\"p\">{}</td>", forest_plot(pair, say));
  result += cell(say("相对", "relative"), "", text.relative);
  result += fmt::format("<td class=\"word {}\">{}</td>", style, verdict_text(pair, say));
  result += cell(say("未完成", "unfinished"), "", unfinished(pair));
  result += cell(say("有变化", "changed"), "", changed(pair));
  return result + "</tr>\n";
}

std::string table(const std::string& rows, const Tongue& say) {
  return fmt::format(
      "<div class=\"wide\"><table class=\"kpis\"><thead><tr><th class=\"l\">{}</th><th>A</th>"
      "<th>B</th><th>{}</th><th>{}</th><th>{}</th><th class=\"l\">{}</th><th>{}</th><th>{}</th>"
      "</tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      say("指标", "Indicator"), say("B \u2212 A，95 % 区间", "B \u2212 A, 95 % interval"),
      forest_axis(), say("相对 A", "of A"), say("判断", "Verdict"),
      say("未完成 A | B", "Unfinished A | B"), say("有变化的实体", "Entities changed"), rows);
}

/// What the dagger means, where any row has it.
std::string dagger(const Comparison& comparison, const Tongue& say) {
  bool any = false;
  std::uint64_t unknown = 0;
  for (const Pair& pair : comparison.kpis) {
    if (pair.base.heading.automatic || !pair.restricted) continue;
    any = true;
    unknown = std::max(unknown, pair.restricted_unknown);
  }
  if (!any) return {};
  std::string text = fmt::format(
      fmt::runtime(
          say("<p class=\"small\">\u2020 有实体未完成：两个方案均按 min(时间, {} 天) 比较。",
              "<p class=\"small\">\u2020 Some are unfinished: both arms are compared on "
              "min(time, {} d).")),
      fixed_text(static_cast<double>(comparison.follow.count()) / 86'400'000.0, 0));
  if (unknown > 0) {
    text += fmt::format(
        fmt::runtime(say("未观察满此时长、因此未计入的，每项至多 {} 个（两方案合计）。",
                         " Those not watched for that long are left out: at most {} for any "
                         "indicator, both arms together.")),
        count_text(unknown));
  }
  return text + "</p>\n";
}

}  // namespace

std::string forest_axis() {
  std::string svg =
      fmt::format("<svg class=\"axis\" viewBox=\"0 0 {} 16\" aria-hidden=\"true\">", width);
  // The lines between are at 10 %: their words would touch those at the ends.
  constexpr std::pair<double, std::string_view> ticks[] = {
      {-100, "\u2212100"}, {0, "0"}, {100, "+100"}};
  for (const auto& [percent, text] : ticks) {
    const double x = place(percent);
    const std::string_view anchor = percent == -100 ? "start" : percent == 100 ? "end" : "middle";
    svg += fmt::format("<text x=\"{:.1f}\" y=\"12\" text-anchor=\"{}\">{}</text>",
                       percent == -100  ? 0
                       : percent == 100 ? width
                                        : x,
                       anchor, text);
  }
  return svg + "</svg>";
}

std::string forest_plot(const Pair& pair, const Tongue& say) {
  if (!pair.difference || !pair.base.mean || *pair.base.mean == 0) return {};
  const double scale = 100 / std::abs(*pair.base.mean);
  const auto& interval = pair.difference_ci95 ? pair.difference_ci95 : pair.difference_range;
  std::string svg = fmt::format(
      "<svg class=\"plot\" viewBox=\"0 0 {} 22\" role=\"img\" aria-label=\"{} {}\">"
      "<rect class=\"band\" x=\"{:.1f}\" y=\"0\" width=\"{:.1f}\" height=\"22\"/>",
      width, text_of(pair, say).difference, escape(pair.base.heading.unit), place(-1),
      place(1) - place(-1));
  for (const double tick : {-100.0, -10.0, 10.0, 100.0}) {
    svg += fmt::format("<path class=\"grid\" d=\"M{0:.1f} 3V19\"/>", place(tick));
  }
  svg += fmt::format("<path class=\"zero\" d=\"M{:.1f} 0V22\"/>", middle);
  if (interval) {
    const double low = interval->low * scale, high = interval->high * scale;
    svg += fmt::format("<path class=\"bar\" d=\"M{:.1f} 11H{:.1f}\"/>", place(low), place(high));
    // An arrow head where the interval goes on beyond the axis.
    for (const double end : {low, high}) {
      if (std::abs(end) <= most) continue;
      const double x = place(end), tip = x + std::copysign(8.0, end);
      svg += fmt::format("<path class=\"dot\" d=\"M{:.1f} 5L{:.1f} 11L{:.1f} 17z\"/>", x, tip, x);
    }
  }
  svg += fmt::format("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"11\" r=\"4.5\"/>",
                     place(*pair.difference * scale));
  return svg + "</svg>";
}

std::string table_section(const Comparison& comparison, const Tongue& say) {
  std::string shown, alike, automatic;
  bool whole_shown = false;  // groups follow their whole
  for (const Pair& pair : comparison.kpis) {
    const Standing standing = standing_of(pair);
    const bool whole = !is_group(comparison, pair);
    const bool decided =
        standing == Standing::better || standing == Standing::worse || standing == Standing::moved;
    const bool notable =
        decided || (whole && standing != Standing::same && standing != Standing::unobserved);
    if (whole) whole_shown = notable;
    const bool below = !whole && notable == whole_shown;
    if (pair.base.heading.automatic) {
      if (decided) automatic += row(pair, below, say);
    } else {
      (notable ? shown : alike) += row(pair, below, say);
    }
  }
  std::string text = fmt::format("<section>\n<h2>{}</h2>\n", say("指标对比", "Indicators"));
  if (!shown.empty()) text += table(shown, say);
  if (!alike.empty()) {
    text += fmt::format(
        "<details{}><summary>{}</summary>\n{}</details>\n", shown.empty() ? " open=\"open\"" : "",
        say("相同或未判断的其余指标与分组", "The other indicators and groups"), table(alike, say));
  }
  if (!automatic.empty()) {
    text += fmt::format("<details><summary>{}</summary>\n{}</details>\n",
                        say("有差异的资源、流程与等待原因",
                            "Resources, procedures and causes of waiting that differ"),
                        table(automatic, say));
  }
  text += dagger(comparison, say);
  text += fmt::format(
      "<p class=\"small\">{}</p>\n</section>\n",
      say("图中横轴为相对 A 的变化（%）：\u00b11 % "
          "以内（浅色带）线性，之外为对数，竖线为 \u00b110 % 与 \u00b1100 %。区间不含零线即有差异。"
          "最大值没有区间，画出的是各次重复的范围。",
          "The axis is the change in per cent of A: linear within \u00b11 % (the pale band), "
          "logarithmic beyond, with lines at \u00b110 and \u00b1100 %. An interval clear of the "
          "zero line is a difference. Maxima have "
          "no interval: what is drawn is their range over replications."));
  return text;
}

}  // namespace portflow::analysis
