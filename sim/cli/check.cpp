// portflow check: every error of scenario, measure and package files at once.
#include <fmt/core.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "io/read.hpp"
#include "policy/compile.hpp"
#include "run/measures.hpp"
#include "run/run.hpp"

namespace portflow::cli {
namespace {

int check_scenario(const Face& face, const std::string& path) {
  run::Request request;
  request.scenario = path;
  const auto prepared = run::prepare(request);
  if (!prepared) return complain(prepared.error());
  if (!face.quiet) warn((*prepared)->warnings());
  const spec::Evidence& evidence = (*prepared)->evidence();
  fmt::print("{}: good; numbers: {} sourced, {} derived, {} proxy, {} assumption, {} unsupported\n",
             path, evidence.sourced, evidence.derived, evidence.proxy, evidence.assumption,
             evidence.unsupported);
  return 0;
}

int check_measure(spec::Node root, const std::string& path) {
  const auto measure = policy::bind_measure(std::move(root), path);
  if (!measure) return complain(measure.error());
  std::size_t effects = 0;
  for (const policy::Part& part : measure->parts) effects += part.effects.size();
  fmt::print(
      "{}: good; measure {} with {} effects (against a scenario: portflow run SCENARIO --with "
      "{})\n",
      path, measure->id, effects, path);
  return 0;
}

int check_package(const std::string& path) {
  const auto measures = run::read_package(path);
  if (!measures) return complain(measures.error());
  fmt::print("{}: good; a package of {} measures\n", path, measures->size());
  return 0;
}

/// What a file is, is told by what only such files have.
int check_file(const Face& face, const std::string& path) {
  auto loaded = io::load(path);
  if (!loaded) return complain(loaded.error());
  const spec::Node& root = loaded->root;
  if (root.find("effects") != nullptr || root.find("parts") != nullptr) {
    return check_measure(std::move(loaded->root), path);
  }
  if (root.find("measures") != nullptr) return check_package(path);
  return check_scenario(face, path);
}

}  // namespace

void add_check(CLI::App& app, Face& face) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* command =
      add_command(app, face, "check", "reports every error of scenarios, measures and packages",
                  "  portflow check scenarios/dalian/2023.yaml\n"
                  "  portflow check scenarios/measures/*.yaml");
  command->add_option("FILE", *files, "scenario, measure or package files")->required();
  command->callback([files, &face] {
    face.action = [files, &face] {
      int worst = 0;
      for (const std::string& file : *files) worst = std::max(worst, check_file(face, file));
      return worst;
    };
  });
}

}  // namespace portflow::cli
