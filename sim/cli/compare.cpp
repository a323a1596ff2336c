// portflow compare: two arms under the same luck, and what differs.
#include "analysis/compare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "analysis/calibration/unmeasured.hpp"
#include "analysis/json.hpp"
#include "analysis/report.hpp"
#include "analysis/report_arms.hpp"
#include "analysis/store/keepers.hpp"
#include "cli/arm.hpp"
#include "cli/commands.hpp"
#include "cli/figures.hpp"
#include "cli/table.hpp"
#include "core/fingerprint.hpp"

namespace portflow::cli {
namespace {

struct Options {
  Arm arm;
  std::vector<std::string> against;
  std::string json, report, sensitivity, lang{"en"}, trace_a, trace_b, level{"stages"};
  bool force{false}, all{false};
};

/// The difference as a share of the base.
std::string relative(const analysis::Pair& pair) {
  if (!pair.difference || !pair.base.mean || *pair.base.mean == 0) return "-";
  const double share = 100 * *pair.difference / std::abs(*pair.base.mean);
  if (share == 0) return "0 %";
  return std::abs(share) < 0.01 ? "< 0.01 %" : fmt::format("{:+.3g} %", share);
}

/// How the pairs lean where they cannot decide yet.
std::string leaning(const analysis::Pair& pair) {
  if (!pair.signs) return {};
  const std::uint64_t most = std::max(pair.signs->below, pair.signs->above);
  if (most == 0 || pair.signs->below == pair.signs->above) return {};
  return fmt::format(", {} in {} of {} pairs",
                     pair.signs->below > pair.signs->above ? "lower" : "higher", most, pair.pairs);
}

std::string verdict_text(const analysis::Pair& pair) {
  if (!pair.difference) return "not observed in both";
  if (pair.verdict != analysis::Verdict::cannot_tell) {
    std::string text(analysis::name_of(pair.verdict));
    // Alone it is decided; among all that the table asks it may be chance.
    return pair.p_holm.value_or(0) >= analysis::tolerated_error ? text + " *" : text;
  }
  std::string text = "not distinguishable yet" + leaning(pair);
  const std::uint64_t more = pair.more_replications.value_or(0);
  if (more > 0) {
    text +=
        fmt::format("; about {} more replication{} needed", grouped(more), more == 1 ? "" : "s");
  }
  return text;
}

std::string spread_of(const analysis::Pair& pair) {
  if (pair.difference_ci95 || !pair.difference_range) return cell(pair.difference_ci95);
  return range_cell(*pair.difference_range);
}

/// What the signs in the table mean, where they occur.
std::string notes_on(const analysis::Comparison& comparison) {
  bool ranged = false, starred = false, restricted = false;
  std::size_t asked = 0;
  for (const analysis::Pair& pair : comparison.kpis) {
    if (pair.base.heading.automatic) continue;
    ranged = ranged || pair.difference_range;
    restricted = restricted || pair.restricted;
    if (pair.p_holm) ++asked;
    starred = starred || (pair.verdict != analysis::Verdict::cannot_tell &&
                          pair.p_holm.value_or(0) >= analysis::tolerated_error);
  }
  std::string text;
  if (ranged) {
    text +=
        "least .. greatest: a maximum has a range over replications, no interval; the signs of "
        "its pairs decide\n";
  }
  if (starred) {
    text += fmt::format("* decided alone, but not among {} KPIs at once (Holm)\n", asked);
  }
  if (restricted) {
    text += fmt::format("+ some are unfinished: both arms are compared on min(time, {:.4g} d)\n",
                        static_cast<double>(comparison.follow.count()) / 86'400'000.0);
  }
  return text;
}

std::string comparison_text(const analysis::Comparison& comparison, bool all) {
  Table table;
  table.heading = {"KPI",           "unit",    "base",    "policy", "difference",
                   "95 % interval", "of base", "changed", "verdict"};
  table.left = 2;
  table.words_last = true;
  for (const analysis::Pair& pair : comparison.kpis) {
    if (pair.base.heading.automatic && !all) continue;
    table.rows.push_back(
        {pair.base.heading.name + (pair.restricted ? " +" : ""), pair.base.heading.unit,
         cell(pair.base.mean), cell(pair.policy.mean), cell(pair.difference), spread_of(pair),
         relative(pair),
         fmt::format("{} of {}", grouped(pair.entities_different), grouped(pair.entities_compared)),
         verdict_text(pair)});
  }
  std::string text = table.text() + notes_on(comparison);
  const analysis::Census& census = comparison.census;
  text += fmt::format("entities {}, of which {} differ; unfinished {} in base, {} in policy\n",
                      grouped(census.compared), grouped(census.different),
                      grouped(census.unfinished_base), grouped(census.unfinished_policy));
  if (comparison.replications == 1) {
    text += "One replication gives no interval; add --replications 5 or more.\n";
  }
  text += fmt::format("fingerprints {} (base) {} (policy)  events {}  seconds {:.2f}\n",
                      to_hex(comparison.base_fingerprint), to_hex(comparison.policy_fingerprint),
                      grouped(comparison.events), comparison.wall_seconds);
  return text;
}

/// The files that are to be written, asked before the work.
Result<void> ask_files(const Options& options) {
  std::vector<std::string> taken;
  for (const std::string& path : {options.json, options.report, options.trace_a, options.trace_b}) {
    if (path.empty()) continue;
    if (std::ranges::find(taken, path) != taken.end()) {
      return fail(Failure::input, "two results cannot go to one file", {path, 0, 0});
    }
    taken.push_back(path);
    if (auto writable = can_write(path); !writable) return writable;
  }
  return {};
}

int compare_arms(const Face& face, const Options& options) {
  if (auto asked = ask_files(options); !asked) return complain(asked.error());
  const auto goal = precision_of(options.arm);
  if (!goal) return complain(goal.error());
  std::vector<analysis::WeakNumber> weakest;
  if (!options.sensitivity.empty()) {
    auto read = analysis::read_weakest(options.sensitivity);
    if (!read) return complain(read.error());
    weakest = std::move(*read);
  }
  auto request = request_of(options.arm);
  if (!request) return complain(request.error());
  if (auto settled = settle_warm_up(face, options.arm, *request); !settled) {
    return complain(settled.error());
  }
  run::Request against = *request;
  against.measures = options.against;
  const auto policy = run::prepare(*request);
  if (!policy) return complain(policy.error());
  const auto base = run::prepare(against);
  if (!base) return complain(base.error());
  if (!face.quiet) {
    warn((*policy)->warnings());
    if (request->measures.empty() && options.against.empty()) {
      fmt::print(stderr, "remark: no measures in either arm (see --with): both are the same\n");
    }
  }

  analysis::CompareOptions how{.replications = options.arm.replications,
                               .precision = *goal,
                               .threads = options.arm.threads,
                               .base_trace = {},
                               .policy_trace = {},
                               .anatomy = !options.report.empty(),
                               .progress = progress(face)};
  const auto file = [&](const std::string& path) -> std::optional<analysis::TraceFile> {
    if (path.empty()) return {};
    return analysis::TraceFile{path, detail_of(options.level), options.force, {}};
  };
  how.base_trace = file(options.trace_a);
  how.policy_trace = file(options.trace_b);
  const auto kept = store_of(options.arm);
  if (!kept) return complain(kept.error());
  std::optional<store::StoredPairs> keeper;
  if (*kept) {
    how.keeper = &keeper.emplace(**kept, store::identity_of(**base), store::identity_of(**policy));
    const auto found = keeper->look_up(
        store::arm_of(against) + "\nagainst\n" + store::arm_of(*request), options.arm.replications);
    if (!found) return complain(found.error());
    if (!face.quiet) fmt::print(stderr, "pairs: {}\n", found_text(*found));
  }
  auto comparison = analysis::compare(**base, **policy, how);
  clear_progress(face);
  if (!comparison) return complain(comparison.error());
  if (!options.report.empty() && options.sensitivity.empty()) {
    const auto numbers = calibration::unmeasured(request->scenario);
    if (!numbers) return complain(numbers.error());
    weakest = analysis::weakest_by_time(*numbers, analysis::arms_of(*comparison).policy);
  }
  comparison->weakest = std::move(weakest);
  comparison->command =
      compare_command(*request, against, (*policy)->seed(), comparison->replications);
  if (comparison->replications == 0) {
    fmt::print(stderr,
               "interrupted before a replication of both arms was done: nothing to compare\n");
    return static_cast<int>(Failure::limit);
  }
  fmt::print("{}{}", disturbances_text(**policy), comparison_text(*comparison, options.all));
  if (!options.json.empty()) {
    auto written = write_text(options.json, analysis::to_json(*comparison));
    if (!written) return complain(written.error());
  }
  if (!options.report.empty()) {
    const auto language = options.lang == "zh" ? analysis::Language::zh : analysis::Language::en;
    auto written = analysis::write_report(*comparison, options.report, language);
    if (!written) return complain(written.error());
  }
  if (comparison->stopped) return interrupted(comparison->replications, options.arm.replications);
  return tell_precision(*goal, comparison->reached, comparison->replications);
}

}  // namespace

void add_compare(CLI::App& app, Face& face) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add_command(app, face, "compare", "runs two arms under the same luck and shows what differs",
                  "  portflow compare scenarios/dalian/demo.yaml --with m04 --replications 5\n"
                  "  portflow compare scenarios/dalian/demo.yaml --with m03,m04 --against m03 "
                  "--replications 10\n"
                  "  portflow compare scenarios/dalian/demo.yaml --package "
                  "scenarios/packages/first_three.yaml \\\n"
                  "      --replications 5 --json compare.json --report report.html");
  add_arm(*command, options->arm);
  add_statistics(*command, options->arm);
  command->add_option("--against", options->against, "measures of the base arm (else none)")
      ->delimiter(',');
  command->add_option("--json", options->json, "writes the comparison as JSON");
  command->add_option("--report", options->report, "writes the comparison as one HTML page");
  command->add_option("--sensitivity", options->sensitivity,
                      "file of `portflow sensitivity --json`, whose worst the report shows");
  command->add_option("--lang", options->lang, "language that the report opens in: zh or en")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  command->add_option("--trace-a", options->trace_a, "writes the base arm's replication 0 as HDF5");
  command->add_option("--trace-b", options->trace_b,
                      "writes the policy arm's replication 0 as HDF5");
  command->add_option("--level", options->level, "how much the traces hold: kpi, stages or full")
      ->check(CLI::IsMember({"kpi", "stages", "full"}))
      ->capture_default_str();
  command->add_flag("--force", options->force, "replaces existing traces");
  command->add_flag("--all", options->all, "also the KPIs of every resource, procedure and cause");
  command->callback([options, &face] {
    face.action = [options, &face] { return compare_arms(face, *options); };
  });
}

}  // namespace portflow::cli
