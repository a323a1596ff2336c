// What the pairs say, in plain sentences.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

/// How many KPIs that are neither groups nor automatic have a standing.
std::size_t count_of(const Comparison& comparison, Standing standing) {
  const auto counts = [&](const Pair& pair) {
    return !pair.base.heading.automatic && !is_group(comparison, pair) &&
           standing_of(pair) == standing;
  };
  return static_cast<std::size_t>(std::ranges::count_if(comparison.kpis, counts));
}

/// The first indicator of the scenario that is decided, as the beginning of the sentence.
std::string foremost(const Comparison& comparison, const Tongue& say) {
  for (const Pair& pair : comparison.kpis) {
    const Standing standing = standing_of(pair);
    const bool decided = standing == Standing::better || standing == Standing::worse;
    if (!decided || pair.base.heading.automatic || is_group(comparison, pair)) continue;
    const PairText text = text_of(pair, say);
    const std::string& unit = pair.base.heading.unit;
    return fmt::format(
        fmt::runtime(say("{}由 {} 变为 {}{}（{}{}{}）；", "{} goes from {} to {}{} ({}{}{}); ")),
        title_of(pair.base.heading, say), text.base, text.policy, unit_text(unit, say),
        text.difference, difference_unit_text(unit, say),
        text.interval.empty()
            ? ""
            : fmt::format(fmt::runtime(say("，95 % 区间 {}", ", 95 % interval {}")),
                          text.interval));
  }
  return {};
}

std::string lead(const Comparison& comparison, const Tongue& say) {
  const auto of = [&](Standing standing) { return count_of(comparison, standing); };
  const std::size_t better = of(Standing::better), worse = of(Standing::worse);
  std::size_t compared = 0;
  for (const Pair& pair : comparison.kpis) {
    const bool counts = !pair.base.heading.automatic && !is_group(comparison, pair);
    if (counts && standing_of(pair) != Standing::unobserved) ++compared;
  }
  std::string text;
  if (comparison.stopped) {
    text += say("运行被中断，以下结果不完整。",
                "The run was interrupted: what follows is incomplete. ");
  }
  if (identical(comparison)) {
    return text + fmt::format(fmt::runtime(say("{} 个实体中无一有差异。",
                                               "No difference in any of {} entities.")),
                              count_text(comparison.census.compared));
  }
  if (comparison.replications < 2) {
    return text + std::string(say("只有一次重复，无法判断任何差异是否偶然：请至少重复两次。",
                                  "One replication alone cannot tell effect from chance: "
                                  "run at least two."));
  }
  return text + foremost(comparison, say) +
         fmt::format(
             fmt::runtime(say("{} 项指标中，B 有 {} 项明显更好，{} 项明显更差；{} 项尚不能判断。",
                              "B is clearly better on {1} of {0} indicators, clearly "
                              "worse on {2}; {3} cannot be told yet.")),
             compared, better, worse, of(Standing::open));
}

std::string rest(const Comparison& comparison, const Tongue& say) {
  const auto of = [&](Standing standing) { return count_of(comparison, standing); };
  return fmt::format(
      fmt::runtime(
          say("另有 {} 项差异（如有）不超过 1 %，{} 项完全相同。{} 个实体中有 {} 个总时间不同。",
              "{} more differ by less than 1 %, if at all; {} are exactly the same. Of {} "
              "entities, {} differ in their total time.")),
      of(Standing::negligible), of(Standing::same), count_text(comparison.census.compared),
      count_text(comparison.census.different));
}

/// Differences beyond doubt that are too small to matter, in one line.
std::string slight(const Comparison& comparison, const Tongue& say) {
  std::string names;
  for (const Pair& pair : comparison.kpis) {
    if (pair.base.heading.automatic || is_group(comparison, pair)) continue;
    if (standing_of(pair) != Standing::slight) continue;
    if (!names.empty()) names += say("、", ", ");
    names += fmt::format("{} {} {}{}", *pair.difference < 0 ? "\u25bc" : "\u25b2",
                         title_of(pair.base.heading, say), text_of(pair, say).difference,
                         difference_unit_text(pair.base.heading.unit, say));
  }
  if (names.empty()) return {};
  return fmt::format("<li class=\"small\">{}{}</li>\n",
                     say("确有差异但小于 1 %：", "Real but under 1 %: "), names);
}

std::string groups_of(const Comparison& comparison, const Pair& whole, const Tongue& say) {
  std::string text;
  const std::string stem = whole.base.heading.name + ".";
  for (const Pair& pair : comparison.kpis) {
    const std::string& name = pair.base.heading.name;
    if (pair.base.heading.automatic || !name.starts_with(stem) || !pair.difference) continue;
    text += text.empty() ? say("。其中 ", ". By group: ") : say("；", "; ");
    text += fmt::format("{} {}{}", word_text(name.substr(stem.size()), say),
                        text_of(pair, say).difference,
                        difference_unit_text(pair.base.heading.unit, say));
    if (standing_of(pair) == Standing::open) text += say("（尚不能判断）", " (cannot tell)");
  }
  return text;
}

std::string decided(const Comparison& comparison, const Pair& pair, const Tongue& say) {
  const PairText text = text_of(pair, say);
  const std::string_view unit = pair.base.heading.unit;
  const bool ranged = pair.difference_range.has_value();
  std::string interval;
  if (!text.interval.empty()) {
    interval = fmt::format(fmt::runtime(ranged ? say("（各次重复 {}）", " (replications: {})")
                                               : say("（95 % 区间 {}）", " (95 % interval {})")),
                           text.interval);
  }
  return fmt::format(fmt::runtime(say("<li><b class=\"{}\">{}</b> <b>{}</b>：{}{}{}，由 {} 变为 "
                                      "{}{}{}</li>\n",
                                      "<li><b class=\"{}\">{}</b> <b>{}</b>: {}{}{}, from {} to "
                                      "{}{}{}</li>\n")),
                     class_of(standing_of(pair)), verdict_text(pair, say),
                     title_of(pair.base.heading, say), text.difference,
                     difference_unit_text(unit, say), interval, text.base, text.policy,
                     unit_text(unit, say), groups_of(comparison, pair, say));
}

std::string undecided(const Pair& pair, const Tongue& say) {
  const PairText text = text_of(pair, say);
  std::string line =
      fmt::format("<li><span class=\"open\">{}</span> <b>{}</b>: {}{}", verdict_text(pair, say),
                  title_of(pair.base.heading, say), text.difference,
                  difference_unit_text(pair.base.heading.unit, say));
  if (!text.interval.empty()) {
    const bool ranged = pair.difference_range.has_value();
    line +=
        fmt::format(fmt::runtime(say("（{} {}）", " ({} {})")),
                    ranged ? say("各次重复", "replications:") : say("95 % 区间", "95 % interval"),
                    text.interval);
  }
  if (pair.more_replications && *pair.more_replications > 0) {
    const char* english = *pair.more_replications == 1
                              ? "; about {} more replication would tell, if the differences stay "
                                "alike"
                              : "; about {} more replications would tell, if the differences stay "
                                "alike";
    line += fmt::format(fmt::runtime(say("；若差异保持如此，约再重复 {} 次可判断", english)),
                        count_text(*pair.more_replications));
  }
  return line + "</li>\n";
}

}  // namespace

bool identical(const Comparison& comparison) {
  const Census& census = comparison.census;
  const bool entities = census.different == 0 && census.only_base == 0 && census.only_policy == 0 &&
                        census.unfinished_base == census.unfinished_policy;
  return entities && std::ranges::all_of(comparison.kpis, [](const Pair& pair) {
           return pair.verdict == Verdict::same || !pair.difference;
         });
}

Standing standing_of(const Pair& pair) {
  if (!pair.difference) return Standing::unobserved;
  if (pair.verdict == Verdict::same) return Standing::same;
  const double margin = std::abs(pair.base.mean.value_or(0)) * negligible_share;
  const auto& interval = pair.difference_ci95;
  const bool within =
      interval && margin > 0 && interval->low >= -margin && interval->high <= margin;
  if (pair.verdict == Verdict::cannot_tell) return within ? Standing::negligible : Standing::open;
  if (within) return Standing::slight;
  if (pair.verdict == Verdict::better) return Standing::better;
  return pair.verdict == Verdict::worse ? Standing::worse : Standing::moved;
}

std::string_view class_of(Standing standing) {
  if (standing == Standing::better) return "better";
  return standing == Standing::worse ? "worse" : "open";
}

std::string verdict_text(const Pair& pair, const Tongue& say) {
  const std::string_view arrow = !pair.difference || *pair.difference == 0 ? "="
                                 : *pair.difference < 0                    ? "\u25bc"
                                                                           : "\u25b2";
  switch (standing_of(pair)) {
    case Standing::same:
      return std::string(say("= 完全相同", "= same"));
    case Standing::better:
      return fmt::format("{} {}", arrow, say("更好", "better"));
    case Standing::worse:
      return fmt::format("{} {}", arrow, say("更差", "worse"));
    case Standing::moved:
      return fmt::format("{} {}", arrow,
                         *pair.difference < 0 ? say("下降", "down") : say("上升", "up"));
    case Standing::slight:
      return fmt::format("{} {}", arrow,
                         pair.verdict == Verdict::better ? say("略好，&lt; 1 %", "better, &lt; 1 %")
                         : pair.verdict == Verdict::worse ? say("略差，&lt; 1 %", "worse, &lt; 1 %")
                                                          : say("&lt; 1 %", "&lt; 1 %"));
    case Standing::negligible:
      return std::string(say("\u2248 差异 &lt; 1 %", "\u2248 within 1 %"));
    case Standing::open:
      return std::string(say("? 不能判断", "? cannot tell"));
    default:
      return std::string(say("\u2013 未观测到", "\u2013 not observed"));
  }
}

bool is_group(const Comparison& comparison, const Pair& pair) {
  const std::string& name = pair.base.heading.name;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return false;
  const std::string_view whole = std::string_view(name).substr(0, dot);
  return std::ranges::any_of(comparison.kpis,
                             [&](const Pair& other) { return other.base.heading.name == whole; });
}

std::string verdict_section(const Comparison& comparison, const Tongue& say) {
  const bool good = count_of(comparison, Standing::better) > 0;
  const bool bad = count_of(comparison, Standing::worse) > 0;
  std::string text = fmt::format(
      "<section class=\"verdict {}\">\n<h2 class=\"small\">{}</h2>\n<p class=\"lead\">{}</p>\n",
      good == bad ? "open"
      : good      ? "better"
                  : "worse",
      say("结论", "Verdict"), lead(comparison, say));
  if (!identical(comparison)) {
    text += "<ul class=\"plain\">\n";
    std::string later;
    for (const Pair& pair : comparison.kpis) {
      if (pair.base.heading.automatic || is_group(comparison, pair)) continue;
      const Standing standing = standing_of(pair);
      const bool sure = standing == Standing::better || standing == Standing::worse ||
                        standing == Standing::moved;
      if (sure) text += decided(comparison, pair, say);
      if (standing == Standing::open) later += undecided(pair, say);
    }
    text += later + slight(comparison, say);
    text += "<li class=\"small\">";
    text += rest(comparison, say) + "</li>\n</ul>\n";
  }
  return text + "</section>\n";
}

}  // namespace portflow::analysis
