#include "policy/selector.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/spot.hpp"

namespace portflow::policy {
namespace {

using spec::Node;

/// `{a,b}` as its names; anything else as itself.
std::vector<std::string> alternatives(std::string_view segment) {
  if (!segment.starts_with('{')) return {std::string{segment}};
  segment = segment.substr(1, segment.size() - 2);
  std::vector<std::string> result;
  while (true) {
    const auto end = segment.find(',');
    auto name = segment.substr(0, end);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    result.emplace_back(name);
    if (end == std::string_view::npos) return result;
    segment.remove_prefix(end + 1);
  }
}

/// The keys under which `node` has children; for lists, `item` words before indices.
std::vector<std::string> keys(const Node& node) {
  std::vector<std::string> result;
  result.reserve(node.entries.size() + node.items.size());
  for (const auto& entry : node.entries) result.push_back(entry.key);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node* item = node.items[i].find("item");
    result.push_back(item != nullptr ? item->text : std::to_string(i));
  }
  return result;
}

/// The child of a list by its `item` or its index, as an index.
std::string index_of(const Node& list, std::string_view key) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Node* item = list.items[i].find("item");
    if ((item != nullptr && item->text == key) || std::to_string(i) == key)
      return std::to_string(i);
  }
  return {};
}

/// Walks one selector through the tree.
class Search {
 public:
  Search(const std::vector<std::string>& segments, bool absent_end)
      : segments_{segments}, absent_end_{absent_end} {}

  std::vector<Path> found;
  std::string error;

  /// \returns whether something was selected below `node`.
  bool walk(const Node& node, std::size_t depth, Path& path) {
    if (depth == segments_.size()) {
      found.push_back(path);
      return true;
    }
    const auto& segment = segments_[depth];
    if (segment == "*") return all(node, depth, path);
    bool each = true;
    for (const auto& name : alternatives(segment)) each = step(node, name, depth, path) && each;
    return each;
  }

 private:
  bool all(const Node& node, std::size_t depth, Path& path) {
    bool any = false;
    for (const auto& key : keys(node)) any = step(node, key, depth, path) || any;
    if (!any && error.empty()) fail(node, "*", depth, path);
    return any;
  }

  bool step(const Node& node, const std::string& name, std::size_t depth, Path& path) {
    const auto key = node.is_list() ? index_of(node, name) : name;
    const Node* child = node.is_list() ? at(node, {key}) : node.find(key);
    if (child == nullptr && absent_end_ && depth + 1 == segments_.size() && node.is_map()) {
      path.push_back(name);
      found.push_back(path);
      path.pop_back();
      return true;
    }
    if (child == nullptr) {
      fail(node, name, depth, path);
      return false;
    }
    path.push_back(key);
    const bool any = walk(*child, depth + 1, path);
    path.pop_back();
    return any;
  }

  /// Keeps the complaint of the deepest level, where the selector was most nearly right.
  void fail(const Node& node, const std::string& name, std::size_t depth, const Path& path) {
    if (!error.empty() && depth <= deepest_) return;
    deepest_ = depth;
    const auto known = keys(node);
    const auto where =
        path.empty() ? std::string{"the scenario"} : fmt::format("`{}`", to_text(path));
    constexpr std::size_t few = 12;
    error = fmt::format("{} has no `{}`{}", where, name, spec::did_you_mean(name, known));
    if (known.empty()) {
      error += " (nothing is there)";
    } else if (known.size() <= few) {
      error += fmt::format(" (there: {})", listed(known));
    }
    if (node.place.line > 0) error += fmt::format(" ({}:{})", node.place.file, node.place.line);
  }

  const std::vector<std::string>& segments_;
  bool absent_end_;
  std::size_t deepest_{0};
};

}  // namespace

tl::expected<std::vector<std::string>, std::string> split_selector(std::string_view text) {
  std::vector<std::string> result;
  std::string segment;
  bool braces = false;
  for (const char c : text) {
    if (c == '.' && !braces) {
      result.push_back(std::move(segment));
      segment.clear();
      continue;
    }
    if (c == '{') braces = true;
    if (c == '}') braces = false;
    segment += c;
  }
  result.push_back(std::move(segment));
  for (const auto& part : result) {
    const bool closed = part.starts_with('{') && part.ends_with('}') && part.size() > 2;
    const bool plain = part.find_first_of("{}") == std::string::npos;
    const auto names = closed ? alternatives(part) : std::vector{part};
    if ((!closed && !plain) ||
        std::ranges::any_of(names, [](const auto& name) { return name.empty(); })) {
      return tl::unexpected(
          fmt::format("`{}` selects nothing: write keys joined by dots, `{{a,b}}` for "
                      "several, `*` for all",
                      text));
    }
  }
  return result;
}

tl::expected<std::vector<Path>, std::string> select(const Node& root,
                                                    const std::vector<std::string>& segments,
                                                    bool absent_end) {
  Search search{segments, absent_end};
  Path path;
  if (!search.walk(root, 0, path)) return tl::unexpected(search.error);
  std::ranges::sort(search.found);
  search.found.erase(std::unique(search.found.begin(), search.found.end()), search.found.end());
  return std::move(search.found);
}

const Node* at(const Node& root, const Path& path) {
  const Node* node = &root;
  for (const auto& key : path) {
    if (node->is_list()) {
      const auto index = index_of(*node, key);
      if (index.empty()) return nullptr;
      node = &node->items[static_cast<std::size_t>(std::stoul(index))];
    } else {
      node = node->find(key);
    }
    if (node == nullptr) return nullptr;
  }
  return node;
}

Node* at(Node& root, const Path& path) {
  return const_cast<Node*>(at(static_cast<const Node&>(root), path));  // one walk
}

Node pruned(const Node& root, std::span<const std::string> path) {
  if (path.empty() || !root.is_map()) return root;
  Node result;
  result.kind = root.kind;
  result.place = root.place;
  result.provenance = root.provenance;
  result.defaulted = root.defaulted;
  for (const auto& entry : root.entries) {
    if (entry.key != path.front()) continue;
    result.entries.push_back({entry.key, entry.place, pruned(entry.value, path.subspan(1))});
  }
  return result;
}

std::string to_text(const Path& path) {
  std::string result;
  for (const auto& key : path) result += (result.empty() ? "" : ".") + key;
  return result;
}

}  // namespace portflow::policy
