#include "analysis/weakest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

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

namespace {

/// `P.S` of `procedures.P.steps.S...`; empty for anything else.
std::string step_of(std::string_view field) {
  constexpr std::string_view before = "procedures.", between = ".steps.";
  if (!field.starts_with(before)) return {};
  field.remove_prefix(before.size());
  const std::size_t middle = field.find(between);
  if (middle == std::string_view::npos) return {};
  const std::string_view step = field.substr(middle + between.size());
  return std::string(field.substr(0, middle)) + "." + std::string(step.substr(0, step.find('.')));
}

/// The KPI of whose mean each step takes the greatest share, and that share; over all replications.
std::map<std::string, std::pair<std::string, double>> shares_of_time(
    const std::vector<const Anatomy*>& anatomies) {
  std::map<std::string, std::map<std::string, std::int64_t>> by_kpi;
  std::map<std::string, std::int64_t> totals;
  for (const Anatomy* anatomy : anatomies) {
    for (const TimeTree& tree : anatomy->trees) {
      totals[tree.kpi] += tree.total;
      for (const TimePart& part : tree.parts) by_kpi[tree.kpi][part.step] += part.ms;
    }
  }
  std::map<std::string, std::pair<std::string, double>> result;
  for (const auto& [kpi, steps] : by_kpi) {
    for (const auto& [step, ms] : steps) {
      const double share = static_cast<double>(ms) / static_cast<double>(totals[kpi]);
      auto& best = result[step];
      if (share > best.second) best = {kpi, share};
    }
  }
  return result;
}

}  // namespace

std::vector<WeakNumber> weakest_by_time(const std::vector<WeakNumber>& numbers,
                                        const std::vector<const Anatomy*>& anatomies,
                                        std::size_t count) {
  auto shares = shares_of_time(anatomies);
  std::vector<WeakNumber> result;
  for (const WeakNumber& number : numbers) {
    const auto found = shares.find(step_of(number.field));
    if (found == shares.end() || found->second.second <= 0) continue;
    result.push_back(number);
    std::tie(result.back().kpi, result.back().share_of_time) = found->second;
    shares.erase(found);
  }
  std::ranges::stable_sort(result, std::greater{}, &WeakNumber::share_of_time);
  result.resize(std::min(count, result.size()));
  return result;
}

std::string weakest_section(const Comparison& comparison, const Tongue& say) {
  return weakest_section(comparison.weakest, say);
}

std::string weakest_section(const std::vector<WeakNumber>& weakest, const Tongue& say) {
  if (weakest.empty()) return {};
  const bool measured = weakest.front().share_of_time <= 0;
  std::string rows;
  for (const WeakNumber& one : weakest) {
    rows += fmt::format(
        "<tr><td class=\"l\"><code>{}</code></td><td class=\"l\"><code>{}</code></td><td "
        "class=\"l\">{}</td>"
        "<td class=\"l\"><code>{}</code></td><td>{}\u00a0%</td></tr>\n",
        escape(one.field), escape(one.value),
        one.confidence == "proxy" ? say("替代", "proxy") : say("假设", "assumption"),
        escape(one.kpi),
        measured ? signed_text(one.elasticity, 2) : fixed_text(one.share_of_time * 100, 1));
  }
  return fmt::format(
      "<section>\n<h2>{}</h2>\n<p class=\"sub\">{}</p>\n<div class=\"wide\"><table><thead><tr>"
      "<th class=\"l\">{}</th><th class=\"l\">{}</th><th class=\"l\">{}</th><th class=\"l\">{}</th>"
      "<th>{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n</section>\n",
      say("依据最弱而影响最大的数字", "The least supported numbers that matter most"),
      measured
          ? say("逐个变动、其余不变；应优先核实这些数字。",
                "Each moved by itself, all else the same. These are what to measure first.")
          : say("这些数字仅为假设或替代，其所在环节占用指标时间最多；影响大小未经敏感性分析"
                "（<code>portflow sensitivity --json</code>），仅供确定核实的先后。",
                "Assumed or borrowed numbers of the steps that take most of an indicator's time. "
                "How strongly it answers to them was not tried (<code>portflow sensitivity "
                "--json</code>); this is an order in which to look."),
      say("数字", "Number"), say("取值", "Is"), say("依据", "Evidence"),
      say("影响最大的指标", "Moves most"),
      measured ? say("该数变动 1 % 时", "By, for 1 % of it")
               : say("占该指标时间", "Step's share of its time"),
      rows);
}

}  // namespace portflow::analysis
