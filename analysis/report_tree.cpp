// Where the time of a KPI goes, step by step and cause by cause, and what each contributed to the
// change.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"
#include "analysis/time_branches.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t most_trees = 4;

/// The bar of a row in the waterfall from A to B; `low` and `high` are the ends of the axis.
std::string fall(double from, double to, double low, double high, std::string_view style) {
  constexpr double wide = 220, high_px = 18;
  const auto x = [&](double value) {
    return high > low ? 4 + (value - low) / (high - low) * (wide - 8) : wide / 2;
  };
  const double left = std::min(x(from), x(to)), width = std::max(1.5, std::abs(x(to) - x(from)));
  return fmt::format(
      "<svg class=\"fall\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\"><path class=\"grid\" "
      "d=\"M{:.1f} 0V{}\"/><rect class=\"fill {}\" x=\"{:.1f}\" y=\"4\" width=\"{:.1f}\" "
      "height=\"10\"/></svg>",
      wide, high_px, x(to), high_px, style, left, width);
}

std::string change_text(const Pair& pair, int decimals, double shown, const Tongue& say) {
  std::string text = fmt::format("<b>{}</b>", signed_text(shown, decimals));
  if (!pair.difference_ci95 || pair.difference_ci95->low == pair.difference_ci95->high) return text;
  return text + fmt::format(" <span class=\"ci\">{} {} {}</span>",
                            signed_text(pair.difference_ci95->low, decimals), say("至", "to"),
                            signed_text(pair.difference_ci95->high, decimals));
}

std::string tree_row(std::string_view style, const std::string& name, double a, double b,
                     const std::string& change, const std::string& picture, int decimals) {
  return fmt::format(
      "<tr class=\"{}\"><th scope=\"row\">{}</th><td data-h=\"A\">{}</td><td data-h=\"B\">{}</td>"
      "<td class=\"d\" data-h=\"B \u2212 A\">{}</td><td class=\"p\">{}</td></tr>\n",
      style, name, fixed_text(a, decimals), fixed_text(b, decimals), change, picture);
}

std::string draw(const Arms& arms, const Pair& pair, const Tongue& say) {
  const kpi::Figure& heading = pair.base.heading;
  const std::vector<Branch> branches = branches_of(arms, heading, say);
  if (branches.empty()) return {};
  const Pair total = pair_of(whole_of(arms, heading), heading);
  const int decimals = std::clamp(decimals_for(*total.base.mean, 3) + 1, 1, 3);
  const Column a = column(branches, decimals, [](const Part& part) { return part.mean(false); });
  const Column b = column(branches, decimals, [](const Part& part) { return part.mean(true); });
  const Column d = column(branches, decimals, [](const Part& part) { return part.change(); });
  // The waterfall goes from A's whole by the change of each step.
  double at = a.whole, low = at, high = at;
  for (const double change : d.steps) {
    at += change;
    low = std::min(low, at);
    high = std::max(high, at);
  }
  const double margin = std::max((high - low) * 0.05, 1e-9);
  low -= margin;
  high += margin;
  std::string rows = tree_row("whole", std::string(say("合计", "Whole")), a.whole, b.whole,
                              change_text(total, decimals, d.whole, say), {}, decimals);
  at = a.whole;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const double shown = d.steps[i];
    const Pair judged = pair_of(branches[i].step.values, heading);
    const std::string_view style = class_of(standing_of(judged));
    rows += tree_row("step", branches[i].step.name, a.steps[i], b.steps[i],
                     change_text(judged, decimals, shown, say),
                     fall(at, at + shown, low, high, style), decimals);
    at += shown;
    for (std::size_t k = 0; k < branches[i].causes.size(); ++k) {
      const Part& cause = branches[i].causes[k];
      const double left = a.causes[i][k], right = b.causes[i][k], change = d.causes[i][k];
      if (left == 0 && right == 0 && change == 0) continue;  // says nothing
      rows += tree_row("group", cause.name, left, right,
                       change_text(pair_of(cause.values, heading), decimals, change, say), {},
                       decimals);
    }
  }
  return fmt::format(
      "<h3>{}{}</h3>\n<div class=\"wide\"><table class=\"tree\"><thead><tr><th class=\"l\">{}</th>"
      "<th>A</th><th>B</th><th>{}</th><th>{} {} \u2192 {}</th></tr></thead>\n<tbody>\n{}</tbody>"
      "</table></div>\n",
      title_of(heading, say), unit_after_title(heading.unit, say),
      say("环节与原因", "Step and cause"),
      say("B \u2212 A，95 % 区间", "B \u2212 A, 95 % interval"), say("由 A 到 B：", "From A to B:"),
      fixed_text(a.whole, decimals), fixed_text(b.whole, decimals), rows);
}

}  // namespace

std::string tree_section(const Comparison& comparison, const Tongue& say) {
  const Arms arms = arms_of(comparison);
  std::string trees;
  std::size_t drawn = 0;
  // What is decided comes first; where nothing is, the first that there is.
  for (const bool sure : {true, false}) {
    if (!sure && drawn > 0) break;
    for (const Pair& pair : comparison.kpis) {
      if (drawn == (sure ? most_trees : 1)) break;
      const kpi::Figure& heading = pair.base.heading;
      const bool fits = heading.kind == "span" && heading.statistic == "mean" &&
                        !heading.automatic && !is_group(comparison, pair);
      const Standing standing = standing_of(pair);
      const bool decided = standing == Standing::better || standing == Standing::worse;
      if (!fits || decided != sure) continue;
      const std::string one = draw(arms, pair, say);
      if (one.empty()) continue;
      trees += one;
      ++drawn;
    }
  }
  if (trees.empty()) return {};
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n{}</section>\n",
      say("时间用在哪里，变化从何而来", "Where the time goes, and where the change comes from"),
      tree_note(say), trees);
}

}  // namespace portflow::analysis
