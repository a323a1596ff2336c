// The ten entities that took longest, each with its why.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t places_shown = 4;

std::string part_text(const TimePart& part, const Tongue& say) {
  return fmt::format("{}{} <b>{}</b>{}", place_text(part.step, part.cause, say), say("，", ","),
                     fixed_text(hours_of(Duration{part.ms}), 1), unit_text("h", say));
}

std::string why(const LongLife& life, const Tongue& say) {
  std::string text;
  Duration rest = life.total;
  for (std::size_t i = 0; i < std::min(places_shown, life.places.size()); ++i) {
    text += fmt::format("<li>{}</li>", part_text(life.places[i], say));
    rest -= Duration{life.places[i].ms};
  }
  if (life.places.size() > places_shown) {
    text += fmt::format("<li>{} <b>{}</b>{}</li>",
                        fmt::format(fmt::runtime(say("其余 {} 处，", "{} more places,")),
                                    life.places.size() - places_shown),
                        fixed_text(hours_of(rest), 1), unit_text("h", say));
  }
  return text;
}

}  // namespace

std::string longest_section(const Portrait& portrait, const Tongue& say) {
  const std::vector<LongLife> longest = longest_of(portrait);
  if (longest.empty()) return {};
  std::string rows;
  for (const LongLife& life : longest) {
    rows += fmt::format(
        "<tr class=\"whole\"><th scope=\"row\"><code>{}</code></th><td data-h=\"{}\">{}</td><td "
        "data-h=\"{}\"><b>{}</b></td></tr>\n",
        escape(life.name), say("重复", "replication"), life.replication, say("小时", "hours"),
        fixed_text(hours_of(life.total), 1));
    if (life.places.empty()) continue;
    rows += fmt::format("<tr class=\"why\"><td class=\"l\" colspan=\"3\"><ul>{}</ul></td></tr>\n",
                        why(life, say));
  }
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"small\">{}</p>\n<div class=\"wide\"><table "
      "class=\"movers\"><thead><tr><th class=\"l\">{}</th><th>{}</th><th>{}</th></tr></thead>\n"
      "<tbody>\n{}</tbody></table></div>\n</section>\n",
      say("用时最长的十个", "The ten that took longest"),
      say("从产生到结束的总时间（小时），只计已完成的；同一票货物只列一箱。下面是时间用在哪些环节、"
          "因何原因。",
          "Total time from creation to end, in hours, of those who are done; of the boxes of one "
          "lot only the first. Below each: at which steps, and for which reasons, the time went."),
      say("实体", "Entity"), say("重复", "Replication"), say("小时", "Hours"), rows);
}

}  // namespace portflow::analysis
