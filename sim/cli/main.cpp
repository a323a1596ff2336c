// portflow: the command line. A thin face: it reads options, calls analysis and run, prints.
#include <fmt/core.h>

#include <algorithm>
#include <csignal>
#include <exception>

#include "cli/commands.hpp"
#include "core/words.hpp"

namespace {

/// Every name that could have been meant at this level: commands, and long options of it and above.
std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

/// The command that was given, as deep as it goes.
const CLI::App& given(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : given(*commands.front());
}

int refuse_usage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = given(app);
  std::vector<std::string> unknown = app.remaining(true);
  // The words after a wrong option or command are most likely its values: no faults of theirs.
  const auto option =
      std::ranges::find_if(unknown, [](const std::string& word) { return word.starts_with("-"); });
  if (option != unknown.end()) {
    std::erase_if(unknown, [](const std::string& word) { return !word.starts_with("-"); });
  } else if (!unknown.empty()) {
    unknown.resize(1);
  }
  for (const std::string& word : unknown) {
    const std::string close = portflow::nearest(word.substr(0, word.find('=')), names_of(command));
    fmt::print(stderr, "portflow: unknown '{}'{}\n", word,
               close.empty() ? "" : "; did you mean '" + close + "'?");
  }
  if (unknown.empty()) fmt::print(stderr, "portflow: {}\n", error.what());
  std::string path = command.get_name();
  for (const CLI::App* up = command.get_parent(); up != nullptr; up = up->get_parent()) {
    path = up->get_name() + " " + path;
  }
  fmt::print(stderr, "See '{} --help'.\n", path);
  return static_cast<int>(portflow::Failure::input);
}

}  // namespace

int main(int argc, char** argv) {
  // A file that grows beyond what the shell allows is a disk fault like any other.
  std::signal(SIGXFSZ, SIG_IGN);
  portflow::cli::Face face;
  CLI::App app{"Simulates a port, box by box and passenger by passenger, and what measures change.",
               "portflow"};
  app.set_version_flag("--version", "portflow " PORTFLOW_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  portflow run scenarios/small/one_berth.yaml\n"
      "  portflow compare scenarios/dalian/demo.yaml --with m04 --replications 5\n"
      "Exit codes: 0 done, 1 a bug of ours, 2 bad input or usage, 3 deadlock, 4 a limit reached "
      "or\n"
      "interrupted, 5 disk or file fault.");
  portflow::cli::add_run(app, face);
  portflow::cli::add_compare(app, face);
  portflow::cli::add_ablate(app, face);
  portflow::cli::add_sweep(app, face);
  portflow::cli::add_screen(app, face);
  portflow::cli::add_report(app, face);
  portflow::cli::add_measures(app, face);
  portflow::cli::add_check(app, face);
  portflow::cli::add_trace(app, face);
  portflow::cli::add_why(app, face);
  portflow::cli::add_verify(app, face);
  portflow::cli::add_validate(app, face);
  portflow::cli::add_calibrate(app, face);
  portflow::cli::add_sensitivity(app, face);
  try {
    app.parse(argc, argv);
    return face.action();
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0 ? app.exit(error) : refuse_usage(app, error);
  } catch (const std::exception& bug) {
    fmt::print(stderr, "portflow: a bug of ours: {}\n", bug.what());
    return static_cast<int>(portflow::Failure::bug);
  }
}
