#include "analysis/traced.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "analysis/replicate.hpp"
#include "procedure/watch.hpp"
#include "run/run.hpp"

namespace portflow::test {

namespace fs = std::filesystem;

Traced::Traced(const std::string& scenario, trace::Detail level,
               const std::vector<std::string>& settings, std::uint64_t seed) {
  static int counter = 0;
  const fs::path folder = fs::path(PORTFLOW_BINARY_DIR) / "scratch";
  fs::create_directories(folder);
  path_ = (folder / fmt::format("traced-{}-{}.h5", ::getpid(), ++counter)).string();
  run::Request request;
  request.scenario = (fs::path(PORTFLOW_SOURCE_DIR) / scenario).string();
  request.settings = settings;
  request.seed = seed;
  const auto prepared = run::prepare(request);
  if (!prepared) {
    ADD_FAILURE() << prepared.error().errors.front().text();
    return;
  }
  const auto run = analysis::run_one(
      **prepared, {.threads = 1,
                   .trace = analysis::TraceFile{.path = path_, .level = level, .force = true},
                   .progress = {}});
  if (!run) ADD_FAILURE() << run.error().errors.front().text();
}

std::unique_ptr<Traced> Traced::of_text(const std::string& text) {
  const procedure_test::ScratchFile file(text);
  return std::make_unique<Traced>(file.path());
}

Traced::~Traced() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::unique_ptr<analysis::Record> Traced::record() const {
  auto record = analysis::Record::open(path_);
  if (!record) {
    ADD_FAILURE() << record.error().errors.front().text();
    return nullptr;
  }
  return std::move(*record);
}

}  // namespace portflow::test
