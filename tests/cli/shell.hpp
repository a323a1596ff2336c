/// \file shell.hpp
/// Runs the program as its users do.
#pragma once

#include <string>

namespace portflow::test {

/// What a command printed and how it ended.
struct Said {
  int code{0};
  std::string out, err;
};

/// Runs `portflow ARGUMENTS` (a shell's words) at the top of the source tree.
[[nodiscard]] Said portflow(const std::string& arguments);

/// The same in another folder, which then is also where its words are looked up.
[[nodiscard]] Said portflow_in(const std::string& folder, const std::string& arguments);

/// The text of a file; empty when there is none.
[[nodiscard]] std::string text_of(const std::string& path);

/// A fresh path for a file of this test, in the build folder's scratch; nothing is there.
[[nodiscard]] std::string scratch(const std::string& name);

}  // namespace portflow::test
