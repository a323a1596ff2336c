/// \file fields.hpp
/// A declarative reader of maps: each field states its name, its reader and its default once.
///
///     Fields fields{node, spot};
///     fields.required("servers", servers, read::number(count(0, 1e6)));
///     fields.defaulted("discipline", Node::scalar("fifo"), discipline, read::one_of(words));
///     fields.done();
///
/// A reader is anything callable as read(Node&, const Spot&, T&); it complains at the spot and
/// leaves T as it was when the text is wrong. done() refuses every key that nobody asked for.
/// Facility kinds read their own `settings` with it too.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/condition.hpp"
#include "spec/number.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// The keys of one map, each read at most once.
class Fields {
 public:
  /// Complains unless `node` is a map; every field then counts as absent and unmissed.
  Fields(Node& node, Spot spot);

  /// Reads `key`; complains when it is absent.
  template <class T, class Read>
  void required(std::string_view key, T& out, const Read& read) {
    if (Node* node = take(key)) {
      read(*node, spot_ / key, out);
    } else {
      miss(key);
    }
  }

  /// Reads `key` where it is present. \returns whether it is.
  template <class T, class Read>
  bool optional(std::string_view key, T& out, const Read& read) {
    Node* node = take(key);
    if (node != nullptr) read(*node, spot_ / key, out);
    return node != nullptr;
  }
  template <class T, class Read>
  bool optional(std::string_view key, std::optional<T>& out, const Read& read) {
    Node* node = take(key);
    if (node != nullptr) read(*node, spot_ / key, out.emplace());
    return node != nullptr;
  }

  /// Reads `key`; where it is absent, writes `value` into the tree (Node::defaulted) first.
  template <class T, class Read>
  void defaulted(std::string_view key, Node value, T& out, const Read& read) {
    if (Node* node = fill(key, std::move(value))) read(*node, spot_ / key, out);
  }

  /// The value under `key`, or null; counts as read.
  [[nodiscard]] Node* take(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const { return node_.find(key) != nullptr; }
  /// Notes that `key` is absent, for done() to complain about.
  void miss(std::string_view key);

  /// Refuses `key` as a word of the language that is not simulated yet; `instead` says what
  /// holds for now, if anything need be said.
  void not_yet(std::string_view key, std::string_view instead = {});

  /// Complains about keys that were never asked for and about those that are missing; where
  /// the one is the other misspelt, once.
  void done() const;

  [[nodiscard]] const Spot& spot() const noexcept { return spot_; }
  [[nodiscard]] Node& node() const noexcept { return node_; }

 private:
  [[nodiscard]] Node* fill(std::string_view key, Node value);

  Node& node_;
  Spot spot_;
  std::vector<std::string> known_, missed_, later_;
};

/// Calls each(name, Node&, Spot) for the entries of a map of freely named things, whose names
/// it checks. Complains unless `node` is a map.
template <class Each>
void each_entry(Node& node, const Spot& spot, const Each& each);

/// Calls each(Node&, Spot) for the items of a list, or for a single value in place of a list.
template <class Each>
void each_item(Node& node, const Spot& spot, const Each& each);

/// Complains unless `node` is a map, and about its keys that cannot be names. \returns whether
/// it is a map.
bool check_names(const Node& node, const Spot& spot);
/// Complains unless `node` is of `kind` (`a map`, `a list`, `one word or number`).
bool check_kind(const Node& node, Node::Kind kind, const Spot& spot);

[[nodiscard]] Node empty_list();
[[nodiscard]] Node empty_map();

template <class Each>
void each_entry(Node& node, const Spot& spot, const Each& each) {
  if (!check_names(node, spot)) return;
  for (auto& entry : node.entries) each(entry.key, entry.value, spot / entry.key);
}

template <class Each>
void each_item(Node& node, const Spot& spot, const Each& each) {
  if (!node.is_list()) return each(node, spot);
  for (std::size_t i = 0; i < node.items.size(); ++i) each(node.items[i], spot.item(i));
}

/// Readers for Fields.
namespace read {

/// Any text.
void text(const Node& node, const Spot& spot, std::string& out);
/// A single name.
void name(const Node& node, const Spot& spot, std::string& out);
/// One name, or a list of them; refuses repetitions.
void names(const Node& node, const Spot& spot, std::vector<std::string>& out);
/// `true` or `false`; nothing else will do.
void flag(const Node& node, const Spot& spot, bool& out);
/// A date or a date with a time of day, +08:00 unless said.
void date(const Node& node, const Spot& spot, SimTime& out);
/// `text`, or `{zh: .., en: ..}`.
void label(Node& node, const Spot& spot, Label& out);
/// A condition; its names are noted as a mention.
void condition(const Node& node, const Spot& spot, Condition& out);

/// A number in base units; a Duration is rounded to whole milliseconds.
struct NumberReader {
  Number number;
  void operator()(const Node& node, const Spot& spot, double& out) const;
  void operator()(const Node& node, const Spot& spot, Duration& out) const;
};
[[nodiscard]] inline NumberReader number(Number number) {
  return {number};
}

/// A number, a ramp, a number by attribute or, where `attributes`, the name of an attribute.
struct AmountReader {
  Number number;
  bool attributes{false};
  void operator()(Node& node, const Spot& spot, Amount& out) const;
};
[[nodiscard]] inline AmountReader amount(Number number, bool attributes = false) {
  return {number, attributes};
}

/// A distribution, a plain number, or one of these by attribute.
struct TakesReader {
  Number number;
  void operator()(Node& node, const Spot& spot, Takes& out) const;
  void operator()(Node& node, const Spot& spot, Distribution& out) const;
};
[[nodiscard]] inline TakesReader takes(Number number) {
  return {number};
}

/// One of a few words, as itself or as the enumerator of that position.
struct WordReader {
  std::vector<std::string> words;
  void operator()(const Node& node, const Spot& spot, std::string& out) const;
  template <class E>
  void operator()(const Node& node, const Spot& spot, E& out) const {
    std::string word;
    (*this)(node, spot, word);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == word) out = static_cast<E>(i);
    }
  }
};
[[nodiscard]] inline WordReader one_of(std::initializer_list<std::string> words) {
  return {std::vector<std::string>{words}};
}

/// A name that must be declared elsewhere.
struct MentionReader {
  Mention::What what;
  void operator()(const Node& node, const Spot& spot, std::string& out) const;
  void operator()(const Node& node, const Spot& spot, std::vector<std::string>& out) const;
};
[[nodiscard]] inline MentionReader mention(Mention::What what) {
  return {what};
}

}  // namespace read

}  // namespace portflow::spec
