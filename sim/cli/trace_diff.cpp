// portflow trace diff: where two traces part, and how much differs after it.
#include "analysis/trace_diff.hpp"

#include <fmt/format.h>

#include "analysis/diff_json.hpp"
#include "cli/face.hpp"
#include "cli/table.hpp"
#include "cli/trace_commands.hpp"

namespace portflow::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string json;
};

using analysis::Arms;
using analysis::Parting;
using analysis::TraceDiff;

std::string origin(const analysis::Record& record) {
  const trace::Schema& schema = record.schema();
  return fmt::format(
      "{}: {}, measures {}, seed {}, fingerprint {}", record.path(), schema.scenario_name,
      schema.measures.empty() ? "none" : fmt::format("{}", fmt::join(schema.measures, ", ")),
      schema.seed, schema.fingerprint.empty() ? "none" : schema.fingerprint);
}

std::string parting_text(const Arms& arms, std::string_view words, const Parting& first) {
  std::string who;
  if (first.who != trace::no_entity) {
    const bool in_a = arms.a.directory().find(first.who) != nullptr;
    const analysis::Directory& directory = (in_a ? arms.a : arms.b).directory();
    who = ", " + directory.type(first.who) + " " + directory.spell(first.who);
  }
  return fmt::format("{} {}, in {}{}\n  A  {}\n  B  {}\n", words, to_text(first.at),
                     analysis::name_of(first.table), who, first.in_a.value_or("has no such row"),
                     first.in_b.value_or("has no such row"));
}

std::string diff_text(const Arms& arms, const TraceDiff& diff) {
  std::string text = "A  " + origin(arms.a) + "\nB  " + origin(arms.b) + "\n";
  if (diff.same_fingerprint) {
    return text + "The traces are of the same run: the fingerprints are equal.\n";
  }
  if (!diff.first) text += "No row differs in what both traces hold.\n";
  if (diff.first) text += parting_text(arms, "They part at", *diff.first);
  if (diff.first_entity && diff.first->who == trace::no_entity) {
    text += parting_text(arms, "The first entity to differ does so at", *diff.first_entity);
  }
  Table table;
  table.heading = {"table", "same", "moved", "changed", "only in A", "only in B"};
  for (const analysis::TableDiff& one : diff.tables) {
    if (one.in_both) {
      table.rows.push_back({std::string(analysis::name_of(one.table)), grouped(one.same),
                            grouped(one.moved), grouped(one.changed), grouped(one.missing),
                            grouped(one.extra)});
    } else {
      table.rows.push_back(
          {std::string(analysis::name_of(one.table)), "not in both", "-", "-", "-", "-"});
    }
  }
  return text + table.text() +
         "moved: same entity and step (mark, role, route, resource, item), other time; changed: "
         "same "
         "time too\n";
}

int show_diff(const Face& face, const Options& options) {
  if (!options.json.empty()) {
    if (auto writable = can_write(options.json); !writable) return complain(writable.error());
  }
  const auto a = analysis::Record::open(options.files[0]);
  if (!a) return complain(a.error());
  const auto b = analysis::Record::open(options.files[1]);
  if (!b) return complain(b.error());
  const Arms arms{**a, **b};
  if (const std::string unlike = analysis::unlike(arms); !unlike.empty() && !face.quiet) {
    fmt::print(stderr, "remark: {}, so entities of one name need not be the same\n", unlike);
  }
  const auto diff = analysis::diff_of(arms);
  if (!diff) return complain(diff.error());
  fmt::print("{}", diff_text(arms, *diff));
  if (options.json.empty()) return 0;
  const auto written = write_text(options.json, analysis::to_json(arms, *diff));
  return written ? 0 : complain(written.error());
}

}  // namespace

void add_trace_diff(CLI::App& trace, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      trace.add_subcommand("diff", "where two traces part, and how much differs after it");
  command->add_option("A B", options->files, "two traces")->required()->expected(2);
  command->add_option("--json", options->json, "writes the same as JSON");
  command->callback(
      [options, &face] { face.action = [options, &face] { return show_diff(face, *options); }; });
}

}  // namespace portflow::cli
