#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "io/read.hpp"

namespace portflow::io {
namespace {

using spec::Node;

/// The text of a file, or why there is none.
tl::expected<std::string, std::string> contents(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return tl::unexpected(std::string{"it is a folder"});
  errno = 0;
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return tl::unexpected(std::string{std::strerror(errno)});
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

/// Lays `top` over `base`: maps key by key, all else replaced.
void lay(Node& base, Node top) {
  if (!base.is_map() || !top.is_map()) {
    base = std::move(top);
    return;
  }
  base.place = top.place;
  if (top.provenance) base.provenance = std::move(top.provenance);
  for (auto& entry : top.entries) {
    if (Node* below = base.find(entry.key)) {
      lay(*below, std::move(entry.value));
    } else {
      base.entries.push_back(std::move(entry));
    }
  }
}

/// Reads a file and, first, what it extends.
class Loader {
 public:
  Loaded loaded;
  Errors errors;

  /// The merged tree of `path`; `from` is the word that named it.
  std::optional<Node> read(const std::string& path, const Place& from) {
    if (std::ranges::find(open_, path) != open_.end()) {
      return complain(from, fmt::format("`{}` extends itself", path));
    }
    const auto text = contents(path);
    if (!text) return complain(from, fmt::format("cannot read `{}`: {}", path, text.error()));
    loaded.files.push_back(path);
    loaded.text += fmt::format("# file: {}\n{}", path, *text);
    if (!loaded.text.ends_with('\n')) loaded.text += '\n';
    auto node = parse(*text, path);
    if (!node) {
      errors.insert(errors.end(), node.error().errors.begin(), node.error().errors.end());
      return std::nullopt;
    }
    open_.push_back(path);
    auto merged = merge(std::move(*node), path);
    open_.pop_back();
    return merged;
  }

 private:
  std::nullopt_t complain(const Place& from, std::string message) {
    errors.push_back({from, from.line > 0 ? "extends" : "", std::move(message)});
    return std::nullopt;
  }

  std::optional<Node> merge(Node top, const std::string& path) {
    if (!top.is_map()) return top;
    const auto found = std::ranges::find(top.entries, "extends", &Node::Entry::key);
    if (found == top.entries.end()) return top;
    const Node bases = std::move(found->value);
    top.entries.erase(found);
    std::optional<Node> below;
    for (const Node& base : bases.is_list() ? bases.items : std::vector<Node>{bases}) {
      if (!base.is_scalar()) return complain(base.place, "expected the name of a file");
      const auto file = std::filesystem::path{path}.parent_path() / base.text;
      auto node = read(file.lexically_normal().string(), base.place);
      if (!node) continue;
      if (below) {
        lay(*below, std::move(*node));
      } else {
        below = std::move(*node);
      }
    }
    if (!below) return top;
    lay(*below, std::move(top));
    return below;
  }

  std::vector<std::string> open_;  ///< files whose bases are being read
};

}  // namespace

Result<Loaded> load(const std::string& path) {
  Loader loader;
  auto root = loader.read(path, Place{path, 0, 0});
  if (!loader.errors.empty()) {
    std::ranges::stable_sort(loader.errors, {}, &Error::place);
    return refuse(std::move(loader.errors));
  }
  loader.loaded.root = std::move(*root);
  return std::move(loader.loaded);
}

}  // namespace portflow::io
