// portflow measures effects: runs each measure by itself and keeps what it does as JSON;
// portflow measures page: the table of all measures, from their files and that JSON.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "analysis/demonstration.hpp"
#include "analysis/measures_page.hpp"
#include "cli/commands.hpp"
#include "cli/measures.hpp"
#include "cli/table.hpp"

namespace portflow::cli {
namespace {

struct PageOptions {
  std::string results, into;
};

struct EffectsOptions {
  std::vector<std::string> ids;
  std::string into;
  unsigned threads{1};
};

std::string_view word_of(analysis::Outcome outcome) {
  switch (outcome) {
    case analysis::Outcome::kept:
      return "holds";
    case analysis::Outcome::broken:
      return "does not hold";
    case analysis::Outcome::unmeasured:
      return "not measured";
    default:
      return "cannot tell";
  }
}

std::string effects_text(const std::vector<analysis::Demonstration>& all) {
  Table table;
  table.heading = {"by",   "KPI",        "promise",       "unit",  "without",
                   "with", "difference", "95 % interval", "pairs", "says"};
  table.left = 4;
  table.words_last = true;
  std::string untouched;
  for (const analysis::Demonstration& one : all) {
    for (const analysis::Effect& effect : one.effects) {
      table.rows.push_back({one.measure, effect.kpi, effect.promise, effect.unit, cell(effect.base),
                            cell(effect.policy), cell(effect.difference),
                            effect.range ? range_cell(*effect.range) : cell(effect.ci95),
                            std::to_string(effect.replications),
                            std::string(word_of(effect.outcome))});
    }
    std::uint64_t entities = 0, different = 0;
    std::string unmeasured;
    for (const analysis::Untouched& kpi : one.untouched) {
      entities += kpi.entities;
      different += kpi.different;
      if (!kpi.measured) unmeasured += " " + kpi.kpi;
    }
    untouched +=
        fmt::format("{}: {} of {} entities of {} KPIs that shall not change differ{}\n",
                    one.measure, grouped(different), grouped(entities), one.untouched.size(),
                    unmeasured.empty() ? "" : "; not measured:" + unmeasured);
  }
  return table.text() + untouched;
}

/// Puts `fresh` in place of what `kept` has of the same measures, in order of id.
void merge(std::vector<analysis::Demonstration>& kept, std::vector<analysis::Demonstration> fresh) {
  for (analysis::Demonstration& one : fresh) {
    std::erase_if(kept, [&](const auto& old) { return old.measure == one.measure; });
    kept.push_back(std::move(one));
  }
  std::ranges::sort(kept, {}, &analysis::Demonstration::measure);
}

int make_effects(const Face& face, const EffectsOptions& options) {
  const auto measures = options.ids.empty() ? measures_of(usual_scenario)
                                            : run::load_measures(usual_scenario, options.ids);
  if (!measures) return complain(measures.error());
  std::vector<analysis::Demonstration> all;
  if (!options.into.empty()) {
    if (auto writable = can_write(options.into); !writable) return complain(writable.error());
    if (std::filesystem::exists(options.into)) {
      auto kept = analysis::read_demonstrations(options.into);
      if (!kept) return complain(kept.error());
      all = std::move(*kept);
    }
  }
  const analysis::Baselines baselines;
  const auto tell = progress(face);
  std::vector<analysis::Demonstration> fresh;
  for (std::size_t i = 0; i < measures->size(); ++i) {
    const auto size = static_cast<double>(measures->size());
    auto one = analysis::demonstrate((*measures)[i], baselines, options.threads, [&](double part) {
      return tell((static_cast<double>(i) + part) / size);
    });
    clear_progress(face);
    if (!one) return complain(one.error());
    fmt::print("{}", effects_text({*one}));
    if (!options.into.empty()) {
      merge(all, {*one});
      if (auto written = write_text(options.into, analysis::to_json(all)); !written) {
        return complain(written.error());
      }
    }
  }
  return 0;
}

/// A link from the page to the results beside it.
std::string beside(const std::string& results, const std::string& page) {
  const auto folder = std::filesystem::path(page).parent_path();
  return std::filesystem::path(results).lexically_relative(folder).string();
}

int write_page(const PageOptions& options) {
  const auto measures = measures_of(usual_scenario);
  if (!measures) return complain(measures.error());
  const auto results = analysis::read_demonstrations(options.results);
  if (!results) return complain(results.error());
  const std::string page =
      analysis::measures_page(*measures, *results, beside(options.results, options.into));
  if (auto written = write_text(options.into, page); !written) return complain(written.error());
  return 0;
}

}  // namespace

void add_measures_effects(CLI::App& command, Face& face) {
  auto options = std::make_shared<EffectsOptions>();
  CLI::App* effects = command.add_subcommand(
      "effects", "runs each measure by itself where its file says it shows, in pairs");
  effects->fallthrough();  // `--quiet` may stand behind it
  effects->add_option("ID", options->ids, "measures (else all)");
  effects->add_option("--into", options->into, "JSON in which the results of these are replaced");
  effects->add_option("--threads", options->threads, "worker threads")
      ->check(CLI::Range(1u, 1'024u))
      ->capture_default_str();
  effects->callback([options, &face] {
    face.action = [options, &face] { return make_effects(face, *options); };
  });
  auto page = std::make_shared<PageOptions>();
  CLI::App* write =
      command.add_subcommand("page", "writes the page of all measures from their results");
  write->fallthrough();
  write->add_option("RESULTS", page->results, "JSON that `effects` wrote")->required();
  write->add_option("--into", page->into, "Markdown file")->required();
  write->callback([page, &face] { face.action = [page] { return write_page(*page); }; });
}

}  // namespace portflow::cli
