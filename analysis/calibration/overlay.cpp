#include "analysis/calibration/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "policy/arithmetic.hpp"
#include "spec/number.hpp"

namespace portflow::calibration {
namespace {

using policy::Path;
using spec::Node;

/// Numbers beneath `node` whose evidence is what its map says, but for that at `path`.
std::size_t leaning_on(const Node& node, const Path& path, std::size_t depth, bool on_path) {
  if (node.is_scalar()) {
    const bool itself = on_path && depth == path.size();
    return !itself && spec::split_number(node.text) ? 1 : 0;
  }
  std::size_t count = 0;
  for (const auto& entry : node.entries) {
    const bool leads = on_path && depth < path.size() && entry.key == path[depth];
    const bool own = entry.value.provenance && entry.value.provenance->confidence;
    if (!own || leads) count += leaning_on(entry.value, path, depth + 1, leads);
  }
  // What stands in one list is one thing: both ends of a range, the parameters of a distribution.
  if (node.is_list() && on_path) return 0;
  for (const Node& item : node.items) count += leaning_on(item, path, depth + 1, false);
  return count;
}

/// The deepest path that overlays can replace: down to the first list, which is replaced whole.
Path replaceable(const Node& root, const Path& path) {
  Path result;
  const Node* node = &root;
  for (const std::string& key : path) {
    if (node->is_list()) break;
    result.push_back(key);
    node = node->find(key);
  }
  return result;
}

/// A tree of what is to be written.
struct Trunk {
  std::map<std::string, Trunk> below;
  const Node* leaf{nullptr};
  bool labelled{false};  ///< the numbers in it are the calibration's
};

constexpr const char* label = "source: calibration, confidence: derived";

std::string quoted_key(const std::string& key) {
  const bool plain = std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  return plain ? key : '"' + key + '"';
}

void write(const Trunk& trunk, std::size_t depth, std::string& text) {
  const std::string margin(2 * depth, ' ');
  for (const auto& [key, child] : trunk.below) {
    text += margin + quoted_key(key) + ':';
    if (child.leaf == nullptr) {
      text += '\n';
      write(child, depth + 1, text);
      continue;
    }
    std::string value = to_text(*child.leaf);
    if (child.leaf->is_map())
      value = fmt::format("{}, {}}}", value.substr(0, value.size() - 1), label);
    text += ' ' + value + '\n';
  }
  if (trunk.labelled) {
    text += margin + "source: calibration\n" + margin + "confidence: derived\n";
  }
}

}  // namespace

std::string refuse_field(const Node& scenario, const Path& path, const Parameter& parameter) {
  const Node& node = *policy::at(scenario, path);
  if (parameter.scales) {
    const auto tried = policy::scaled(node, 1.5);
    if (!tried) return tried.error();
  } else {
    const auto split = node.is_scalar() ? spec::split_number(node.text) : std::nullopt;
    if (!split) {
      return node.is_scalar() && node.text.starts_with('$')
                 ? fmt::format("`{}` quotes a parameter; set `parameters.{}.value`", node.text,
                               node.text.substr(1))
                 : std::string{"is no number; `scale` takes distributions"};
    }
    const auto from = find_unit(split->unit);
    const auto to = find_unit(parameter.unit);
    const bool fits =
        split->unit == parameter.unit || (from && to && from->dimension == to->dimension);
    if (!fits) {
      return fmt::format("is {} ({}:{}), and the bounds are in `{}`", node.text, node.place.file,
                         node.place.line, parameter.unit.empty() ? "1" : parameter.unit);
    }
  }
  if (node.is_map()) return {};  // it gets a label of its own
  const Path whole = replaceable(scenario, path);
  const Path parent(whole.begin(), whole.end() - 1);
  const Node& map = *policy::at(scenario, parent);
  const std::size_t others = leaning_on(map, {whole.back()}, 0, true);
  if (others == 0) return {};
  return fmt::format(
      "stands in a map with {} other number{} ({}:{}), which would be called calibrated too; name "
      "it under `parameters`, quote it there as `$name`, and set `parameters.name.value`",
      others, others == 1 ? "" : "s", map.place.file, map.place.line);
}

Result<std::vector<Turned>> turned(const Problem& problem, std::span<const std::string> values) {
  Node root = problem.scenario;
  std::vector<Path> touched;
  for (std::size_t i = 0; i < problem.parameters.size(); ++i) {
    const Parameter& parameter = problem.parameters[i];
    for (const Path& path : parameter.paths) {
      Node& node = *policy::at(root, path);
      if (parameter.scales) {
        auto scaled = policy::scaled(node, spec::split_number(values[i])->value);
        if (!scaled) return fail(Failure::input, scaled.error(), {problem.file, 0, 0});
        node = std::move(*scaled);
      } else {
        node.text = values[i];
      }
      const Path whole = replaceable(root, path);
      if (std::ranges::find(touched, whole) == touched.end()) touched.push_back(whole);
    }
  }
  std::vector<Turned> fields;
  fields.reserve(touched.size());
  for (Path& path : touched) {
    const Node* value = policy::at(root, path);
    fields.push_back({std::move(path), *value});
  }
  return fields;
}

std::vector<std::string> settings_of(const std::vector<Turned>& fields) {
  std::vector<std::string> settings;
  settings.reserve(fields.size());
  for (const Turned& field : fields) {
    settings.push_back(policy::to_text(field.path) + "=" + to_text(field.value));
  }
  return settings;
}

std::string overlay_text(const Problem& problem, const std::vector<Turned>& fields,
                         const std::string& remark) {
  namespace fs = std::filesystem;
  Trunk root;
  for (const Turned& field : fields) {
    Trunk* at = &root;
    for (std::size_t i = 0; i < field.path.size(); ++i) {
      if (i + 1 == field.path.size() && !field.value.is_map()) at->labelled = true;
      at = &at->below[field.path[i]];
    }
    at->leaf = &field.value;
  }
  std::string text = fmt::format(
      "# Written by `portflow calibrate {}`: do not edit it, run that again.\n"
      "portflow: 1\nextends: {}\nname: {}\n"
      "sources:\n  calibration: {{title: \"portflow calibrate {}\", note: \"{}\"}}\n",
      problem.file,
      fs::absolute(problem.extends)
          .lexically_normal()
          .lexically_relative(fs::absolute(problem.overlay).lexically_normal().parent_path())
          .string(),
      problem.name, problem.file, remark);
  write(root, 0, text);
  return text;
}

}  // namespace portflow::calibration
