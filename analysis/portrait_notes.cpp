// How to read the page of one arm, its terms, and what it takes to make every figure again.
#include <fmt/format.h>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"
#include "core/fingerprint.hpp"

namespace portflow::analysis {

std::string weakest_section(const Portrait& portrait, const Tongue& say) {
  return weakest_section(portrait.weakest, say);
}

std::string definition_section(const Portrait& portrait, const Tongue& say) {
  std::vector<const kpi::Figure*> headings;
  for (const Estimate* one : indicators_of(portrait)) headings.push_back(&one->heading);
  return definitions_of(headings, say);
}

std::string note_section(const Portrait& portrait, const Tongue& say) {
  std::string text = fmt::format("<section>\n<h2>{}</h2>\n<ul class=\"small\">\n",
                                 say("说明", "How to read this"));
  const auto note = [&](std::string_view line) { text += fmt::format("<li>{}</li>\n", line); };
  std::uint64_t entities = 0, unfinished = 0;
  for (const Insight& insight : portrait.arm.insights) {
    entities += insight.entities;
    unfinished += insight.unfinished;
  }
  if (portrait.arm.replications > 1) {
    note(
        say("区间：每次重复给出一个数值，区间为其均值的 95 % t 区间。样本量是重复次数，"
            "不是集装箱或旅客的数量。",
            "Intervals: each replication gives one value; the interval is the 95 % t interval of "
            "their mean. What counts is the number of replications, not of boxes or passengers."));
    note(say("目标达到：整个区间都在目标之内。未达到：整个区间都在目标之外。否则尚不能判断。",
             "A target is met where the whole interval lies within it, missed where the whole "
             "interval lies beyond it; else it cannot be told yet."));
  } else {
    note(say("单次运行的数值受这一次运气的影响，达到或未达到目标只就这一次而言。",
             "The values of a single run depend on its luck: that a target is met or missed is "
             "said of this run alone."));
  }
  note(fmt::format(
      fmt::runtime(say("未完成：{} 个实体中有 {} 个在记录结束时尚未走完流程。它们被计数和显示。",
                       "Unfinished: of {} entities, {} had not ended when the record did. They are "
                       "counted and shown.")),
      count_text(entities), count_text(unfinished)));
  if (!has_anatomies(portrait)) {
    note(say(
        "时间用在哪里、承诺与放行时间研究需要关键路径：请以 <code>--level full</code> "
        "写记录，或用 <code>portflow run --report</code>。",
        "Where the time goes, promises and the time release study need critical paths: write "
        "the trace with <code>--level full</code>, or use <code>portflow run --report</code>."));
  }
  if (const auto& evidence = portrait.evidence) {
    note(fmt::format(
        fmt::runtime(say("情景中的数字按可信度：有出处 {}，推算 {}，替代 {}，假设 {}，无依据 {}。",
                         "Numbers of the scenario by confidence: sourced {}, derived {}, proxy {}, "
                         "assumption {}, unsupported {}. No interval says anything about wrong "
                         "assumptions.")),
        evidence->sourced, evidence->derived, evidence->proxy, evidence->assumption,
        evidence->unsupported));
  } else {
    note(say("记录中没有数字的依据；加 <code>--scenario FILE</code> 即可列出。",
             "The evidence for the scenario's numbers is not in traces: <code>--scenario "
             "FILE</code> adds it."));
  }
  return text + "</ul>\n</section>\n";
}

std::string repeat_section(const Portrait& portrait, const Tongue& say) {
  const Experiment& arm = portrait.arm;
  std::string text = fmt::format(
      "<section>\n<h2>{}</h2>\n<p>{}</p>\n", say("重现每一个数字", "To make every figure again"),
      fmt::format(
          fmt::runtime(say("portflow {}，种子 {}；指纹 <code>{}</code>，与线程数无关。"
                           "指纹相同，本页各数即相同。",
                           "portflow {}, seed {}; fingerprint <code>{}</code>, whatever the number "
                           "of threads. The same fingerprint gives this very page.")),
          escape(arm.engine), arm.seed, to_hex(arm.fingerprint)));
  if (!portrait.command.empty()) {
    text += fmt::format("<pre><code>{}</code></pre>\n", escape(portrait.command));
  }
  if (arm.fingerprints.size() > 1) {
    std::string rows;
    for (std::size_t run = 0; run < arm.fingerprints.size(); ++run) {
      rows += fmt::format("<tr><td class=\"l\">{}</td><td class=\"l\"><code>{}</code></td></tr>\n",
                          run, to_hex(arm.fingerprints[run]));
    }
    text += fmt::format(
        "<details><summary>{}</summary>\n<div class=\"wide\"><table><thead><tr><th "
        "class=\"l\">{}</th><th class=\"l\">{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>"
        "\n</details>\n",
        say("每次重复的指纹", "Fingerprints of each replication"), say("重复", "Replication"),
        say("指纹", "Fingerprint"), rows);
  }
  return text + "</section>\n";
}

}  // namespace portflow::analysis
