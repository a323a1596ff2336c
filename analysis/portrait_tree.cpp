// Where the time of one arm goes, step by step and cause by cause.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"
#include "analysis/time_branches.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t most_trees = 4;

std::string bar(double from, double size, double whole) {
  constexpr double wide = 220;
  if (whole <= 0) return {};
  return fmt::format(
      "<svg class=\"fall\" viewBox=\"0 0 {0} 18\" aria-hidden=\"true\"><rect class=\"band\" "
      "x=\"0\" "
      "y=\"4\" width=\"{0}\" height=\"10\"/><rect class=\"fill better\" x=\"{1:.1f}\" y=\"4\" "
      "width=\"{2:.1f}\" height=\"10\"/></svg>",
      wide, from / whole * wide, std::max(0.5, size / whole * wide));
}

/// A row; values in the KPI's unit, as shown.
struct TreeRow {
  std::string_view style;
  std::string name;
  double value{0};
  const std::vector<std::optional<double>>* values{nullptr};  ///< by replication
  std::string picture;
};

std::string write(const TreeRow& row, double whole, int decimals, bool many,
                  const kpi::Figure& heading, const Tongue& say) {
  std::string text =
      fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th><td data-h=\"{}\">{}</td>", row.style,
                  row.name, say("均值", "mean"), fixed_text(row.value, decimals));
  if (many) {
    const auto interval = estimate_of(*row.values, heading).ci95;
    text +=
        fmt::format("<td class=\"d\" data-h=\"{}\"><span class=\"ci\">{}</span></td>",
                    say("95 % 区间", "95 % interval"),
                    interval ? fmt::format("{} {} {}", fixed_text(interval->low, decimals),
                                           say("至", "to"), fixed_text(interval->high, decimals))
                             : "\u2013");
  }
  const std::string share = whole > 0 ? fixed_text(row.value / whole * 100, 1) : "\u2013";
  return text + fmt::format("<td data-h=\"{}\">{}\u00a0%</td><td class=\"p\">{}</td></tr>\n",
                            say("占比", "share"), share, row.picture);
}

std::string draw(const Arms& arms, const Estimate& one, bool many, const Tongue& say) {
  const kpi::Figure& heading = one.heading;
  const std::vector<Branch> branches = branches_of(arms, heading, say);
  if (branches.empty()) return {};
  const PairedValues total = whole_of(arms, heading);
  const double mean = *estimate_of(total.base, heading).mean;
  const int decimals = std::clamp(decimals_for(mean, 3) + 1, 1, 3);
  const Column shown =
      column(branches, decimals, [](const Part& part) { return part.mean(false); });
  const auto add = [&](const TreeRow& row) {
    return write(row, shown.whole, decimals, many, heading, say);
  };
  std::string rows =
      add({"whole", std::string(say("合计", "Whole")), shown.whole, &total.base, std::string{}});
  double at = 0;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    rows += add({"step", branches[i].step.name, shown.steps[i], &branches[i].step.values.base,
                 bar(at, shown.steps[i], shown.whole)});
    at += shown.steps[i];
    for (std::size_t k = 0; k < branches[i].causes.size(); ++k) {
      const Part& cause = branches[i].causes[k];
      if (shown.causes[i][k] == 0) continue;  // says nothing
      rows += add({"group", cause.name, shown.causes[i][k], &cause.values.base, std::string{}});
    }
  }
  return fmt::format(
      "<h3>{}{}</h3>\n<div class=\"wide\"><table class=\"tree\"><thead><tr><th class=\"l\">{}</th>"
      "<th>{}</th>{}<th>{}</th><th></th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      title_of(heading, say), unit_after_title(heading.unit, say),
      say("环节与原因", "Step and cause"), say("均值", "Mean"),
      many ? fmt::format("<th>{}</th>", say("95 % 区间", "95 % interval")) : "",
      say("占比", "Share"), rows);
}

}  // namespace

std::string tree_section(const Portrait& portrait, const Tongue& say) {
  const Arms arms = arms_of(portrait);
  const bool many = portrait.arm.replications > 1;
  std::string trees;
  std::size_t drawn = 0;
  for (const Estimate* one : indicators_of(portrait)) {
    if (drawn == most_trees) break;
    if (one->heading.kind != "span" || one->heading.statistic != "mean") continue;
    const std::string tree = draw(arms, *one, many, say);
    if (tree.empty()) continue;
    trees += tree;
    ++drawn;
  }
  if (trees.empty()) return {};
  return fmt::format("<section>\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n{}</section>\n",
                     say("时间用在哪里", "Where the time goes"), tree_note(say), trees);
}

}  // namespace portflow::analysis
