// A promise as a promise: for how many it was kept, the worst case, and when it broke.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_arms.hpp"
#include "analysis/report_sections.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t episodes_shown = 6;

/// Hours in a row in which the promise broke.
struct Episode {
  bool policy{false};
  std::size_t replication{0};
  SimTime from{}, to{};
  std::uint64_t count{0};
  Duration worst{};
};

/// Of one arm over all replications.
struct Kept {
  std::uint64_t count{0}, over{0};
  Duration worst{};
  std::size_t broken_runs{0};
  std::vector<std::optional<double>> hours;  ///< broken ones, by replication
  std::vector<Episode> episodes;
};

const Promise* find(const Anatomy& anatomy, const std::string& kpi) {
  const auto found = std::ranges::find(anatomy.promises, kpi, &Promise::kpi);
  return found == anatomy.promises.end() ? nullptr : &*found;
}

void add_episodes(Kept& kept, const Promise& promise, std::size_t replication, bool policy) {
  constexpr std::chrono::hours hour{1};
  for (const BrokenHour& one : promise.broken) {
    auto& all = kept.episodes;
    const bool goes_on =
        !all.empty() && all.back().replication == replication && all.back().to == one.at;
    if (!goes_on) all.push_back({policy, replication, one.at, one.at, 0, {}});
    all.back().to = one.at + hour;
    all.back().count += one.count;
    all.back().worst = std::max(all.back().worst, one.worst);
  }
}

Kept kept_of(const Arms& arms, const std::string& kpi, bool policy) {
  Kept kept;
  const auto& anatomies = policy ? arms.policy : arms.base;
  for (std::size_t run = 0; run < anatomies.size(); ++run) {
    const Promise* promise = find(*anatomies[run], kpi);
    if (promise == nullptr) continue;
    kept.count += promise->count;
    kept.over += promise->over;
    kept.worst = std::max(kept.worst, promise->worst);
    kept.broken_runs += promise->over > 0 ? 1 : 0;
    kept.hours.emplace_back(static_cast<double>(promise->broken.size()));
    add_episodes(kept, *promise, run, policy);
  }
  return kept;
}

std::string minutes(Duration span, const Tongue& say) {
  const double value = static_cast<double>(span.count()) / 60'000.0;
  if (value < 180) return fixed_text(value, value < 10 ? 1 : 0) + unit_text("min", say);
  return fixed_text(value / 60, 1) + unit_text("h", say);
}

std::string arm_row(std::string_view arm, const Kept& kept, std::size_t runs, const Tongue& say) {
  double hours = 0;
  for (const auto& one : kept.hours) hours += *one;
  const double within = kept.count == 0 ? 0
                                        : 100 - 100 * static_cast<double>(kept.over) /
                                                    static_cast<double>(kept.count);
  // Never rounded up to a promise that was not kept.
  const double shown = kept.over == 0 ? 100 : std::floor(within * 1000) / 1000;
  return fmt::format(
      "<tr><th scope=\"row\">{}</th><td data-h=\"{}\"><b>{}\u00a0%</b></td><td data-h=\"{}\">{} / "
      "{}"
      "</td><td data-h=\"{}\">{}</td><td data-h=\"{}\">{} / {}</td><td "
      "data-h=\"{}\">{}</td></tr>\n",
      arm, say("守时", "within"), fixed_text(shown, kept.over == 0 ? 0 : 3), say("超时", "over"),
      count_text(kept.over), count_text(kept.count), say("最长", "worst"), minutes(kept.worst, say),
      say("失守的重复", "runs broken"), kept.broken_runs, runs, say("失守小时/次", "hours a run"),
      fixed_text(runs == 0 ? 0 : hours / static_cast<double>(runs), 1));
}

std::string when(const Episode& episode, const Tongue& say) {
  const auto clock = [](SimTime at) {
    const auto hour = std::chrono::floor<std::chrono::hours>(time_of_day(at)).count();
    return fmt::format("{:02}:00", hour);
  };
  const SimTime last = episode.to - std::chrono::hours{1};
  const bool one_day = date_of(episode.from) == date_of(last);
  const std::string end = time_of_day(episode.to) == Duration::zero() ? "24:00" : clock(episode.to);
  if (one_day)
    return fmt::format("{} {}\u2013{}", date_text(episode.from, say), clock(episode.from), end);
  return fmt::format("{} {} \u2013 {} {}", date_text(episode.from, say), clock(episode.from),
                     date_text(last, say), end);
}

/// \param arms  one, or two
std::string episode_table(const std::vector<Kept>& arms, const Tongue& say) {
  const bool paired = arms.size() > 1;
  std::string rows;
  std::size_t left_out = 0;
  for (const Kept& kept : arms) {
    std::vector<Episode> worst = kept.episodes;
    std::ranges::stable_sort(worst, std::greater{}, &Episode::worst);
    for (std::size_t i = 0; i < worst.size(); ++i) {
      if (i >= episodes_shown) {
        left_out += worst.size() - episodes_shown;
        break;
      }
      const Episode& one = worst[i];
      rows += fmt::format("<tr>{}<td>{}</td><td class=\"l\">{}</td><td>{}</td><td>{}</td></tr>\n",
                          !paired      ? ""
                          : one.policy ? "<td class=\"l\">B</td>"
                                       : "<td class=\"l\">A</td>",
                          one.replication, when(one, say), count_text(one.count),
                          minutes(one.worst, say));
    }
  }
  if (rows.empty()) return {};
  std::string text = fmt::format(
      "<h4>{}</h4>\n<div class=\"wide\"><table><thead><tr>{}<th>{}</th><th "
      "class=\"l\">{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      paired ? say("何时失守（每方案最严重的几段）", "When it broke (the worst of each arm)")
             : say("何时失守（最严重的几段）", "When it broke (the worst)"),
      paired ? fmt::format("<th class=\"l\">{}</th>", say("方案", "Arm")) : "",
      say("重复", "Replication"), say("日期与时段", "Date and hours"),
      say("超时", "Over the limit"), say("最长", "Longest"), rows);
  if (left_out > 0) {
    text +=
        fmt::format(fmt::runtime(say("<p class=\"small\">另有 {} 段较轻的失守未列出。</p>\n",
                                     "<p class=\"small\">{} lesser ones are not listed.</p>\n")),
                    count_text(left_out));
  }
  return text;
}

/// Days across, hours down, darker for more people over the limit; replication 0.
std::string calendar(const Arms& arms, const Promise& promise, std::uint32_t most, SimTime last) {
  const SimTime first = std::chrono::floor<std::chrono::days>(arms.cohort_from);
  const auto days = std::chrono::ceil<std::chrono::days>(last - first).count();
  const auto count = static_cast<double>(std::clamp<std::int64_t>(days, 1, 400));
  constexpr double wide = 420, left = 26, high = 106, top = 4, cell_high = 4;
  const double cell = std::min(22.0, (wide - left) / count);
  std::string svg = fmt::format(
      "<svg class=\"curve\" viewBox=\"0 0 {} {}\" role=\"img\"><rect class=\"band\" x=\"{}\" "
      "y=\"{}\" width=\"{:.1f}\" height=\"{}\"/>",
      wide, high, left, top, cell * count, 24 * cell_high);
  for (const int hour : {0, 12, 24}) {
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 4,
                       top + hour * cell_high + 4, hour);
  }
  for (const BrokenHour& one : promise.broken) {
    const auto day = std::chrono::floor<std::chrono::days>(one.at - first).count();
    const auto hour = std::chrono::floor<std::chrono::hours>(time_of_day(one.at)).count();
    if (day < 0 || static_cast<double>(day) >= count) continue;
    const double share = std::sqrt(static_cast<double>(one.count) / std::max(1u, most));
    svg += fmt::format(
        "<rect class=\"broke\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" "
        "opacity=\"{:.2f}\"/>",
        left + static_cast<double>(day) * cell, top + static_cast<double>(hour) * cell_high,
        std::max(1.0, cell - 0.5), cell_high, 0.35 + 0.65 * share);
  }
  return svg + "</svg>";
}

std::string calendars(const Arms& arms, const std::string& kpi, const Tongue& say) {
  std::vector<const Promise*> drawn;
  std::uint32_t most = 1;
  SimTime last = arms.to;  // of those created until then, some wait for longer
  bool any = false;
  for (const auto* anatomies : {&arms.base, &arms.policy}) {
    if (anatomies->empty()) continue;
    const Promise* one = find(*anatomies->front(), kpi);
    if (one == nullptr) return {};
    drawn.push_back(one);
    for (const BrokenHour& hour : one->broken) {
      any = true;
      most = std::max(most, hour.count);
      last = std::max(last, hour.at + std::chrono::hours{1});
    }
  }
  if (!any) return {};
  std::string text = fmt::format(
      "<p class=\"small\">{}</p>\n<div class=\"curves\">",
      say("第 0 次重复：横向为日，纵向为一天的 24 小时；颜色越深，该小时超时的人（票）越多。",
          "Replication 0: days across, the 24 hours of the day down; the darker, the more passed "
          "the limit in that hour."));
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const std::string_view head = !arms.paired() ? "" : i == 0 ? "<h4>A</h4>" : "<h4>B</h4>";
    text += fmt::format("<div>{}{}</div>", head, calendar(arms, *drawn[i], most, last));
  }
  return text + "</div>\n";
}

/// How the share over the limit changed between two arms.
std::string change_of(const Pair& pair, const Tongue& say) {
  if (!pair.difference) return {};
  const PairText text = text_of(pair, say);
  std::string interval;
  if (!text.interval.empty()) {
    interval =
        fmt::format(fmt::runtime(say("（95 % 区间 {}）", " (95 % interval {})")), text.interval);
  }
  return fmt::format(
      fmt::runtime(say("<p>超时比例的变化 B \u2212 A：<b>{}{}</b>{}。</p>\n",
                       "<p>Change of the share over the limit, B \u2212 A: <b>{}{}</b>{}.</p>\n")),
      text.difference, difference_unit_text(pair.base.heading.unit, say), interval);
}

std::string one_promise(const Arms& arms, const kpi::Figure& heading, const Promise& promise,
                        const std::string& change, const Tongue& say) {
  std::vector<Kept> kept{kept_of(arms, heading.name, false)};
  if (arms.paired()) kept.push_back(kept_of(arms, heading.name, true));
  std::string rows;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const std::string_view arm = !arms.paired() ? say("全部", "All") : i == 0 ? "A" : "B";
    rows += arm_row(arm, kept[i], arms.runs(), say);
  }
  return fmt::format(
      "<h3>{}</h3>\n<p class=\"small\">{} {}</p>\n<div class=\"wide\"><table "
      "class=\"promise\"><thead>"
      "<tr><th "
      "class=\"l\"></th><th>{}</th><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead>"
      "\n<tbody>\n{}</tbody></table></div>\n{}{}{}",
      title_of(heading, say), say("承诺的上限：", "The limit promised:"),
      minutes(promise.limit, say), say("守时比例", "Within the limit"),
      say("超时 / 全部", "Over / all"), say("最长", "Worst case"),
      say("有失守的重复", "Replications in which it broke"),
      say("每次重复失守的小时数", "Broken hours a replication"), rows, change,
      calendars(arms, heading.name, say), episode_table(kept, say));
}

std::string section_of(std::string promises, const Tongue& say) {
  if (promises.empty()) {
    promises =
        fmt::format("<p>{}</p>\n",
                    say("该情景没有这样的承诺（没有带目标的“超过某时限的比例”指标）。",
                        "The scenario makes none: it has no indicator of the kind \u201cshare over "
                        "a limit\u201d with a target."));
  }
  return fmt::format("<section>\n<h2>{}</h2>\n{}</section>\n",
                     say("承诺是否守住", "Promises, and when they broke"), promises);
}

}  // namespace

std::string promise_section(const Comparison& comparison, const Tongue& say) {
  const Arms arms = arms_of(comparison);
  if (arms.runs() == 0) return {};
  std::string promises;
  for (const Promise& promise : arms.base.front()->promises) {
    const auto pair = std::ranges::find_if(
        comparison.kpis, [&](const Pair& one) { return one.base.heading.name == promise.kpi; });
    if (pair == comparison.kpis.end()) continue;
    promises += one_promise(arms, pair->base.heading, promise, change_of(*pair, say), say);
  }
  return section_of(std::move(promises), say);
}

std::string promise_section(const Portrait& portrait, const Tongue& say) {
  const Arms arms = arms_of(portrait);
  if (arms.runs() == 0) return {};
  std::string promises;
  for (const Promise& promise : arms.base.front()->promises) {
    const auto one = std::ranges::find_if(portrait.arm.kpis, [&](const Estimate& estimate) {
      return estimate.heading.name == promise.kpi;
    });
    if (one == portrait.arm.kpis.end()) continue;
    promises += one_promise(arms, one->heading, promise, {}, say);
  }
  return section_of(std::move(promises), say);
}

}  // namespace portflow::analysis
