// portflow check: every error of scenario, measure and package files at once.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "run/inspect.hpp"

namespace portflow::cli {
namespace {

int check_file(const Face& face, const std::string& path) {
  const auto inspected = run::inspect(path);
  if (!inspected) return complain(inspected.error());
  if (!face.quiet) warn(inspected->warnings);
  const spec::Evidence& evidence = inspected->evidence;
  switch (inspected->kind) {
    case run::Inspected::Kind::measure:
      fmt::print("{}: good; measure {}, effects: {}\n", path, inspected->name, inspected->size);
      break;
    case run::Inspected::Kind::package:
      fmt::print("{}: good; package, measures: {}\n", path, inspected->size);
      break;
    case run::Inspected::Kind::scenario:
      fmt::print(
          "{}: good; {}numbers: {} sourced, {} derived, {} proxy, {} assumption, {} unsupported\n",
          path,
          inspected->size > 0 ? fmt::format("disturbances: {}; ", inspected->size) : std::string{},
          evidence.sourced, evidence.derived, evidence.proxy, evidence.assumption,
          evidence.unsupported);
      break;
  }
  return 0;
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
