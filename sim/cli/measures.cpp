// portflow measures: what can be switched on, and what one measure does.
#include "cli/measures.hpp"

#include <fmt/format.h>

#include "analysis/measures_page.hpp"
#include "cli/commands.hpp"
#include "cli/edited_text.hpp"
#include "cli/table.hpp"
#include "core/words.hpp"
#include "run/run.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string scenario{usual_scenario};
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

/// Whether a part would act in a run over this horizon.
std::string_view state_of(const policy::Part& part, const spec::Horizon& horizon) {
  const SimTime from = part.starts.value_or(SimTime::min());
  const SimTime to = part.ends.value_or(never);
  if (from >= horizon.until()) return "not yet";
  if (to <= horizon.from) return "over";
  return from <= horizon.from && to >= horizon.until() ? "all the time" : "part of the time";
}

/// The shares of a part's edits that are sourced and assumed.
spec::Evidence evidence_of_part(const policy::Part& part) {
  policy::Measure alone;
  alone.parts.push_back(part);
  return analysis::evidence_of(alone);
}

int list_measures(const Options& options) {
  const auto measures = measures_of(options.scenario);
  if (!measures) return complain(measures.error());
  run::Request request;
  request.scenario = options.scenario;
  const auto prepared = run::prepare(request);
  if (!prepared) return complain(prepared.error());
  const spec::Horizon& horizon = (*prepared)->scenario().horizon;
  Table table;
  table.heading = {"id", "from", "acts", "effects", "sourced", "assumed", "adoption", "title"};
  table.left = 8;
  for (const policy::Measure& measure : *measures) {
    if (measure.parts.size() > 1) {
      std::size_t effects = 0;
      for (const policy::Part& part : measure.parts) effects += part.effects.size();
      const spec::Evidence evidence = analysis::evidence_of(measure);
      table.rows.push_back({measure.id, "", "", std::to_string(effects),
                            fmt::format("{} of {}", evidence.sourced, effects),
                            fmt::format("{} of {}", evidence.assumption, effects), "",
                            measure.title.zh + "  " + measure.title.en +
                                (measure.institutional ? " (scenario)" : "")});
    }
    for (const policy::Part& part : measure.parts) {
      const spec::Evidence evidence = evidence_of_part(part);
      const std::size_t effects = part.effects.size();
      const bool whole = measure.parts.size() == 1;
      table.rows.push_back({(whole ? "" : "  ") + full_id(measure, part), when(part),
                            std::string(state_of(part, horizon)), std::to_string(effects),
                            fmt::format("{} of {}", evidence.sourced, effects),
                            fmt::format("{} of {}", evidence.assumption, effects),
                            part.adoption ? "by " + part.adoption->by : "everybody",
                            part.title.zh + "  " + part.title.en +
                                (whole && measure.institutional ? " (scenario)" : "")});
    }
  }
  fmt::print("{}in {}, which runs from {} to {}\n", table.text(), options.scenario,
             date_text(horizon.from), date_text(horizon.until()));
  return 0;
}

std::string_view word_of(spec::Confidence confidence) {
  static constexpr std::string_view words[] = {"sourced", "derived", "proxy", "assumption"};
  return words[static_cast<std::size_t>(confidence)];
}

void print_expectations(const policy::Measure& measure) {
  for (const auto& [kpi, direction] : measure.expect)
    fmt::print("expects {}: {}\n", kpi, direction);
  if (!measure.unchanged.empty()) fmt::print("leaves unchanged: {}\n", listed(measure.unchanged));
  if (!measure.overlaps.empty()) {
    fmt::print("acts on what these act on too, so do not add them up: {}\n",
               fmt::join(measure.overlaps, ", "));
  }
}

/// The fields that a part changes, with their old and new values in a scenario.
void print_changes(const policy::Measure& measure, const policy::Part& part,
                   const run::Edited& edited) {
  const std::string id = full_id(measure, part);
  fmt::print("\n{} from {}{}\n", id, when(part),
             part.name.empty() ? "" : "  " + part.title.zh + "  " + part.title.en);
  if (part.adoption) {
    const std::string where = part.adoption->where.text();
    fmt::print("  followed by a share of each {}{}{}\n", part.adoption->by,
               where.empty() ? "" : " where ", where);
  }
  for (const policy::Change& change : edited.changes) {
    if (change.part != id) continue;
    fmt::print("  {}: {} -> {}{}\n", change.path, change.before.empty() ? "nothing" : change.before,
               change.after.empty() ? "nothing" : change.after,
               change.where.empty() ? "" : fmt::format(" (where {})", change.where));
  }
  for (std::size_t i = 0; i < part.effects.size(); ++i) {
    const policy::Effect& effect = part.effects[i];
    const auto& from = effect.value.provenance;
    const std::string range = analysis::range_text(measure, part, i);
    fmt::print("  {}{}: {}{}\n",
               from && from->confidence ? word_of(*from->confidence) : "unsupported",
               from && !from->source.empty() ? " (" + from->source + ")" : "", effect.path_text,
               range.empty() ? "" : ", " + range);
  }
}

int show_measure(const Options& options) {
  const auto measures = run::load_measures(options.scenario, {options.id});
  if (!measures) return complain(measures.error());
  const auto edited = run::edited(options.scenario, *measures);
  if (!edited) return complain(edited.error());
  const policy::Measure& measure = measures->front();
  fmt::print("{}  {}\n     {}\n", measure.id, measure.title.zh, measure.title.en);
  if (!measure.clause.zh.empty()) fmt::print("\n{}\n{}\n", measure.clause.zh, measure.clause.en);
  if (measure.institutional) {
    fmt::print("\nits mechanism is an assumption: scenario, not forecast\n");
  }
  fmt::print("\nconcerns {}\naffects {}\n", measure.concerns.empty() ? "-" : measure.concerns,
             affected_text(*edited));
  fmt::print("\nfields changed in {}, and what the new values rest on ({}):\n", options.scenario,
             analysis::evidence_text(analysis::evidence_of(measure)));
  for (const policy::Part& part : measure.parts) print_changes(measure, part, *edited);
  fmt::print("\n{}\n", graphs_text(*edited));
  print_expectations(measure);
  if (!measure.settled.empty()) fmt::print("\n{}\n", measure.settled);
  return 0;
}

}  // namespace

Result<std::vector<policy::Measure>> measures_of(const std::string& scenario) {
  const std::string folder = run::measures_folder(scenario);
  if (folder.empty()) {
    return fail(Failure::input,
                "there is no folder 'measures' beside the scenario or one folder up",
                {scenario, 0, 0});
  }
  return run::all_measures(folder);
}

void add_measures(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add_command(app, face, "measures", "lists the measures beside a scenario, or shows one",
                  "  portflow measures scenarios/dalian/2024.yaml\n"
                  "  portflow measures show m04 --on scenarios/dalian/demo.yaml\n"
                  "  portflow measures effects m04 --into docs/measures.json\n"
                  "  portflow measures page docs/measures.json --into docs/measures.md");
  command->require_subcommand(0, 1);
  command->add_option("SCENARIO", options->scenario, "scenario whose measures are meant")
      ->capture_default_str();
  CLI::App* show =
      command->add_subcommand("show", "the clause, who is affected, fields and graphs changed");
  show->fallthrough();  // `--quiet` may stand behind it
  show->add_option("ID", options->id, "m04, one part (m07.a) or a measure file")->required();
  show->add_option("--on", options->scenario, "scenario that it is applied to")
      ->capture_default_str();
  add_measures_effects(*command, face);
  command->callback([command, options, show, &face] {
    if (!show->parsed() && !command->get_subcommands().empty()) return;  // that one acts
    face.action = [options, show] {
      return show->parsed() ? show_measure(*options) : list_measures(*options);
    };
  });
}

}  // namespace portflow::cli
