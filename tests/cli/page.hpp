/// \file page.hpp
/// The commands of a page of the documentation, and what it says that they print.
#pragma once

#include <string>
#include <vector>

namespace portflow::test {

/// A command of a ```console block, without its `portflow `, and the lines below it.
struct Example {
  std::string command, output;
};

[[nodiscard]] std::vector<Example> examples_of(const std::string& page);

/// The commands that stand indented in a page, which make what the examples look at.
[[nodiscard]] std::vector<std::string> preparations_of(const std::string& page);

/// How long a run took is no promise.
[[nodiscard]] std::string without_seconds(const std::string& text);

/// Whether a page that ends an output with `...` says how it begins.
[[nodiscard]] bool says(const std::string& expected, const std::string& printed);

}  // namespace portflow::test
