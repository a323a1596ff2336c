// Head, expectations, notes and definitions.
#include <fmt/format.h>

#include "analysis/expectation.hpp"
#include "analysis/report_sections.hpp"

namespace portflow::analysis {
namespace {

std::string arm(const Comparison& comparison, bool policy, const Tongue& say) {
  std::string text;
  for (const MeasureNote& note : comparison.measures) {
    if (!(policy ? note.in_policy : note.in_base)) continue;
    if (!text.empty()) text += say("；", "; ");
    text += fmt::format("<b>{}</b> {}", escape(note.id), escape(say(note.title)));
    if (note.institutional)
      text += say("（机制系假设：情景，非预测）", " (scenario, not forecast)");
  }
  return text.empty() ? std::string(say("不加措施的基准情景", "the scenario without measures"))
                      : text;
}

std::string_view promise_text(const std::string& promise, const Tongue& say) {
  if (promise == "down") return say("下降", "falls");
  if (promise == "up") return say("上升", "rises");
  if (promise == "not_down") return say("不下降", "does not fall");
  if (promise == "not_up") return say("不上升", "does not rise");
  return say("完全不变", "stays exactly as it is");
}

std::string outcome_text(const Expectation& one, const Tongue& say) {
  switch (one.outcome) {
    case Outcome::kept:
      return std::string(say("\u2713 符合", "\u2713 borne out"));
    case Outcome::broken:
      if (one.promise == "unchanged" && one.pair->entities_compared > 0) {
        return fmt::format(fmt::runtime(say("\u2717 {1} 个实体中有 {0} 个变化",
                                            "\u2717 {} of {} entities differ")),
                           count_text(one.pair->entities_different),
                           count_text(one.pair->entities_compared));
      }
      return std::string(say("\u2717 不符", "\u2717 not so"));
    case Outcome::open:
      if (standing_of(*one.pair) == Standing::negligible) {
        return std::string(
            say("\u2248 变化（如有）小于 1 %", "\u2248 by less than 1 %, if at all"));
      }
      return std::string(say("? 尚不能判断", "? cannot tell"));
    case Outcome::mixed:
      return fmt::format(fmt::runtime(say("无法归因：{} 也作用于此", "not separable from {}")),
                         escape(one.mixed_with));
    default:
      return std::string(say("\u2013 未观测到", "\u2013 not observed"));
  }
}

std::string found_text(const Expectation& one, const Tongue& say) {
  if (one.pair == nullptr || !one.pair->difference) return "\u2013";
  if (one.pair->verdict == Verdict::same) return std::string(say("完全相同", "exactly the same"));
  const PairText text = text_of(*one.pair, say);
  return fmt::format("{}{}", text.difference,
                     difference_unit_text(one.pair->base.heading.unit, say));
}

}  // namespace

std::string head_section(const Comparison& comparison, const Tongue& say) {
  const std::string& title = say(comparison.title);
  return fmt::format(
      "<header>\n<h1>{}</h1>\n<p class=\"sub\"><b>A</b> {} {}</p>\n<p class=\"sub\"><b>B</b> {} "
      "{}</p>\n<p class=\"sub\">{} {} {} · {} · {} {} · <code>{}</code></p>\n</header>\n",
      escape(title.empty() ? comparison.scenario : title), say("基准：", "base:"),
      arm(comparison, false, say), say("方案：", "policy:"), arm(comparison, true, say),
      date_text(comparison.cohort_from, say), say("至", "to"), date_text(comparison.to, say),
      fmt::format(fmt::runtime(say("{} 次配对重复", "{} paired replications")),
                  comparison.replications),
      say("种子", "seed"), comparison.seed, escape(comparison.scenario));
}

std::string expectation_section(const Comparison& comparison, const Tongue& say) {
  const auto expectations = expectations_of(comparison);
  if (expectations.empty()) return {};
  std::string rows;
  for (const Expectation& one : expectations) {
    rows += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"l\">{}</td><td class=\"l\">{}"
        "</td><td>{}</td><td class=\"l\">{}</td></tr>\n",
        escape(one.measure),
        one.pair == nullptr ? fmt::format("<code>{}</code>", escape(one.kpi))
                            : title_of(one.pair->base.heading, say),
        promise_text(one.promise, say), found_text(one, say), outcome_text(one, say));
  }
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<div class=\"wide\"><table><thead><tr><th class=\"l\">{}</th>"
      "<th class=\"l\">{}</th><th class=\"l\">{}</th><th>B \u2212 A</th><th class=\"l\">{}</th>"
      "</tr></thead>\n<tbody>\n{}</tbody></table></div>\n</section>\n",
      say("措施的预期", "What the measures were expected to do"), say("措施", "Measure"),
      say("指标", "Indicator"), say("预期", "Expected"), say("结果", "Found"), rows);
}

std::string note_section(const Comparison& comparison, const Tongue& say) {
  const spec::Evidence& evidence = comparison.evidence;
  const Census& census = comparison.census;
  std::string text = fmt::format("<section>\n<h2>{}</h2>\n<ul class=\"small\">\n",
                                 say("说明", "How to read this"));
  const auto note = [&](std::string_view line) { text += fmt::format("<li>{}</li>\n", line); };
  note(
      say("区间：每次重复给出一个差值 B \u2212 A，对这些差值的均值做 95 % 配对 t "
          "区间。样本量是重复次数，"
          "不是集装箱或旅客的数量。",
          "Intervals: each replication gives one difference B \u2212 A; the interval is the 95 % "
          "paired t interval of their mean. What counts is the number of replications, not of "
          "boxes or passengers."));
  note(say(
      "每个区间单独看有 5 % 的机会误判；指标很多时，二十项无差异的指标中平均有一项会显得有差异。",
      "Each interval by itself errs one time in twenty: of twenty indicators without any "
      "difference, one will on average look as if it had one."));
  note(say("公共随机数：两个方案遇到同样的船、箱、航班和旅客，同样的运气，因此逐实体配对。",
           "Common random numbers: both arms meet the same ships, boxes, flights and passengers "
           "with the same luck, so that each entity is compared with itself."));
  note(fmt::format(
      fmt::runtime(
          say("未完成：记录结束时尚未走完流程的实体，A 有 {} 个，B 有 {} 个（全部重复合计）。"
              "它们被计数和显示，不会被隐去。",
              "Unfinished: entities that had not ended when the record did, {} in A and "
              "{} in B over all replications. They are counted and shown, never "
              "hidden.")),
      count_text(census.unfinished_base), count_text(census.unfinished_policy)));
  if (!comparison.unpaired.empty()) {
    std::string names;
    for (const std::string& name : comparison.unpaired) {
      names += fmt::format("{}<code>{}</code>", names.empty() ? "" : ", ", escape(name));
    }
    note(fmt::format(fmt::runtime(say("只在一个方案中存在、因此未比较的指标：{}。",
                                      "Indicators of one arm only, which are not compared: {}.")),
                     names));
  }
  note(fmt::format(
      fmt::runtime(say("情景中的数字按可信度：有出处 {}，推算 {}，替代 {}，假设 {}，无依据 {}。",
                       "Numbers of the scenario by confidence: sourced {}, derived {}, proxy {}, "
                       "assumption {}, unsupported {}. The intervals say nothing about wrong "
                       "assumptions.")),
      evidence.sourced, evidence.derived, evidence.proxy, evidence.assumption,
      evidence.unsupported));
  return text + "</ul>\n</section>\n";
}

std::string definition_section(const Comparison& comparison, const Tongue& say) {
  std::vector<const kpi::Figure*> headings;
  for (const Pair& pair : comparison.kpis) {
    const kpi::Figure& heading = pair.base.heading;
    if (!heading.automatic && !is_group(comparison, pair)) headings.push_back(&heading);
  }
  return definitions_of(headings, say);
}

std::string definitions_of(const std::vector<const kpi::Figure*>& headings, const Tongue& say) {
  std::string terms;
  for (const kpi::Figure* heading : headings) {
    if (heading->definition.zh.empty() && heading->definition.en.empty()) continue;
    terms +=
        fmt::format("<dt>{} <code>{}</code></dt>", title_of(*heading, say), escape(heading->name));
    for (const std::string* text : {&heading->definition.zh, &heading->definition.en}) {
      const bool zh = text == &heading->definition.zh;
      if (text->empty()) continue;
      terms += fmt::format("<dd lang=\"{}\">{}</dd>\n", zh ? "zh-CN" : "en", escape(*text));
    }
  }
  if (terms.empty()) return {};
  return fmt::format("<details class=\"card\"><summary>{}</summary>\n<dl>\n{}</dl>\n</details>\n",
                     say("指标定义", "Definitions of the indicators"), terms);
}

}  // namespace portflow::analysis
