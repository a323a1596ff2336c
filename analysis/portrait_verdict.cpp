// Who the arm is, and what it shows against its own targets.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"

namespace portflow::analysis {
namespace {

std::size_t count_of(const std::vector<const Estimate*>& all, Aim aim) {
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [aim](const Estimate* one) { return aim_of(*one) == aim; }));
}

const Estimate* first_of(const std::vector<const Estimate*>& all, Aim aim) {
  const auto found =
      std::ranges::find_if(all, [aim](const Estimate* one) { return aim_of(*one) == aim; });
  return found == all.end() ? nullptr : *found;
}

/// `52.31 h (95 % interval 51.9 to 52.7)`.
std::string value_text(const Estimate& one, const Tongue& say) {
  const EstimateText text = text_of(one, say);
  std::string result = text.value + unit_text(one.heading.unit, say);
  if (text.interval.empty()) return result;
  const std::string_view what = one.bounded ? say("95 % 界限", "95 % bound")
                                : one.ci95  ? say("95 % 区间", "95 % interval")
                                            : say("各次重复", "replications:");
  return result + fmt::format(fmt::runtime(say("（{} {}）", " ({} {})")), what, text.interval);
}

std::string clause(const Estimate& one, const Tongue& say) {
  return fmt::format(fmt::runtime(say("{}为 {}，目标{}", "{} is {}, and shall be {}")),
                     title_of(one.heading, say), value_text(one, say),
                     target_text(one.heading, say));
}

std::string lead(const Portrait& portrait, const Tongue& say) {
  const auto all = indicators_of(portrait);
  const std::size_t met = count_of(all, Aim::met), missed = count_of(all, Aim::missed),
                    open = count_of(all, Aim::open);
  const bool single = portrait.arm.replications < 2;
  std::string text;
  if (portrait.arm.stopped) {
    text += say("运行被中断，以下结果不完整。",
                "The run was interrupted: what follows is incomplete. ");
  }
  if (met + missed + open == 0) {
    text += say("该情景没有设定目标。", "The scenario sets no targets. ");
    for (const Estimate* one : all) {
      if (!one->mean) continue;
      return text + fmt::format(fmt::runtime(say("{}为 {}。", "{} is {}.")),
                                title_of(one->heading, say), value_text(*one, say));
    }
    return text;
  }
  text += fmt::format(fmt::runtime(say("{0}{1} 项目标中达到 {2} 项，未达到 {3} 项",
                                       "{0}{2} of {1} targets are met and {3} missed")),
                      single ? say("这一次运行中，", "In this one run ") : "", met + missed + open,
                      met, missed);
  if (open > 0) {
    text += fmt::format(fmt::runtime(say("，{} 项尚不能判断", "; {} cannot be told yet")), open);
  }
  if (const Estimate* worst = first_of(all, Aim::missed)) {
    text += fmt::format("{}{}", say("；", ": "), clause(*worst, say));
  }
  return text + std::string(say("。", "."));
}

std::string line(const Estimate& one, const Tongue& say) {
  const Aim aim = aim_of(one);
  const std::string_view word = aim == Aim::met      ? say("\u2713 达到", "\u2713 met")
                                : aim == Aim::missed ? say("\u2717 未达到", "\u2717 missed")
                                                     : say("? 不能判断", "? cannot tell");
  std::string text =
      fmt::format(fmt::runtime(say("<li><b class=\"{}\">{}</b> <b>{}</b>：{}，目标{}",
                                   "<li><b class=\"{}\">{}</b> <b>{}</b>: {}, target {}")),
                  class_of(aim), word, title_of(one.heading, say), value_text(one, say),
                  target_text(one.heading, say));
  if (one.unfinished > 0) {
    text +=
        fmt::format(fmt::runtime(say("（另有 {} 个未完成）", " ({} more are not at their end)")),
                    count_text(one.unfinished));
  }
  return text + "</li>\n";
}

std::string measures_text(const Portrait& portrait, const Tongue& say) {
  std::string text;
  for (const MeasureNote& note : portrait.measures) {
    if (!text.empty()) text += say("；", "; ");
    text += fmt::format("<b>{}</b> {}", escape(note.id), escape(say(note.title)));
    if (note.institutional)
      text += say("（机制系假设：情景，非预测）", " (scenario, not forecast)");
  }
  return text.empty() ? std::string(say("不加措施的情景", "the scenario without measures")) : text;
}

}  // namespace

std::vector<const Estimate*> indicators_of(const Portrait& portrait) {
  std::vector<const Estimate*> result;
  const auto& kpis = portrait.arm.kpis;
  for (const Estimate& one : kpis) {
    if (one.heading.automatic) continue;
    const std::size_t dot = one.heading.name.rfind('.');
    const std::string_view whole = std::string_view(one.heading.name).substr(0, dot);
    const bool group =
        dot != std::string::npos && std::ranges::any_of(kpis, [&](const Estimate& other) {
          return other.heading.name == whole;
        });
    if (!group) result.push_back(&one);
  }
  return result;
}

std::vector<const Estimate*> groups_of(const Portrait& portrait, const Estimate& whole) {
  std::vector<const Estimate*> result;
  const std::string stem = whole.heading.name + ".";
  for (const Estimate& one : portrait.arm.kpis) {
    if (one.heading.name.starts_with(stem)) result.push_back(&one);
  }
  return result;
}

std::string target_text(const kpi::Figure& heading, const Tongue& say) {
  if (!heading.target) return {};
  const std::string_view bound = heading.better == kpi::Better::lower ? say("不超过 ", "at most ")
                                 : heading.better == kpi::Better::higher
                                     ? say("不低于 ", "at least ")
                                     : std::string_view{};
  return fmt::format("{}{}{}", bound, fixed_text(*heading.target, decimals_for(*heading.target, 3)),
                     unit_text(heading.unit, say));
}

std::string_view class_of(Aim aim) {
  if (aim == Aim::met) return "better";
  return aim == Aim::missed ? "worse" : "open";
}

std::string head_section(const Portrait& portrait, const Tongue& say) {
  const Experiment& arm = portrait.arm;
  const std::string& title = say(arm.title);
  std::string runs;
  if (arm.replications == 1) {
    runs = say("单次运行：各数没有区间，换一次运气会不同",
               "a single run: no figure has an interval, and other luck gives other figures");
  } else {
    runs = fmt::format(fmt::runtime(say("{} 次重复", "{} replications")), arm.replications);
  }
  std::string dates;
  if (!arm.insights.empty()) {
    const Insight& first = arm.insights.front();
    dates = fmt::format("{} {} {} · ", date_text(first.cohort_from, say), say("至", "to"),
                        date_text(first.to, say));
  }
  return fmt::format(
      "<header>\n<h1>{}</h1>\n<p class=\"sub\">{}</p>\n<p class=\"sub\">{}{} · {} {} · "
      "<code>{}</code></p>\n</header>\n",
      escape(title.empty() ? arm.scenario : title), measures_text(portrait, say), dates, runs,
      say("种子", "seed"), arm.seed, escape(arm.scenario));
}

std::string verdict_section(const Portrait& portrait, const Tongue& say) {
  const auto all = indicators_of(portrait);
  const bool missed = count_of(all, Aim::missed) > 0, open = count_of(all, Aim::open) > 0,
             met = count_of(all, Aim::met) > 0;
  std::string text = fmt::format(
      "<section class=\"verdict {}\">\n<h2 class=\"small\">{}</h2>\n<p class=\"lead\">{}</p>\n",
      missed         ? "worse"
      : met && !open ? "better"
                     : "open",
      say("结论", "Verdict"), lead(portrait, say));
  std::string lines;
  for (const Aim aim : {Aim::missed, Aim::open, Aim::met}) {
    for (const Estimate* one : all) {
      if (aim_of(*one) == aim) lines += line(*one, say);
    }
  }
  if (!lines.empty()) text += "<ul class=\"plain\">\n" + lines + "</ul>\n";
  return text + "</section>\n";
}

}  // namespace portflow::analysis
