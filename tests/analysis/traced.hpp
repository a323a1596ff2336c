/// \file traced.hpp
/// Runs a scenario and leaves its trace in the build folder's scratch, gone with the object.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/record.hpp"
#include "trace/writer.hpp"

namespace portflow::test {

class Traced {
 public:
  /// Runs the scenario file `path` (from the top of the source tree, or absolute) with fields set
  /// as by `--set`. A failure fails the test.
  explicit Traced(const std::string& path, trace::Detail level = trace::Detail::full,
                  const std::vector<std::string>& settings = {}, std::uint64_t seed = 1);
  /// Runs the scenario that `text` is, where it is none of a file.
  static std::unique_ptr<Traced> of_text(const std::string& text);
  ~Traced();
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The trace, opened.
  [[nodiscard]] std::unique_ptr<analysis::Record> record() const;

 private:
  std::string path_;
};

}  // namespace portflow::test
