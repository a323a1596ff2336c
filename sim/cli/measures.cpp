// portflow measures: what can be switched on, and what one measure does.
#include "run/measures.hpp"

#include <fmt/core.h>

#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "core/words.hpp"
#include "run/run.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string scenario{"scenarios/dalian/2023.yaml"};
  std::string id;
};

/// `2024-06-01`, with the time of day where it is not midnight.
std::string date_text(SimTime at) {
  const std::string text = to_text(at);
  return at == midnight(date_of(at)) ? text.substr(0, 10) : text;
}

std::string when(const policy::Part& part) {
  std::string text = part.starts ? date_text(*part.starts) : std::string("always");
  if (part.ends) text += " to " + date_text(*part.ends);
  return text;
}

std::string full_id(const policy::Measure& measure, const policy::Part& part) {
  return part.name.empty() ? measure.id : measure.id + "." + part.name;
}

Result<std::vector<policy::Measure>> measures_of(const std::string& scenario) {
  const std::string folder = run::measures_folder(scenario);
  if (folder.empty()) {
    return fail(Failure::input,
                "there is no folder 'measures' beside the scenario or one folder up",
                {scenario, 0, 0});
  }
  return run::all_measures(folder);
}

int list_measures(const Options& options) {
  const auto measures = measures_of(options.scenario);
  if (!measures) return complain(measures.error());
  Table table;
  table.heading = {"id", "from", "effects", "sourced", "adoption", "title"};
  table.left = 6;
  for (const policy::Measure& measure : *measures) {
    for (const policy::Part& part : measure.parts) {
      std::size_t sourced = 0;
      for (const policy::Effect& effect : part.effects) {
        const auto& from = effect.value.provenance;
        if (from && from->confidence == spec::Confidence::sourced) ++sourced;
      }
      table.rows.push_back(
          {full_id(measure, part), when(part), std::to_string(part.effects.size()),
           fmt::format("{} of {}", sourced, part.effects.size()),
           part.adoption ? "by " + part.adoption->by : "everybody",
           part.title.zh + "  " + part.title.en + (measure.institutional ? " (scenario)" : "")});
    }
  }
  fmt::print("{}", table.text());
  return 0;
}

std::string_view word_of(policy::Operation operation) {
  static constexpr std::string_view words[] = {"set",     "scale",  "add",     "at_least",
                                               "at_most", "insert", "include", "exclude"};
  return words[static_cast<std::size_t>(operation)];
}

std::string_view word_of(spec::Confidence confidence) {
  static constexpr std::string_view words[] = {"sourced", "derived", "proxy", "assumption"};
  return words[static_cast<std::size_t>(confidence)];
}

void print_effect(const policy::Effect& effect) {
  fmt::print("  {}\n", effect.path_text);
  if (effect.was) fmt::print("    was       {}\n", spec::to_text(*effect.was));
  fmt::print("    {:<9} {}\n", word_of(effect.operation), spec::to_text(effect.value));
  if (const auto& from = effect.value.provenance) {
    fmt::print("    {}{}{}\n", from->confidence ? word_of(*from->confidence) : "unsupported",
               from->source.empty() ? "" : ": ", from->source);
  }
}

void print_expectations(const policy::Measure& measure) {
  for (const auto& [kpi, direction] : measure.expect)
    fmt::print("expects {}: {}\n", kpi, direction);
  if (!measure.unchanged.empty()) fmt::print("leaves unchanged: {}\n", listed(measure.unchanged));
}

/// The fields of the scenario that it changes, with their old and new values.
int print_changes(const Options& options) {
  run::Request request;
  request.scenario = options.scenario;
  request.measures = {options.id};
  const auto prepared = run::prepare(request);
  if (!prepared) return complain(prepared.error());
  fmt::print("\nin {}:\n", options.scenario);
  for (const policy::Change& change : (*prepared)->compiled().changes) {
    fmt::print("  {}: {} -> {}{}\n", change.path, change.before.empty() ? "nothing" : change.before,
               change.after.empty() ? "nothing" : change.after,
               change.where.empty() ? "" : fmt::format(" (where {})", change.where));
  }
  warn((*prepared)->warnings());
  return 0;
}

int show_measure(const Options& options) {
  const auto measures = run::load_measures(options.scenario, {options.id});
  if (!measures) return complain(measures.error());
  const policy::Measure& measure = measures->front();
  fmt::print("{}  {}\n     {}\n", measure.id, measure.title.zh, measure.title.en);
  if (!measure.clause.zh.empty()) fmt::print("\n{}\n{}\n", measure.clause.zh, measure.clause.en);
  if (!measure.concerns.empty()) fmt::print("\nconcerns {}\n", measure.concerns);
  if (measure.institutional) fmt::print("its mechanism is an assumption: scenario, not forecast\n");
  for (const policy::Part& part : measure.parts) {
    fmt::print("\n{} from {}\n", full_id(measure, part), when(part));
    if (part.adoption) {
      const std::string where = part.adoption->where.text();
      fmt::print("  followed by a share of each {}{}{}\n", part.adoption->by,
                 where.empty() ? "" : " where ", where);
    }
    for (const policy::Effect& effect : part.effects) print_effect(effect);
  }
  fmt::print("\n");
  print_expectations(measure);
  if (!measure.settled.empty()) fmt::print("\n{}\n", measure.settled);
  return print_changes(options);
}

}  // namespace

void add_measures(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add_command(app, face, "measures", "lists the measures beside a scenario, or shows one",
                  "  portflow measures scenarios/dalian/2023.yaml\n"
                  "  portflow measures show m04");
  command->require_subcommand(0, 1);
  command->add_option("SCENARIO", options->scenario, "scenario whose measures are meant")
      ->capture_default_str();
  CLI::App* show = command->add_subcommand("show", "the clause, the edits and the fields changed");
  show->add_option("ID", options->id, "m04, one part (m07.a) or a measure file")->required();
  show->add_option("SCENARIO", options->scenario, "scenario that it is applied to")
      ->capture_default_str();
  command->callback([options, show, &face] {
    face.action = [options, show] {
      return show->parsed() ? show_measure(*options) : list_measures(*options);
    };
  });
}

}  // namespace portflow::cli
