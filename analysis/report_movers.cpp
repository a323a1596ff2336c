// The ten entities that moved most, each with its why; and what it takes to make every figure
// again.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"
#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t shifts_shown = 4;

std::string shift_text(const MoverShift& shift, const Tongue& say) {
  return fmt::format("{}{} {}\u00a0\u2192\u00a0{}{} (<b>{}</b>)",
                     place_text(shift.step, shift.cause, say), say("，", ","),
                     fixed_text(hours_of(shift.base), 1), fixed_text(hours_of(shift.policy), 1),
                     unit_text("h", say), signed_text(hours_of(shift.difference()), 1));
}

/// The shifts that made the difference, greatest first, and what the rest comes to.
std::string why(const Mover& mover, const Tongue& say) {
  std::string text;
  Duration rest = mover.difference();
  for (std::size_t i = 0; i < std::min(shifts_shown, mover.shifts.size()); ++i) {
    text += fmt::format("<li>{}</li>", shift_text(mover.shifts[i], say));
    rest -= mover.shifts[i].difference();
  }
  if (mover.shifts.size() > shifts_shown) {
    text += fmt::format("<li>{} (<b>{}</b>)</li>",
                        fmt::format(fmt::runtime(say("其余 {} 处", "{} more places")),
                                    mover.shifts.size() - shifts_shown),
                        signed_text(hours_of(rest), 1));
  }
  return text;
}

std::string mover_row(const Mover& mover, const Tongue& say) {
  std::string text = fmt::format(
      "<tr class=\"whole\"><th scope=\"row\"><code>{}</code></th><td data-h=\"{}\">{}</td><td "
      "data-h=\"A\">{}</td><td data-h=\"B\">{}</td><td data-h=\"B \u2212 A\"><b>{}</b></td></tr>\n",
      escape(mover.name), say("重复", "replication"), mover.replication,
      fixed_text(hours_of(mover.base), 1), fixed_text(hours_of(mover.policy), 1),
      signed_text(hours_of(mover.difference()), 1));
  if (!mover.shifts.empty()) {
    text += fmt::format("<tr class=\"why\"><td class=\"l\" colspan=\"5\"><ul>{}</ul></td></tr>\n",
                        why(mover, say));
  }
  return text;
}

}  // namespace

std::string mover_section(const Comparison& comparison, const Tongue& say) {
  if (comparison.census.movers.empty()) return {};
  std::string rows;
  for (const Mover& mover : comparison.census.movers) rows += mover_row(mover, say);
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n<div class=\"wide\"><table "
      "class=\"movers\"><thead><tr><th "
      "class=\"l\">{}</th><th>{}</th><th>A</th><th>B</th><th>{}</th>"
      "</tr></thead>\n<tbody>\n{}</tbody></table></div>\n</section>\n",
      say("变化最大的十个", "The ten that moved most"),
      say("从产生到结束的总时间（小时）；同一票货物只列一箱。下面是该时间在哪些环节、因何原因由 A "
          "变到 B。",
          "Total time from creation to end, in hours; of the boxes of one lot only the first. "
          "Below "
          "each: at which steps, and for which reasons, that time went from A to B."),
      say("实体", "Entity"), say("重复", "Replication"), say("B \u2212 A", "B \u2212 A"), rows);
}

std::string repeat_section(const Comparison& comparison, const Tongue& say) {
  std::string rows;
  for (std::size_t run = 0; run < comparison.fingerprints.size(); ++run) {
    rows += fmt::format(
        "<tr><td class=\"l\">{}</td><td class=\"l\"><code>{}</code></td><td class=\"l\"><code>{}"
        "</code></td></tr>\n",
        run, to_hex(comparison.fingerprints[run].first),
        to_hex(comparison.fingerprints[run].second));
  }
  std::string text = fmt::format(
      "<section>\n<h2>{}</h2>\n<p>{}</p>\n", say("重现每一个数字", "To make every figure again"),
      fmt::format(
          fmt::runtime(
              say("portflow {}，种子 {}；指纹 A <code>{}</code>，B <code>{}</code>，与线程数无关。"
                  "指纹相同，本页各数即相同。",
                  "portflow {}, seed {}; fingerprints A <code>{}</code>, B <code>{}</code>, "
                  "whatever the number of threads. The same fingerprints give this very page.")),
          escape(comparison.engine), comparison.seed, to_hex(comparison.base_fingerprint),
          to_hex(comparison.policy_fingerprint)));
  if (!comparison.command.empty()) {
    text += fmt::format("<pre><code>{}</code></pre>\n", escape(comparison.command));
    text += fmt::format(
        "<p class=\"small\">{}</p>\n",
        say("同一命令加 <code>--json FILE</code> 给出指标表的数字；加 <code>--trace-a a.h5 "
            "--trace-b b.h5 "
            "--level full</code> 后，<code>portflow why a.h5 b.h5 --entity 名称</code> "
            "给出单个实体的来龙去脉，<code>portflow why a.h5 --kpi 指标</code> 给出一项指标的原因，"
            "<code>portflow-view a.h5 b.h5</code> 给出回放。",
            "With <code>--json FILE</code> it gives the numbers of the indicators; with "
            "<code>--trace-a "
            "a.h5 --trace-b b.h5 --level full</code>, <code>portflow why a.h5 b.h5 --entity "
            "NAME</code> tells of one entity of replication 0, <code>portflow why a.h5 --kpi "
            "NAME</code> of an indicator's causes, and <code>portflow-view a.h5 b.h5</code> "
            "replays "
            "both."));
  }
  if (rows.empty()) return text + "</section>\n";
  return text + fmt::format(
                    "<details><summary>{}</summary>\n<div class=\"wide\"><table><thead><tr><th "
                    "class=\"l\">{}</th><th class=\"l\">A</th><th class=\"l\">B</th></tr></thead>\n"
                    "<tbody>\n{}</tbody></table></div>\n</details>\n</section>\n",
                    say("每次重复的指纹", "Fingerprints of each replication"),
                    say("重复", "Replication"), rows);
}

}  // namespace portflow::analysis
