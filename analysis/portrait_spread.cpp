// How an indicator differs from group to group within the one arm.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/study_rows.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t most_blocks = 8;

struct Group {
  std::string name;  ///< as HTML
  Estimate value;
};

struct Block {
  std::string heading;  ///< as HTML
  std::vector<Group> groups;
};

void add_studied(const Arms& arms, const Estimate& whole, const Tongue& say,
                 std::vector<Block>& blocks) {
  const std::vector<StudyRow> rows = study_rows(arms, whole.heading);
  for (const Axis axis : {Axis::trader, Axis::mode}) {
    Block block{fmt::format("{} <span class=\"quiet\">{}</span>", title_of(whole.heading, say),
                            axis_text(axis, say)),
                {}};
    for (const StudyRow& row : rows) {
      if (row.axis != axis) continue;
      block.groups.push_back({word_text(row.category, say), row.mean.base});
      block.groups.back().value.count = row.base.count;
    }
    if (block.groups.size() >= 2) blocks.push_back(std::move(block));
  }
}

void add_grouped(const Portrait& portrait, const Estimate& whole, const Tongue& say,
                 std::vector<Block>& blocks) {
  Block block{title_of(whole.heading, say), {}};
  for (const Estimate* one : groups_of(portrait, whole)) {
    const std::string& name = one->heading.name;
    if (one->mean) block.groups.push_back({word_text(name.substr(name.rfind('.') + 1), say), *one});
  }
  if (block.groups.size() >= 2) blocks.push_back(std::move(block));
}

std::string bar(double value, double most) {
  constexpr double wide = 160;
  if (most <= 0 || value < 0) return {};
  return fmt::format(
      "<svg class=\"plot\" viewBox=\"0 0 {0} 22\" aria-hidden=\"true\"><rect class=\"band\" "
      "x=\"0\" "
      "y=\"7\" width=\"{0}\" height=\"8\"/><rect class=\"fill\" x=\"0\" y=\"7\" width=\"{1:.1f}\" "
      "height=\"8\"/></svg>",
      wide, value / most * wide);
}

std::string block_rows(const Block& block, bool many, const Tongue& say) {
  std::string text =
      fmt::format("<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                  many ? 5 : 4, block.heading);
  double most = 0;
  for (const Group& group : block.groups) most = std::max(most, group.value.mean.value_or(0));
  for (const Group& group : block.groups) {
    const EstimateText shown = text_of(group.value, say);
    text += fmt::format(
        "<tr class=\"group\"><th scope=\"row\">{}</th><td data-h=\"{}\"><b>{}</b>{}</td>",
        group.name, say("数值", "value"), shown.value, unit_text(group.value.heading.unit, say));
    if (many) {
      text += fmt::format("<td data-h=\"{}\"><span class=\"ci\">{}</span></td>",
                          say("95 % 区间", "95 % interval"),
                          shown.interval.empty() ? "\u2013" : shown.interval);
    }
    text += fmt::format("<td class=\"p\">{}</td><td data-h=\"{}\">{}</td></tr>\n",
                        bar(group.value.mean.value_or(0), most), say("个数", "cases"),
                        count_text(group.value.count));
  }
  return text;
}

}  // namespace

std::string spread_section(const Portrait& portrait, const Tongue& say) {
  const Arms arms = arms_of(portrait);
  std::vector<Block> blocks;
  for (const Estimate* one : indicators_of(portrait)) {
    if (one->heading.better == kpi::Better::neither || one->heading.kind == "count") continue;
    const std::size_t before = blocks.size();
    add_studied(arms, *one, say, blocks);
    if (blocks.size() == before) add_grouped(portrait, *one, say, blocks);
  }
  if (blocks.empty()) return {};
  const std::size_t left_out = blocks.size() - std::min(blocks.size(), most_blocks);
  blocks.resize(blocks.size() - left_out);
  const bool many = portrait.arm.replications > 1;
  std::string rows;
  for (const Block& block : blocks) rows += block_rows(block, many, say);
  std::string text = fmt::format(
      "<section>\n<h2>{}</h2>\n<div class=\"wide\"><table class=\"kpis\"><thead><tr><th "
      "class=\"l\">{}</th><th>{}</th>{}<th></th><th>{}</th></tr></thead>\n<tbody>\n{}</tbody>"
      "</table></div>\n",
      say("各群体的差别", "From group to group"), say("群体", "Group"), say("数值", "Value"),
      many ? fmt::format("<th>{}</th>", say("95 % 区间", "95 % interval")) : "",
      say("个数", "Cases"), rows);
  if (left_out > 0) {
    text += fmt::format(fmt::runtime(say("<p class=\"small\">另有 {} 项分组指标未列出。</p>\n",
                                         "<p class=\"small\">{} further indicators by group are "
                                         "not listed.</p>\n")),
                        left_out);
  }
  return text + "</section>\n";
}

}  // namespace portflow::analysis
