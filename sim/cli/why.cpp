// portflow why: what held up one entity, the worst of a KPI, or what two policies made of them.
#include <fmt/core.h>

#include "analysis/why_json.hpp"
#include "cli/commands.hpp"
#include "cli/why_between_text.hpp"
#include "cli/why_kpi_text.hpp"
#include "cli/why_text.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string trace, entity, kpi, json;
  std::vector<std::string> between;
  std::size_t worst{0};
  bool finished{false};
};

/// Prints what was found, and writes it where asked.
int give(const Options& options, const std::string& text, const std::string& json) {
  fmt::print("{}", text);
  if (options.json.empty()) return 0;
  const auto written = write_text(options.json, json);
  return written ? 0 : complain(written.error());
}

int tell_story(const analysis::Record& record, const Options& options) {
  const auto entity = record.directory().read(options.entity);
  if (!entity) return complain(entity.error());
  const auto story = analysis::story_of(record, *entity, options.kpi);
  if (!story) return complain(story.error());
  return give(options, story_text(record, *story), analysis::to_json(record, *story));
}

int list_worst(const analysis::Record& record, const Options& options) {
  const auto among = options.finished ? analysis::Among::done : analysis::Among::all;
  const auto worst = analysis::worst_of(record, options.kpi, options.worst, among);
  if (!worst) return complain(worst.error());
  return give(options, worst_text(record, *worst), analysis::to_json(record, *worst));
}

int explain_kpi(const analysis::Record& record, const Options& options) {
  const auto causes = analysis::causes_of(record, options.kpi);
  if (!causes) return complain(causes.error());
  return give(options, kpi_causes_text(record, *causes), analysis::to_json(record, *causes));
}

int explain_difference(const Face& face, const Options& options) {
  const auto a = analysis::Record::open(options.between[0]);
  if (!a) return complain(a.error());
  const auto b = analysis::Record::open(options.between[1]);
  if (!b) return complain(b.error());
  const analysis::Arms arms{**a, **b};
  if (const std::string unlike = analysis::unlike(arms); !unlike.empty() && !face.quiet) {
    fmt::print(stderr, "remark: {}, so entities of one name need not be the same\n", unlike);
  }
  if (options.worst > 0) {
    const auto movers = analysis::most_different(arms, options.kpi, options.worst);
    if (!movers) return complain(movers.error());
    return give(options, movers_text(arms, *movers), analysis::to_json(arms, *movers));
  }
  const auto entity = analysis::read_name(arms, options.entity);
  if (!entity) return complain(entity.error());
  const auto versus = analysis::versus(arms, *entity, options.kpi);
  if (!versus) return complain(versus.error());
  return give(options, versus_text(arms, *versus), analysis::to_json(arms, *versus));
}

/// What the options leave open; empty where they are clear.
std::string unclear(const Options& options) {
  if (options.trace.empty() == options.between.empty()) {
    return "either TRACE or --between A B is required";
  }
  if (options.entity.empty() && options.worst == 0) {
    if (!options.between.empty()) return "--entity or --worst is required";
    if (options.kpi.empty()) return "--entity, --worst or --kpi is required";
  }
  if (options.finished && (options.worst == 0 || !options.between.empty())) {
    return "--finished goes with --worst and one TRACE";
  }
  return {};
}

int explain(const Face& face, const Options& options) {
  if (const std::string why = unclear(options); !why.empty()) {
    fmt::print(stderr, "portflow: {}\nSee 'portflow why --help'.\n", why);
    return static_cast<int>(Failure::input);
  }
  if (!options.json.empty()) {
    if (auto writable = can_write(options.json); !writable) return complain(writable.error());
  }
  if (!options.between.empty()) return explain_difference(face, options);
  const auto record = analysis::Record::open(options.trace);
  if (!record) return complain(record.error());
  if (options.worst > 0) return list_worst(**record, options);
  return options.entity.empty() ? explain_kpi(**record, options) : tell_story(**record, options);
}

}  // namespace

void add_why(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(app, face, "why", "what held up an entity, cause by cause",
                                  "  portflow why week.h5 --worst 10 --kpi import_dwell\n"
                                  "  portflow why week.h5 --entity mainline-3/import_lots-2\n"
                                  "  portflow why week.h5 --kpi import_dwell\n"
                                  "  portflow why --between a.h5 b.h5 --worst 10");
  command->add_option("TRACE", options->trace, "trace written at level full");
  command->add_option("--between", options->between, "two traces A B: what differs, and why")
      ->expected(2);
  CLI::Option* entity = command->add_option(
      "--entity", options->entity, "name (liners-112/lots-3/boxes-481) or 16-digit id: its story");
  command->add_option("--worst", options->worst, "lists so many entities, the slowest first")
      ->check(CLI::Range(1u, 1'000'000u))
      ->excludes(entity);
  command->add_option("--kpi", options->kpi,
                      "span KPI: alone, its causes; else by which they are slow, or which part of "
                      "the story is told");
  command->add_flag("--finished", options->finished, "only those that are done");
  command->add_option("--json", options->json, "writes the same as JSON");
  command->callback(
      [options, &face] { face.action = [options, &face] { return explain(face, *options); }; });
}

}  // namespace portflow::cli
