/// \file node.hpp
/// A scenario as a tree of text: what YAML says, with the place of every word.
///
/// The tree is the common ground of reading, measures and validation. Reading makes it,
/// measures edit it by path, binding turns it into typed structures and fills in defaults.
/// Every node knows its file, line and column, so an error after ten edits still points at
/// the line that somebody wrote. Keys keep the order of the file; no two keys of a map are
/// equal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace portflow::spec {

/// How well a number is supported by evidence.
enum class Confidence : std::uint8_t { sourced, derived, proxy, assumption };

/// Where a number comes from; the keys `source`, `confidence` and `note` of a map, which hold
/// for every number beneath it that does not say otherwise.
struct Provenance {
  std::string
      source;  ///< key into the scenario's `sources`; empty where only a confidence is given
  std::optional<Confidence> confidence;
  std::string note;
};

/// One node of the tree: nothing, a word, a map or a list.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, map, list };

  struct Entry;

  Kind kind{Kind::null};
  std::string text;                      ///< scalars: as written, without quotes
  std::vector<Entry> entries;            ///< maps
  std::vector<Node> items;               ///< lists
  Place place;                           ///< where the value starts
  std::optional<Provenance> provenance;  ///< maps only
  bool defaulted{false};                 ///< filled in by binding, not written by anybody
  std::string learns;  ///< the parameter whose value stands here, if some step adjusts it

  [[nodiscard]] bool is_map() const noexcept { return kind == Kind::map; }
  [[nodiscard]] bool is_list() const noexcept { return kind == Kind::list; }
  [[nodiscard]] bool is_scalar() const noexcept { return kind == Kind::scalar; }

  /// The value under `key`; null when this is no map or has no such key.
  [[nodiscard]] const Node* find(std::string_view key) const noexcept;
  [[nodiscard]] Node* find(std::string_view key) noexcept;

  [[nodiscard]] static Node scalar(std::string text, Place place = {});

  /// Equal in meaning of text: same kind, words, keys (in any order) and items; places,
  /// provenance and spaces within numbers with units (`10 %`, `10%`) do not count.
  [[nodiscard]] bool same_text(const Node& other) const;
};

struct Node::Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

/// A word or number of a tree, and where it stands: `facilities.gate.resources.lane.servers`, `4`.
struct Leaf {
  std::string path, text;
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

/// Every leaf of `node`, keys in alphabetical order: trees that mean the same have the same leaves.
[[nodiscard]] std::vector<Leaf> leaves(const Node& node);

/// One line of flow-style YAML for messages and listings: `{lognormal: [3 h, 0.5]}`.
[[nodiscard]] std::string to_text(const Node& node);

}  // namespace portflow::spec
