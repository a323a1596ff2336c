#include "spec/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace portflow::spec {
namespace {

bool quotes(const Node& node) {
  return node.is_scalar() && node.text.size() > 1 && node.text[0] == '$' &&
         is_name(std::string_view{node.text}.substr(1));
}

bool quotes_anywhere(const Node& node) {
  return quotes(node) || std::ranges::any_of(node.items, quotes_anywhere) ||
         std::ranges::any_of(node.entries,
                             [](const Node::Entry& entry) { return quotes_anywhere(entry.value); });
}

/// The parameters that steps below `node` adjust.
void find_learning(const Node& node, std::set<std::string>& out) {
  constexpr std::string_view prefix = "parameters.";
  for (const auto& entry : node.entries) {
    find_learning(entry.value, out);
    if (entry.key != "adjusts") continue;
    const auto target = [&](const Node& adjust) {
      const Node* on = adjust.find("on");
      if (on != nullptr && on->text.starts_with(prefix)) out.insert(on->text.substr(prefix.size()));
    };
    target(entry.value);
    for (const Node& adjust : entry.value.items) target(adjust);
  }
  for (const Node& item : node.items) find_learning(item, out);
}

/// Walks the tree and puts values in the place of their names.
class Substitution {
 public:
  Substitution(const Node* parameters, const std::set<std::string>& learning)
      : parameters_{parameters}, learning_{learning} {
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
    const Node* value = parameter->find("value");
    if (value == nullptr) return;
    node = *value;
    if (learning_.contains(name)) node.learns = name;
  }

  const Node* parameters_;
  const std::set<std::string>& learning_;
  std::vector<std::string> known_;
};

}  // namespace

Node substituted(const Node& root, const Spot& spot, const std::set<std::string>& learning) {
  Node result = root;
  std::set<std::string> adjusted = learning;
  find_learning(root, adjusted);
  if (const Node* parameters = root.find("parameters"); parameters != nullptr) {
    for (const auto& entry : parameters->entries) spot.notes().parameters.push_back(entry.key);
  }
  const Substitution substitution{root.find("parameters"), adjusted};
  for (auto& entry : result.entries) {
    if (entry.key != "parameters") {
      substitution.walk(entry.value, spot / entry.key);
    } else if (quotes_anywhere(entry.value)) {
      spot.complain(entry.place, "a parameter cannot quote another");
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
