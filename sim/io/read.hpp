/// \file read.hpp
/// YAML text to trees. The only place that knows yaml-cpp.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "spec/node.hpp"

namespace portflow::io {

/// A file and the files it extends, merged.
struct Loaded {
  spec::Node root;
  std::vector<std::string> files;  ///< every file read, in the order of reading
  std::string text;                ///< their contents, joined under `# file: name` headings
};

/// Reads one YAML text. Refused: syntax errors, duplicate keys, aliases and tags, `<<`.
/// The keys source, confidence and note of a map become its Provenance.
/// \param name  the file name that errors carry
[[nodiscard]] Result<spec::Node> parse(const std::string& text, const std::string& name);

/// Reads a scenario file. `extends: other.yaml` (or a list, paths relative to the file) is
/// merged beneath it: maps key by key, all else replaced by what is on top.
[[nodiscard]] Result<Loaded> load(const std::string& path);

}  // namespace portflow::io
