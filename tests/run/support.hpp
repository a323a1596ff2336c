/// \file support.hpp
/// Scenarios prepared and run for tests, with every complaint shown where one fails.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "analysis/replicate.hpp"
#include "run/run.hpp"

namespace portflow::run_test {

inline std::string scenario(const std::string& name) {
  return PORTFLOW_SOURCE_DIR "/scenarios/" + name;
}

/// A file in a fresh folder of the build, gone with the object.
class Scratch {
 public:
  explicit Scratch(const std::string& name)
      : folder_(std::filesystem::path(PORTFLOW_BINARY_DIR) / "test-scratch" /
                (name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return path(name);
  }

 private:
  std::filesystem::path folder_;
};

inline std::string text_of(const Fault& fault) {
  std::string text;
  for (const Error& error : fault.errors) text += error.text() + "\n";
  return text;
}

/// Fails the test where the request is refused.
inline std::shared_ptr<const run::Prepared> prepare(const run::Request& request) {
  auto prepared = run::prepare(request);
  if (prepared) return *prepared;
  ADD_FAILURE() << text_of(prepared.error());
  return nullptr;
}

/// One replication with its figures and, if asked for, its entities.
inline analysis::Replication run_one(const run::Prepared& prepared,
                                     const analysis::RunOne& options = {}) {
  auto run = analysis::run_one(prepared, options);
  if (run) return std::move(*run);
  ADD_FAILURE() << text_of(run.error());
  return {};
}

}  // namespace portflow::run_test
