// Who gains and who pays: the same indicator for each group, and how the gap between two groups
// moves.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/paired_values.hpp"
#include "analysis/report_sections.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t most_blocks = 8;

struct Group {
  std::string name;  ///< as HTML
  Pair pair;
};

/// The groups of one KPI by one attribute.
struct Block {
  std::string heading;  ///< as HTML
  std::vector<Group> groups;
  bool decided{false};  ///< some group gains or pays
};

bool is_decided(const Pair& pair) {
  const Standing standing = standing_of(pair);
  return standing == Standing::better || standing == Standing::worse;
}

/// By class of trader and by mode, from the time release study of a KPI.
void add_studied(const Comparison& comparison, const Pair& pair, const Tongue& say,
                 std::vector<Block>& blocks) {
  const std::string& kpi = pair.base.heading.name;
  const double unit = milliseconds_of(pair.base.heading.unit);
  for (const Axis axis : {Axis::trader, Axis::mode}) {
    std::vector<std::string> categories;
    const auto cells = [&](const Anatomy& anatomy) -> const std::vector<StudyCell>* {
      const auto study = std::ranges::find(anatomy.studies, kpi, &ReleaseTimes::kpi);
      return study == anatomy.studies.end() ? nullptr : &study->cells;
    };
    for (const PairedAnatomy& both : comparison.anatomies) {
      for (const Anatomy* anatomy : {&both.base, &both.policy}) {
        const auto* list = cells(*anatomy);
        if (list == nullptr) continue;
        for (const StudyCell& cell : *list) {
          if (cell.axis != axis || std::ranges::find(categories, cell.category) != categories.end())
            continue;
          categories.push_back(cell.category);
        }
      }
    }
    if (categories.size() < 2) continue;
    Block block{title_of(pair.base.heading, say), {}, false};
    for (const std::string& category : categories) {
      PairedValues values;
      for (const PairedAnatomy& both : comparison.anatomies) {
        for (const bool policy : {false, true}) {
          std::optional<double> mean;
          const auto* list = cells(policy ? both.policy : both.base);
          if (list != nullptr) {
            for (const StudyCell& cell : *list) {
              if (cell.axis != axis || cell.category != category) continue;
              mean = static_cast<double>(cell.total) / static_cast<double>(cell.count) / unit;
            }
          }
          (policy ? values.policy : values.base).push_back(mean);
        }
      }
      block.groups.push_back({word_text(category, say), pair_of(values, pair.base.heading)});
    }
    block.heading += fmt::format(" <span class=\"quiet\">{}</span>", axis_text(axis, say));
    blocks.push_back(std::move(block));
  }
}

/// The groups that the KPI itself has.
void add_grouped(const Comparison& comparison, const Pair& pair, const Tongue& say,
                 std::vector<Block>& blocks) {
  const std::string whole = pair.base.heading.name + ".";
  Block block{title_of(pair.base.heading, say), {}, false};
  for (const Pair& other : comparison.kpis) {
    const std::string& name = other.base.heading.name;
    if (!name.starts_with(whole) || !other.difference) continue;
    block.groups.push_back({word_text(name.substr(whole.size()), say), other});
  }
  if (block.groups.size() >= 2) blocks.push_back(std::move(block));
}

/// How far the second group stands from the first, and what becomes of that.
std::optional<Pair> gap_of(const Block& block) {
  if (block.groups.size() != 2) return std::nullopt;
  PairedValues gap;
  const Pair &first = block.groups[0].pair, &second = block.groups[1].pair;
  const auto less = [](const std::vector<std::optional<double>>& a,
                       const std::vector<std::optional<double>>& b,
                       std::vector<std::optional<double>>& out) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      out.push_back(a[i] && b[i] ? std::optional(*b[i] - *a[i]) : std::nullopt);
    }
  };
  less(first.base.values, second.base.values, gap.base);
  less(first.policy.values, second.policy.values, gap.policy);
  kpi::Figure like = first.base.heading;
  like.better = kpi::Better::neither;  // a gap may close because the one in front falls back
  return pair_of(gap, like);
}

std::string row(const std::string& name, const Pair& pair, std::string_view style,
                const std::string& word, const Tongue& say) {
  const PairText text = text_of(pair, say);
  std::string difference = pair.difference ? fmt::format("<b>{}</b>", text.difference) : "\u2013";
  if (!text.interval.empty()) {
    difference += fmt::format(" <span class=\"ci\">{}</span>", text.interval);
  }
  return fmt::format(
      "<tr class=\"{} group\"><th scope=\"row\">{}</th><td data-h=\"A\">{}</td><td data-h=\"B\">{}"
      "</td><td class=\"d\" data-h=\"B \u2212 A\">{}</td><td class=\"p\">{}</td><td "
      "data-h=\"{}\">{}</td><td class=\"word {}\">{}</td></tr>\n",
      style, name, text.base, text.policy, difference, forest_plot(pair, say),
      say("相对", "relative"), text.relative, style, word);
}

std::string verdict_of(const Pair& pair, const Tongue& say) {
  const Standing standing = standing_of(pair);
  if (standing == Standing::better) return std::string(say("受益", "gains"));
  if (standing == Standing::worse) return std::string(say("承担代价", "pays"));
  return verdict_text(pair, say);
}

std::string block_rows(const Block& block, const Tongue& say) {
  std::string text = fmt::format(
      "<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"7\">{}</th></tr>\n", block.heading);
  for (const Group& group : block.groups) {
    text += row(group.name, group.pair, class_of(standing_of(group.pair)),
                verdict_of(group.pair, say), say);
  }
  if (const auto gap = gap_of(block)) {
    const std::string name = fmt::format(fmt::runtime(say("差距：{1} 减 {0}", "gap: {1} less {0}")),
                                         block.groups[0].name, block.groups[1].name);
    const bool sure = gap->verdict == Verdict::up || gap->verdict == Verdict::down;
    text +=
        row(name, *gap, "open",
            sure ? verdict_text(*gap, say) : std::string(say("未见变化", "no change seen")), say);
  }
  return text;
}

}  // namespace

std::string gains_section(const Comparison& comparison, const Tongue& say) {
  std::vector<Block> blocks;
  for (const Pair& pair : comparison.kpis) {
    const kpi::Figure& heading = pair.base.heading;
    if (heading.automatic || is_group(comparison, pair)) continue;
    if (heading.better == kpi::Better::neither || heading.kind == "count") continue;
    const std::size_t before = blocks.size();
    add_studied(comparison, pair, say, blocks);
    if (blocks.size() == before) add_grouped(comparison, pair, say, blocks);
  }
  for (Block& block : blocks) {
    block.decided = std::ranges::any_of(block.groups,
                                        [](const Group& group) { return is_decided(group.pair); });
  }
  std::ranges::stable_partition(blocks, &Block::decided);
  if (blocks.empty()) return {};
  const std::size_t left_out = blocks.size() - std::min(blocks.size(), most_blocks);
  blocks.resize(blocks.size() - left_out);
  std::string rows;
  for (const Block& block : blocks) rows += block_rows(block, say);
  std::string text = fmt::format(
      "<section>\n<h2>{}</h2>\n<div class=\"wide\"><table class=\"kpis\"><thead><tr><th "
      "class=\"l\">{}</th><th>A</th><th>B</th><th>{}</th><th>{}</th><th>{}</th><th "
      "class=\"l\">{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      say("谁受益，谁承担代价", "Who gains and who pays"), say("群体", "Group"),
      say("B \u2212 A，95 % 区间", "B \u2212 A, 95 % interval"), forest_axis(),
      say("相对 A", "of A"), say("判断", "Verdict"), rows);
  if (left_out > 0) {
    text += fmt::format(
        fmt::runtime(say("<p class=\"small\">另有 {} 项分组指标未见差异，未列出。</p>\n",
                         "<p class=\"small\">{} further indicators by group are not listed: the "
                         "first to show are those with a difference.</p>\n")),
        left_out);
  }
  return text + "</section>\n";
}

}  // namespace portflow::analysis
