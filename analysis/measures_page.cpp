#include "analysis/measures_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

/// Four significant digits, whole numbers with separators; `-` for what was not observed.
std::string figure_text(const std::optional<double>& value, bool sign = false) {
  if (!value) return "-";
  const double number = *value == 0 ? 0 : *value;  // no -0
  if (std::abs(number) >= 10'000) {
    std::string text = fmt::format("{:.0f}", std::abs(number));
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) {
      text.insert(static_cast<std::size_t>(at), ",");
    }
    return (number < 0 ? "-" : sign ? "+" : "") + text;
  }
  return sign ? fmt::format("{:+.4g}", number) : fmt::format("{:.4g}", number);
}

/// Cells may hold no bar.
std::string cell_text(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

std::string promise_text(const std::string& promise) {
  if (promise == "down") return "falls 下降";
  if (promise == "up") return "rises 上升";
  return promise == "not_down" ? "does not fall 不下降" : "does not rise 不上升";
}

std::string outcome_text(const Effect& effect) {
  switch (effect.outcome) {
    case Outcome::kept:
      return promise_text(effect.promise) + ": holds 成立";
    case Outcome::broken:
      return promise_text(effect.promise) + ": **does not hold 不成立**";
    case Outcome::unmeasured:
      return promise_text(effect.promise) + ": not measured 未测";
    default:
      return promise_text(effect.promise) + ": cannot tell 尚不能判断";
  }
}

std::string difference_text(const Effect& effect) {
  std::string text = figure_text(effect.difference, true);
  if (effect.range) {
    return text + fmt::format(" ({} .. {}, least and greatest)",
                              figure_text(effect.range->low, true),
                              figure_text(effect.range->high, true));
  }
  if (!effect.ci95) return text;
  return text + fmt::format(" ({} to {})", figure_text(effect.ci95->low, true),
                            figure_text(effect.ci95->high, true));
}

/// `../shown/offices.yaml` from the measures' folder, as a link from docs/.
std::string scenario_link(const std::string& on) {
  const std::string file = on.starts_with("../") ? on.substr(3) : "measures/" + on;
  const std::size_t slash = file.rfind('/');
  const std::string name = file.substr(slash + 1, file.size() - slash - 6);
  return fmt::format("[{}](../scenarios/{})", name, file);
}

std::string evidence_cell(const policy::Measure& measure) {
  std::string text = evidence_text(evidence_of(measure));
  if (measure.institutional) text += "; **scenario, not forecast 情景，非预测**";
  return text;
}

const Demonstration* result_of(const std::vector<Demonstration>& results, const std::string& id) {
  const auto found = std::ranges::find(results, id, &Demonstration::measure);
  return found == results.end() ? nullptr : &*found;
}

std::string untouched_text(const Demonstration& one) {
  std::uint64_t entities = 0, different = 0;
  std::size_t measured = 0;
  for (const Untouched& kpi : one.untouched) {
    entities += kpi.entities;
    different += kpi.different;
    if (kpi.measured) ++measured;
  }
  return fmt::format("{} of {} in {} KPIs", different, figure_text(static_cast<double>(entities)),
                     measured);
}

/// The rows of one measure in the table of effects.
std::string effect_rows(const policy::Measure& measure, const Demonstration* result) {
  std::string head = fmt::format("{} | {}<br>{} | {}", measure.id, measure.title.zh,
                                 measure.title.en, evidence_cell(measure));
  if (result == nullptr || result->effects.empty()) {
    return fmt::format("| {} | not measured 未测 | | | | | | |\n", head);
  }
  std::string rows;
  std::string untouched = untouched_text(*result);
  for (const Effect& effect : result->effects) {
    const std::string title = effect.title.en.empty()
                                  ? ""
                                  : fmt::format("{}<br>{}<br>", effect.title.zh, effect.title.en);
    rows += fmt::format(
        "| {} | {}`{}`, {} | {} | {} | {} | {} | {} | {} |\n", head, title, effect.kpi,
        effect.unit.empty() ? "-" : effect.unit, figure_text(effect.base),
        figure_text(effect.policy), difference_text(effect), outcome_text(effect),
        fmt::format("{} x {}", effect.replications, scenario_link(effect.scenario)), untouched);
    head = " | | ";
    untouched.clear();
  }
  return rows;
}

std::string_view word_of(policy::Operation operation) {
  static constexpr std::string_view words[] = {"",        "times",  "plus",    "at least",
                                               "at most", "insert", "include", "exclude"};
  return words[static_cast<std::size_t>(operation)];
}

std::string_view word_of(spec::Confidence confidence) {
  static constexpr std::string_view words[] = {"sourced", "derived", "proxy", "assumption"};
  return words[static_cast<std::size_t>(confidence)];
}

std::string date_text(const policy::Part& part) {
  std::string text = part.starts ? to_text(*part.starts).substr(0, 10) : "always";
  if (part.ends) text += " to " + to_text(*part.ends).substr(0, 10);
  if (!part.adoption) return text;
  const spec::Amount& share = part.adoption->share;
  return text +
         (share.ramp ? ", adopted by a growing share of each " : ", adopted by some of each ") +
         part.adoption->by;
}

std::string edit_rows(const policy::Measure& measure) {
  std::string rows;
  for (const policy::Part& part : measure.parts) {
    std::string head = fmt::format(
        "{}{} | {} | {}", measure.id, part.name.empty() ? "" : "." + part.name,
        part.name.empty() ? "" : part.title.zh + "<br>" + part.title.en, date_text(part));
    for (std::size_t i = 0; i < part.effects.size(); ++i) {
      const policy::Effect& effect = part.effects[i];
      const auto& from = effect.value.provenance;
      const std::string where = effect.where.text();
      const std::string range = range_text(measure, part, i);
      rows += fmt::format(
          "| {} | `{}`{} | {} | {} {} | {} | {} | {} |\n", head, cell_text(effect.path_text),
          where.empty() ? "" : fmt::format(" where `{}`", cell_text(where)),
          effect.was ? cell_text(spec::to_text(*effect.was)) : "-", word_of(effect.operation),
          cell_text(spec::to_text(effect.value)), range.empty() ? "-" : cell_text(range),
          from && !from->source.empty() ? from->source : "-",
          from && from->confidence ? word_of(*from->confidence) : "-");
      head = " | | ";
    }
  }
  return rows;
}

std::string run_rows(const Demonstration& one) {
  std::string rows;
  for (const Stage& stage : one.stages) {
    rows +=
        fmt::format("| `portflow measures effects {}` | {} | {} | {} | {} | {} | {} |\n",
                    one.measure, scenario_link(stage.scenario),
                    stage.parts.empty() ? "all" : fmt::format("{}", fmt::join(stage.parts, ", ")),
                    stage.replications, stage.seed, to_hex(stage.base_fingerprint),
                    to_hex(stage.policy_fingerprint));
  }
  return rows;
}

}  // namespace

spec::Evidence evidence_of(const policy::Measure& measure) {
  spec::Evidence sum;
  for (const policy::Part& part : measure.parts) {
    for (const policy::Effect& effect : part.effects) {
      const auto& from = effect.value.provenance;
      if (!from || !from->confidence) {
        ++sum.unsupported;
        continue;
      }
      switch (*from->confidence) {
        case spec::Confidence::sourced:
          ++sum.sourced;
          break;
        case spec::Confidence::derived:
          ++sum.derived;
          break;
        case spec::Confidence::proxy:
          ++sum.proxy;
          break;
        case spec::Confidence::assumption:
          ++sum.assumption;
          break;
      }
    }
  }
  return sum;
}

std::string evidence_text(const spec::Evidence& evidence) {
  const std::size_t all = evidence.sourced + evidence.derived + evidence.proxy +
                          evidence.assumption + evidence.unsupported;
  std::string text = fmt::format("{} of {} sourced", evidence.sourced, all);
  const auto add = [&](std::size_t count, std::string_view word) {
    if (count > 0) text += fmt::format(", {} {}", count, word);
  };
  add(evidence.derived, "derived");
  add(evidence.proxy, "proxy");
  add(evidence.assumption, "assumed");
  add(evidence.unsupported, "unsupported");
  return text;
}

std::string range_text(const policy::Measure& measure, const policy::Part& part,
                       std::size_t effect) {
  const spec::Node* node = &measure.node;
  if (!part.name.empty()) node = node->find("parts")->find(part.name);
  const spec::Node* range = node->find("effects")->items.at(effect).find("range");
  if (range == nullptr) return {};
  return fmt::format("{} to {}", range->items.at(0).text, range->items.at(1).text);
}

std::string measures_page(const std::vector<policy::Measure>& measures,
                          const std::vector<Demonstration>& results, const std::string& source) {
  std::string page = fmt::format(
      "# 35 measures 三十五项措施\n\n"
      "Written by `portflow measures page` from the files in "
      "[scenarios/measures](../scenarios/measures/README.md) and the results in\n"
      "[{0}]({0}), which `portflow measures effects` made; not by hand. `make measures` makes both "
      "anew. A test holds this page against both.\n\n"
      "## Effects 效果\n\n"
      "Each measure by itself against none, under the same luck: means over the pairs of runs, "
      "their "
      "difference and its 95 % interval (of a maximum: the\n"
      "least and the greatest difference, and the signs decide). \"Differs\" counts the entities "
      "that have another value in the KPIs that must not change.\n\n"
      "| | measure 措施 | evidence 依据 | KPI 指标 | without 无 | with 有 | difference 差值 (95 %) "
      "| "
      "promise 预期 | pairs 配对 | differs 不应变者 |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n",
      source);
  for (const policy::Measure& measure : measures) {
    page += effect_rows(measure, result_of(results, measure.id));
  }
  page +=
      "\n## Edits 改动\n\n"
      "| part | title | from | field | was 原值 | becomes 新值 | range 范围 | source | "
      "confidence |\n"
      "|---|---|---|---|---|---|---|---|---|\n";
  for (const policy::Measure& measure : measures) page += edit_rows(measure);
  page +=
      "\n## Runs 运行\n\n"
      "| command | scenario | parts | pairs | seed | fingerprint without | with |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const policy::Measure& measure : measures) {
    if (const Demonstration* one = result_of(results, measure.id)) page += run_rows(*one);
  }
  return page;
}

}  // namespace portflow::analysis
