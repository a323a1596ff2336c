#include <algorithm>
#include <array>

#include "analysis/calibration/sensitivity.hpp"
#include "policy/arithmetic.hpp"
#include "spec/number.hpp"

namespace portflow::calibration {
namespace {

using spec::Confidence;
using spec::Node;

constexpr std::array<std::string_view, 17> frame{
    "portflow",   "name", "title",     "seed",        "map",         "sources",
    "horizon",    "unit", "position",  "along",       "announced",   "extends",
    "definition", "kpis", "published", "wait_target", "disturbances"};

bool has_number(const Node& node) {
  if (node.is_scalar()) {
    const auto split = spec::split_number(node.text);
    // Dates and hours of the day begin with digits too, but no unit begins with `-` or `:`.
    return split && split->value != 0 &&
           (split->unit.empty() || (split->unit[0] != '-' && split->unit[0] != ':'));
  }
  return std::ranges::any_of(node.items, has_number) ||
         std::ranges::any_of(node.entries,
                             [](const Node::Entry& entry) { return has_number(entry.value); });
}

void walk(const Node& node, std::optional<Confidence> confidence, policy::Path& path,
          std::vector<WeakNumber>& out) {
  if (node.defaulted || !has_number(node)) return;
  if (node.provenance) {
    if (node.provenance->confidence) {
      confidence = node.provenance->confidence;
    } else if (!node.provenance->source.empty()) {
      confidence = Confidence::sourced;
    }
  }
  if (policy::scaled(node, 1.5)) {
    const bool weak = confidence == Confidence::assumption || confidence == Confidence::proxy;
    if (weak) out.push_back({path, *confidence, to_text(node), node.place});
    return;
  }
  for (const auto& entry : node.entries) {
    if (std::ranges::find(frame, entry.key) != frame.end()) continue;
    path.push_back(entry.key);
    walk(entry.value, confidence, path, out);
    path.pop_back();
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    path.push_back(std::to_string(i));
    walk(node.items[i], confidence, path, out);
    path.pop_back();
  }
}

}  // namespace

std::vector<WeakNumber> weak_numbers(const Node& scenario) {
  std::vector<WeakNumber> result;
  policy::Path path;
  walk(scenario, std::nullopt, path, result);
  return result;
}

}  // namespace portflow::calibration
