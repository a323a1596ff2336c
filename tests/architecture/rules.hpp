/// \file rules.hpp
/// The rules of docs/architecture.md that a machine can hold: who includes whom, which library
/// stays behind which folder, folder = namespace, and how long a file may be.
///
/// Each rule takes the text of a file, so that made-up files can be judged too.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace portflow::architecture {

/// A folder of the tree and what its files may include.
struct Layer {
  std::string_view folder;                    ///< `sim/kernel`, `viz`, ...
  std::string_view name_space;                ///< the only one that its files may open
  std::vector<std::string_view> may_include;  ///< by last word: `core`, `spec`; itself always
};

/// Every folder that holds C++ of the product. A folder without a row here is refused.
[[nodiscard]] const std::vector<Layer>& layers();

/// The row of `file` (a path from the root of the tree); null outside of the product.
[[nodiscard]] const Layer* layer_of(std::string_view file);

/// One `file:line: sentence` for each include that the rules refuse.
/// Files under tests/ and bench/ may include every layer, but no library of somebody else.
[[nodiscard]] std::vector<std::string> bad_includes(const std::string& file,
                                                    const std::string& text);

/// One complaint for each namespace that is not the folder's own.
[[nodiscard]] std::vector<std::string> bad_namespaces(const std::string& file,
                                                      const std::string& text);

/// Longest file that is still read in one sitting, in lines.
inline constexpr std::size_t longest = 400;

/// A complaint if the file is longer than that.
[[nodiscard]] std::vector<std::string> bad_length(const std::string& file, const std::string& text);

/// A target that CMake links to a module although the folder may not include it.
[[nodiscard]] std::vector<std::string> bad_links(const std::string& file, const std::string& text);

/// Every .hpp and .cpp below the given folders of `root`, as paths from `root`, sorted.
[[nodiscard]] std::vector<std::string> sources(const std::filesystem::path& root,
                                               const std::vector<std::string>& folders);

[[nodiscard]] std::string contents(const std::filesystem::path& path);

}  // namespace portflow::architecture
