#include <algorithm>
#include <array>

#include "spec/bind.hpp"
#include "spec/number.hpp"

namespace portflow::spec {
namespace {

/// Keys whose values are no evidence: words, places on the map, how the run is set up, and what it
/// is held against.
constexpr std::array<std::string_view, 13> skipped{
    "portflow", "name",     "title", "seed",       "map",       "sources",     "horizon",
    "unit",     "position", "along", "definition", "published", "disturbances"};

void count(const Node& node, std::optional<Confidence> confidence, Evidence& out) {
  if (node.defaulted) return;
  if (node.provenance) {
    if (node.provenance->confidence) {
      confidence = node.provenance->confidence;
    } else if (!node.provenance->source.empty()) {
      confidence = Confidence::sourced;
    }
  }
  if (node.is_scalar() && split_number(node.text)) {
    const auto split = *split_number(node.text);
    // `2024-01-01` and `08:30-17:00` begin with digits, but no unit does so with `-` or `:`.
    if (!split.unit.empty() && (split.unit[0] == '-' || split.unit[0] == ':')) return;
    if (!confidence) {
      ++out.unsupported;
      return;
    }
    switch (*confidence) {
      case Confidence::sourced:
        ++out.sourced;
        break;
      case Confidence::derived:
        ++out.derived;
        break;
      case Confidence::proxy:
        ++out.proxy;
        break;
      case Confidence::assumption:
        ++out.assumption;
        break;
    }
  }
  for (const auto& entry : node.entries) {
    if (std::ranges::find(skipped, entry.key) == skipped.end()) count(entry.value, confidence, out);
  }
  for (const Node& item : node.items) count(item, confidence, out);
}

}  // namespace

Evidence count_evidence(const Node& root) {
  Evidence result;
  count(root, std::nullopt, result);
  return result;
}

}  // namespace portflow::spec
