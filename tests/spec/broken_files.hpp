/// \file broken_files.hpp
/// Folders of broken files, each of which is refused with exactly the words of its `.expected`
/// sibling: `misspelt.yaml`, `misspelt.expected`.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace portflow::test {

/// Stems of the `.yaml` files of `folder`, relative to the sources, in alphabetical order.
inline std::vector<std::string> yaml_stems(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{PORTFLOW_SOURCE_DIR "/" + folder}) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

/// One line an error, as a user sees it.
inline std::string text_of(const Errors& errors) {
  std::string text;
  for (const Error& error : errors) text += error.text() + "\n";
  return text;
}

/// A test with the stem of one broken file, run within its folder so that names in messages stay
/// short.
class BrokenFile : public testing::TestWithParam<std::string> {
 protected:
  explicit BrokenFile(const std::string& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(PORTFLOW_SOURCE_DIR "/" + folder);
  }
  ~BrokenFile() override { std::filesystem::current_path(before_); }

  [[nodiscard]] static std::string file() { return GetParam() + ".yaml"; }
  /// What it is to be refused with; empty where nobody has written that down.
  [[nodiscard]] static std::string expected() {
    std::ifstream stream{GetParam() + ".expected"};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }

 private:
  std::filesystem::path before_;
};

}  // namespace portflow::test
