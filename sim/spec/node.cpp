#include "spec/node.hpp"

#include <algorithm>

#include "spec/number.hpp"

namespace portflow::spec {
namespace {

/// A number with its unit without the space between them; all else as it is.
std::string squeezed(const std::string& text) {
  const auto split = split_number(text);
  if (!split) return text;
  return std::string{split->digits} + std::string{split->unit};
}

bool same_scalar(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto one = split_number(a);
  const auto other = split_number(b);
  if (one && other) return one->value == other->value && one->unit == other->unit;
  return squeezed(a) == squeezed(b);
}

void add_leaves(const Node& node, const std::string& path, std::vector<Leaf>& out) {
  if (node.is_scalar()) {
    out.push_back({path, squeezed(node.text)});
  } else if (node.is_list()) {
    if (node.items.empty()) out.push_back({path, "[]"});
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      add_leaves(node.items[i], path + "[" + std::to_string(i) + "]", out);
    }
  } else {
    if (node.entries.empty()) out.push_back({path, node.is_map() ? "{}" : "~"});
    std::vector<const Node::Entry*> sorted;
    sorted.reserve(node.entries.size());
    for (const auto& entry : node.entries) sorted.push_back(&entry);
    std::ranges::sort(sorted, {}, &Node::Entry::key);
    for (const auto* entry : sorted) {
      add_leaves(entry->value, path.empty() ? entry->key : path + "." + entry->key, out);
    }
  }
}

/// Words that flow-style YAML would read as something else stand in quotes.
std::string quoted(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_of(",[]{}#\"\n") == std::string::npos &&
                     text.find(": ") == std::string::npos && text.front() != ' ' &&
                     text.back() != ' ' && text.back() != ':' && text.front() != '%' &&
                     text.front() != '&' && text.front() != '*' && text.front() != '!';
  if (plain) return text;
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result + '"';
}

}  // namespace

const Node* Node::find(std::string_view key) const noexcept {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) noexcept {
  return const_cast<Node*>(static_cast<const Node*>(this)->find(key));  // one search
}

Node Node::scalar(std::string text, Place place) {
  Node node;
  node.kind = Kind::scalar;
  node.text = std::move(text);
  node.place = std::move(place);
  return node;
}

bool Node::same_text(const Node& other) const {
  if (kind != other.kind) return false;
  switch (kind) {
    case Kind::null:
      return true;
    case Kind::scalar:
      return same_scalar(text, other.text);
    case Kind::list:
      return std::ranges::equal(items, other.items,
                                [](const Node& a, const Node& b) { return a.same_text(b); });
    case Kind::map:
      break;
  }
  return entries.size() == other.entries.size() &&
         std::ranges::all_of(entries, [&](const Entry& entry) {
           const Node* twin = other.find(entry.key);
           return twin != nullptr && entry.value.same_text(*twin);
         });
}

std::vector<Leaf> leaves(const Node& node) {
  std::vector<Leaf> result;
  add_leaves(node, {}, result);
  return result;
}

std::string to_text(const Node& node) {
  std::string result;
  switch (node.kind) {
    case Node::Kind::null:
      return "~";
    case Node::Kind::scalar:
      return quoted(node.text);
    case Node::Kind::list:
      for (const Node& item : node.items) result += (result.empty() ? "" : ", ") + to_text(item);
      return "[" + result + "]";
    case Node::Kind::map:
      break;
  }
  for (const auto& entry : node.entries) {
    result += (result.empty() ? "" : ", ") + quoted(entry.key) + ": " + to_text(entry.value);
  }
  return "{" + result + "}";
}

}  // namespace portflow::spec
