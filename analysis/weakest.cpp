#include "analysis/weakest.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "analysis/report_sections.hpp"

namespace portflow::analysis {

Result<std::vector<WeakNumber>> read_weakest(const std::string& path, std::size_t count) {
  errno = 0;
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return fail(Failure::input, std::strerror(errno), {path, 0, 0});
  const auto root = nlohmann::json::parse(stream, nullptr, false);
  const auto none = [&] {
    return fail(Failure::input, "was not written by `portflow sensitivity --json`", {path, 0, 0});
  };
  if (!root.is_object() || !root.contains("portflow_sensitivity")) return none();
  std::vector<WeakNumber> result;
  try {
    for (const auto& row : root.at("numbers")) {
      if (result.size() == count || row.contains("refused")) break;
      result.push_back({row.at("field"), row.at("value"), row.at("confidence"), row.at("strongest"),
                        row.at("elasticity").get<double>()});
    }
  } catch (const nlohmann::json::exception&) {
    return none();
  }
  return result;
}

std::string weakest_section(const Comparison& comparison, const Tongue& say) {
  if (comparison.weakest.empty()) return {};
  std::string rows;
  for (const WeakNumber& one : comparison.weakest) {
    rows += fmt::format(
        "<tr><td class=\"l\"><code>{}</code></td><td class=\"l\">{}</td><td class=\"l\">{}</td>"
        "<td class=\"l\"><code>{}</code></td><td>{} %</td></tr>\n",
        escape(one.field), escape(one.value),
        one.confidence == "proxy" ? say("替代", "proxy") : say("假设", "assumption"),
        escape(one.kpi), signed_text(one.elasticity, 2));
  }
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"sub\">{}</p>\n<div class=\"wide\"><table><thead><tr>"
      "<th class=\"l\">{}</th><th class=\"l\">{}</th><th class=\"l\">{}</th><th class=\"l\">{}</th>"
      "<th>{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n</section>\n",
      say("依据最弱而影响最大的数字", "The least supported numbers that matter most"),
      say("逐个变动、其余不变；应优先核实这些数字。",
          "Each moved by itself, all else the same. These are what to measure first."),
      say("数字", "Number"), say("取值", "Is"), say("依据", "Evidence"),
      say("影响最大的指标", "Moves most"), say("该数变动 1 % 时", "By, for 1 % of it"), rows);
}

}  // namespace portflow::analysis
