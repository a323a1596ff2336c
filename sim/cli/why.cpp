// portflow why: what held up one entity, or the worst of a KPI.
#include <fmt/core.h>

#include "analysis/why_json.hpp"
#include "cli/commands.hpp"
#include "cli/why_text.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::string trace, entity, kpi, json;
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
  const auto story = analysis::story_of(record, *entity);
  if (!story) return complain(story.error());
  return give(options, story_text(record, *story), analysis::to_json(record, *story));
}

int list_worst(const analysis::Record& record, const Options& options) {
  const auto among = options.finished ? analysis::Among::done : analysis::Among::all;
  const auto worst = analysis::worst_of(record, options.kpi, options.worst, among);
  if (!worst) return complain(worst.error());
  return give(options, worst_text(record, *worst), analysis::to_json(record, *worst));
}

int explain(const Options& options) {
  if (!options.json.empty()) {
    if (auto writable = can_write(options.json); !writable) return complain(writable.error());
  }
  const auto record = analysis::Record::open(options.trace);
  if (!record) return complain(record.error());
  return options.worst > 0 ? list_worst(**record, options) : tell_story(**record, options);
}

}  // namespace

void add_why(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command = add_command(app, face, "why", "what held up an entity, cause by cause",
                                  "  portflow why week.h5 --worst 10 --kpi import_dwell\n"
                                  "  portflow why week.h5 --entity mainline-3/import_lots-2");
  command->add_option("TRACE", options->trace, "trace written at level full")->required();
  auto* what = command->add_option_group("what", "whom to explain");
  what->add_option("--entity", options->entity,
                   "name (liners-112/lots-3/boxes-481) or 16-digit id");
  what->add_option("--worst", options->worst, "lists so many entities, the slowest first")
      ->check(CLI::Range(1u, 1'000'000u));
  what->require_option(1);
  command->add_option("--kpi", options->kpi, "span KPI by which they are slow (else the first)");
  command->add_flag("--finished", options->finished, "only those that are done");
  command->add_option("--json", options->json, "writes the same as JSON");
  command->callback([options, &face] { face.action = [options] { return explain(*options); }; });
}

}  // namespace portflow::cli
