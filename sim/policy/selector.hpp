/// \file selector.hpp
/// Paths that select fields of a tree: `procedures.{import_lot,export_lot}.steps.*.priority`.
///
/// Segments are keys; `{a,b}` names several, each of which must exist, and `*` stands for all.
/// In a list, a segment is the `item` of an entry (costs) or its index from 0.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "spec/node.hpp"

namespace portflow::policy {

/// Where a selected field is: keys, with list items by index.
using Path = std::vector<std::string>;

/// The segments of a selector, or what is wrong with its form.
[[nodiscard]] tl::expected<std::vector<std::string>, std::string> split_selector(
    std::string_view text);

/// The fields that `segments` select, in path order.
/// \param absent_end  a last key that does not exist selects the place where it would be
/// \returns a sentence that names the deepest level reached and the nearest key there.
[[nodiscard]] tl::expected<std::vector<Path>, std::string> select(
    const spec::Node& root, const std::vector<std::string>& segments, bool absent_end = false);

/// The node at `path`; null where there is none.
[[nodiscard]] const spec::Node* at(const spec::Node& root, const Path& path);
[[nodiscard]] spec::Node* at(spec::Node& root, const Path& path);

/// The tree, but of each map on the way along `path` only the entry that leads on: what edits of
/// one field need of a scenario, of which a copy costs a hundred times more.
[[nodiscard]] spec::Node pruned(const spec::Node& root, std::span<const std::string> path);

/// `procedures.call.steps`.
[[nodiscard]] std::string to_text(const Path& path);

}  // namespace portflow::policy
