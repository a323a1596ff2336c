// Where the time of a KPI goes, step by step and cause by cause, and what each contributed to the
// change.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "analysis/apportion.hpp"
#include "analysis/paired_values.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t most_trees = 4;
constexpr std::size_t most_steps = 9;
constexpr double fine = 1e6;  ///< parts are apportioned in millionths of the unit

/// A part of the whole, in the KPI's unit, a value a replication and arm.
struct Part {
  std::string name;  ///< a step, or a cause, as HTML
  PairedValues values;
  double size{0};  ///< how much it matters: the greater of its change and a tenth of its share
  [[nodiscard]] double mean(bool policy) const {
    double sum = 0;
    const auto& arm = policy ? values.policy : values.base;
    for (const auto& value : arm) sum += *value;
    return sum / static_cast<double>(arm.size());
  }
  [[nodiscard]] double change() const { return mean(true) - mean(false); }
};

struct Branch {
  Part step;
  std::vector<Part> causes;
};

const TimeTree* find(const Anatomy& anatomy, const std::string& kpi) {
  const auto found = std::ranges::find(anatomy.trees, kpi, &TimeTree::kpi);
  return found == anatomy.trees.end() || found->count == 0 ? nullptr : &*found;
}

void add(Part& part, std::size_t run, bool policy, double value, std::size_t runs) {
  part.values.base.resize(runs, 0.0);
  part.values.policy.resize(runs, 0.0);
  auto& slot = (policy ? part.values.policy : part.values.base)[run];
  slot = *slot + value;
}

/// Steps of a KPI with their causes; empty where an arm of a replication measured nothing.
std::vector<Branch> branches_of(const Comparison& comparison, const Pair& pair, const Tongue& say) {
  const std::string& kpi = pair.base.heading.name;
  const double unit = milliseconds_of(pair.base.heading.unit);
  const std::size_t runs = comparison.anatomies.size();
  std::map<std::string, Branch> steps;
  std::map<std::pair<std::string, Cause>, Part> causes;
  Branch rest;
  rest.step.name = say("路径尚不可知（实体未结束）", "path not known (entity not at its end)");
  bool any_rest = false;
  for (std::size_t run = 0; run < runs; ++run) {
    for (const bool policy : {false, true}) {
      const PairedAnatomy& both = comparison.anatomies[run];
      const TimeTree* tree = find(policy ? both.policy : both.base, kpi);
      if (tree == nullptr) return {};
      const double per_entity = 1.0 / (unit * static_cast<double>(tree->count));
      for (const TimePart& part : tree->parts) {
        const double value = static_cast<double>(part.ms) * per_entity;
        add(steps[part.step].step, run, policy, value, runs);
        add(causes[{part.step, part.cause}], run, policy, value, runs);
      }
      add(rest.step, run, policy, static_cast<double>(tree->not_known) * per_entity, runs);
      any_rest = any_rest || tree->not_known != 0;
    }
  }
  std::vector<Branch> result;
  for (auto& [step, branch] : steps) {
    branch.step.name = step_text(step, say);
    for (auto& [key, part] : causes) {
      if (key.first != step) continue;
      part.name = cause_text(key.second, say);
      branch.causes.push_back(part);
    }
    result.push_back(std::move(branch));
  }
  if (any_rest) result.push_back(std::move(rest));
  for (Branch& branch : result) {
    branch.step.size = std::max(std::abs(branch.step.change()),
                                std::max(branch.step.mean(false), branch.step.mean(true)) / 10);
  }
  std::ranges::stable_sort(result, std::greater{},
                           [](const Branch& branch) { return branch.step.size; });
  return result;
}

/// What is beyond the most that are shown, as one branch.
void lump(std::vector<Branch>& branches, const Tongue& say) {
  if (branches.size() <= most_steps + 1) return;
  Branch rest;
  rest.step.name = fmt::format(fmt::runtime(say("其余 {} 个环节", "{} further steps")),
                               branches.size() - most_steps);
  const std::size_t runs = branches.front().step.values.base.size();
  for (std::size_t i = most_steps; i < branches.size(); ++i) {
    for (std::size_t run = 0; run < runs; ++run) {
      add(rest.step, run, false, *branches[i].step.values.base[run], runs);
      add(rest.step, run, true, *branches[i].step.values.policy[run], runs);
    }
  }
  branches.resize(most_steps);
  branches.push_back(std::move(rest));
}

/// One column of the tree, rounded so that steps add up to the whole and causes to their step.
struct Column {
  std::vector<double> steps;
  std::vector<std::vector<double>> causes;  ///< by step
  double whole{0};
};

template <class Value>
Column column(const std::vector<Branch>& branches, int decimals, const Value& value) {
  const double units = std::pow(10, decimals);
  const auto unit = static_cast<std::int64_t>(fine / units);
  const auto shown = [&](std::int64_t whole) { return static_cast<double>(whole) / units; };
  std::vector<std::int64_t> parts;
  for (const Branch& branch : branches) parts.push_back(std::llround(value(branch.step) * fine));
  const std::vector<std::int64_t> steps = apportioned(parts, unit);
  Column result;
  result.whole = shown(std::accumulate(steps.begin(), steps.end(), std::int64_t{0}));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    result.steps.push_back(shown(steps[i]));
    auto& causes = result.causes.emplace_back();
    if (branches[i].causes.empty()) continue;
    parts.clear();
    for (const Part& cause : branches[i].causes) parts.push_back(std::llround(value(cause) * fine));
    for (const std::int64_t cause : apportioned(parts, unit, steps[i])) {
      causes.push_back(shown(cause));
    }
  }
  return result;
}

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

std::string draw(const Comparison& comparison, const Pair& pair, const Tongue& say) {
  std::vector<Branch> branches = branches_of(comparison, pair, say);
  if (branches.empty()) return {};
  lump(branches, say);
  const kpi::Figure& heading = pair.base.heading;
  PairedValues whole;
  for (const PairedAnatomy& both : comparison.anatomies) {
    for (const bool policy : {false, true}) {
      const TimeTree* tree = find(policy ? both.policy : both.base, heading.name);
      (policy ? whole.policy : whole.base)
          .push_back(static_cast<double>(tree->total) / static_cast<double>(tree->count) /
                     milliseconds_of(heading.unit));
    }
  }
  const Pair total = pair_of(whole, heading);
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
      const std::string one = draw(comparison, pair, say);
      if (one.empty()) continue;
      trees += one;
      ++drawn;
    }
  }
  if (trees.empty()) return {};
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n{}</section>\n",
      say("时间用在哪里，变化从何而来", "Where the time goes, and where the change comes from"),
      say("每个实体的关键路径逐毫秒归于一个环节和一个原因，各部分之和恰为整体；"
          "小部分按最大余数法取整，使显示的数也相加无误。路径可以经过他人的环节（如箱等待其报关单放"
          "行）。",
          "Every millisecond of an entity's critical path belongs to one step and one cause, so "
          "the "
          "parts add up to the whole exactly; they are rounded so that what is shown adds up too. "
          "A "
          "path may lead through the steps of others (a box that waits for its lot's release)."),
      trees);
}

}  // namespace portflow::analysis
