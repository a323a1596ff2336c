#include "spec/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace portflow::spec {
namespace {

bool quotes(const Node& node) {
  return node.is_scalar() && node.text.size() > 1 && node.text[0] == '$' &&
         is_name(std::string_view{node.text}.substr(1));
}

/// Parameters stand by themselves, so that no two of them can wait for each other.
void refuse_quotes(const Node& node, const Spot& spot) {
  if (quotes(node)) {
    return spot.complain(node.place,
                         fmt::format("a parameter cannot quote another (`{}`)", node.text));
  }
  for (const auto& entry : node.entries) refuse_quotes(entry.value, spot / entry.key);
  for (std::size_t i = 0; i < node.items.size(); ++i) refuse_quotes(node.items[i], spot.item(i));
}

/// Walks the tree and puts values in the place of their names.
class Substitution {
 public:
  explicit Substitution(const Node* parameters) : parameters_{parameters} {
    if (parameters == nullptr) return;
    for (const auto& entry : parameters->entries) known_.push_back(entry.key);
  }

  void walk(Node& node, const Spot& spot) const {
    if (quotes(node)) return replace(node, spot);
    for (auto& entry : node.entries) walk(entry.value, spot / entry.key);
    for (std::size_t i = 0; i < node.items.size(); ++i) walk(node.items[i], spot.item(i));
  }

 private:
  void replace(Node& node, const Spot& spot) const {
    const auto name = node.text.substr(1);
    const Node* parameter = parameters_ == nullptr ? nullptr : parameters_->find(name);
    if (parameter == nullptr) {
      return spot.complain(node.place,
                           fmt::format("no parameter `{}`{}", name, did_you_mean(name, known_)));
    }
    if (const Node* value = parameter->find("value")) node = *value;
  }

  const Node* parameters_;
  std::vector<std::string> known_;
};

}  // namespace

Node substituted(const Node& root, const Spot& spot) {
  Node result = root;
  const Substitution substitution{root.find("parameters")};
  for (auto& entry : result.entries) {
    if (entry.key != "parameters") {
      substitution.walk(entry.value, spot / entry.key);
    } else {
      refuse_quotes(entry.value, spot / entry.key);
    }
  }
  return result;
}

void copy_defaults(const Node& bound, Node& root) {
  if (bound.is_map() && root.is_map()) {
    for (const auto& entry : bound.entries) {
      if (Node* twin = root.find(entry.key)) {
        copy_defaults(entry.value, *twin);
      } else if (entry.value.defaulted) {
        root.entries.push_back(entry);
      }
    }
  }
  if (bound.is_list() && root.is_list() && bound.items.size() == root.items.size()) {
    for (std::size_t i = 0; i < bound.items.size(); ++i)
      copy_defaults(bound.items[i], root.items[i]);
  }
}

}  // namespace portflow::spec
