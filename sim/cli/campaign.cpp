#include "cli/campaign.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "analysis/ranks/ranks.hpp"
#include "analysis/significance.hpp"
#include "analysis/study/response.hpp"
#include "cli/arm.hpp"
#include "cli/table.hpp"

namespace portflow::cli {
namespace {

namespace fs = std::filesystem;

/// `2/3` as shard 1 of 3.
Result<std::pair<std::uint32_t, std::uint32_t>> shard_of(const std::string& text) {
  if (text.empty()) return std::pair{0u, 1u};
  std::uint32_t own = 0, all = 0;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, own);
  const bool slash = first.ec == std::errc{} && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, all) : first;
  if (!slash || second.ec != std::errc{} || second.ptr != end || own < 1 || own > all) {
    return fail(Failure::input, fmt::format("--shard: '{}' is no K/N with K from 1 to N", text));
  }
  return std::pair{own - 1, all};
}

/// Seconds from which on a campaign is worth a word on what would be shorter.
constexpr double too_long = 3600;
/// Runs from which on it is worth the seconds that a forecast takes before they begin.
constexpr std::uint64_t many = 100;

std::string span_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.0f} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

std::string size_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", bytes / 1e3);
  return bytes < 1e9 ? fmt::format("{:.1f} MB", bytes / 1e6)
                     : fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string inventory_text(const study::Inventory& inventory) {
  std::string text = "runs: " + found_text(inventory.found);
  if (inventory.refused > 0) {
    text += fmt::format("\n{} points do not compile; they count as failed", inventory.refused);
  }
  const std::uint64_t due = inventory.found.fresh + inventory.found.stale;
  if (const auto once = inventory.to_run + inventory.elsewhere; once < due) {
    text +=
        fmt::format("\n{} of them are the same run as another, and made once", grouped(due - once));
  }
  if (inventory.elsewhere > 0) {
    text += fmt::format("\n{} runs are left to other shards", grouped(inventory.elsewhere));
  }
  return text;
}

/// Runs, time and disk of what is to be done.
Result<std::string> forecast(const study::Campaign& campaign, const Plan& plan,
                             const store::RunStore& store, const study::CampaignOptions& how) {
  const study::Inventory& inventory = campaign.inventory;
  const unsigned threads = how.threads;
  double seconds = inventory.seconds_each, bytes = static_cast<double>(inventory.bytes_each);
  std::string base = "as the reused runs took";
  if (inventory.to_run > 0 && seconds <= 0) {
    const auto probed = study::probe(plan.arms.front().request);
    if (!probed) return tl::unexpected(probed.error());
    seconds = probed->seconds;
    bytes = static_cast<double>(probed->bytes);
    base = "told from the start of one run";
  }
  const auto runs = static_cast<double>(inventory.to_run);
  std::string text = fmt::format("{} runs, about {} on {} thread{} ({}), {} of disk\n",
                                 grouped(inventory.to_run), span_text(seconds * runs / threads),
                                 threads, threads == 1 ? "" : "s", base, size_text(bytes * runs));
  if (seconds * runs / threads < too_long) return text;
  for (const Lesser& one : plan.lesser) {
    const std::uint64_t few = study::runs_of(one.arms, plan.arms, campaign, store, how);
    if (few >= inventory.to_run) continue;
    text += fmt::format("with {}: {} runs, about {}; it {}\n", one.option, grouped(few),
                        span_text(seconds * static_cast<double>(few) / threads), one.gives_up);
  }
  return text;
}

/// How many runs came out of it that were not there before: an interruption leaves some unmade.
std::uint64_t made_of(const study::Campaign& campaign) {
  if (!campaign.stopped) return campaign.inventory.to_run;
  std::uint64_t there = 0;
  for (const study::ArmRuns& arm : campaign.arms) {
    there += static_cast<std::uint64_t>(
        std::ranges::count_if(arm.runs, [](const auto& run) { return run.has_value(); }));
  }
  return there - std::min<std::uint64_t>(there, campaign.inventory.found.reused);
}

/// Findings that are decided, or all of them; and how many are not shown.
void print_findings(const std::vector<study::Finding>& findings, bool all) {
  Table table;
  table.heading = {"KPI", "unit", "what", "of", "estimate", "95 % interval", "p (Holm)", "remark"};
  table.left = 4;
  table.words_last = true;
  std::size_t undecided = 0;
  for (const study::Finding& one : findings) {
    const auto& p = one.p_holm ? one.p_holm : one.p;
    const bool clear = one.ci95 && (one.ci95->low > 0 || one.ci95->high < 0);
    if (!all && !(p ? *p < analysis::tolerated_error : clear)) {
      ++undecided;
      continue;
    }
    table.rows.push_back({one.kpi, one.unit, one.what, one.subject, cell(one.estimate),
                          cell(one.ci95), p ? fmt::format("{:.3g}", *p) : "-", one.remark});
  }
  if (!table.rows.empty()) fmt::print("{}", table.text());
  if (undecided > 0) {
    fmt::print("{} further figures are not distinguishable from 0 yet (--all shows them)\n",
               grouped(undecided));
  }
}

/// `point 0 (berths 1, gap 4 h)`.
std::string arm_text(const Plan& plan, std::size_t arm) {
  std::string levels;
  for (const study::Levels& factor : plan.levels) {
    if (arm >= factor.at.size()) continue;
    levels += fmt::format("{}{} {}", levels.empty() ? "" : ", ", factor.name, factor.at[arm]);
  }
  return levels.empty() ? plan.arms[arm].name : fmt::format("{} ({})", plan.arms[arm].name, levels);
}

/// Each arm that has failed runs, with the reason of the first; and what that means.
void print_failures(const study::Campaign& campaign, const Plan& plan) {
  std::size_t failed = 0, arms = 0;
  std::set<std::size_t> whole;  // replications in which no arm failed
  for (std::size_t r = 0; r < plan.replications; ++r) whole.insert(r);
  for (std::size_t i = 0; i < campaign.arms.size(); ++i) {
    const study::ArmRuns& arm = campaign.arms[i];
    // A dry run has no runs, but knows which points do not compile.
    const std::size_t runs = arm.refused ? plan.replications : arm.runs.size();
    std::size_t failed_here = 0, first = 0;
    const store::Failed* reason = nullptr;
    for (std::size_t r = 0; r < runs; ++r) {
      const store::Failed* why = arm.refused                          ? &*arm.refused
                                 : arm.runs[r] && arm.runs[r]->failed ? &*arm.runs[r]->failed
                                                                      : nullptr;
      if (why == nullptr) continue;
      whole.erase(r);
      if (failed_here++ > 0) continue;
      first = r;
      reason = why;
    }
    if (reason == nullptr) continue;
    failed += failed_here;
    constexpr std::size_t shown = 5;
    if (arms++ >= shown) continue;
    fmt::print("failed: {}: {} of {} replications; replication {}: {}\n", arm_text(plan, i),
               failed_here, runs, first, reason->reason.substr(0, reason->reason.find('\n')));
  }
  if (failed == 0) return;
  fmt::print("{} runs failed; they are in the tables and in no mean\n", failed);
  if (whole.empty()) {
    fmt::print("in every replication some run failed, so nothing is said of what the factors do\n");
  }
}

/// A progress that is never shown, for ranks that do not lead.
std::function<bool(double)> silent(const Face& face) {
  Face quiet = face;
  quiet.quiet = true;
  return progress(quiet);
}

int finish(const CampaignFace& options, const std::string& out, const Plan& plan,
           const study::Campaign& campaign) {
  const auto kpis = study::kpis_of(campaign, plan.kpis);
  std::vector<study::Finding> findings;
  if (!campaign.stopped) findings = plan.analyse(campaign, kpis);
  const auto written = study::write_tables(out, plan.name, plan.levels, campaign, kpis, findings);
  if (!written) return complain(written.error());
  print_findings(findings, options.all);
  print_failures(campaign, plan);
  fmt::print("tables in {}: results.csv, results.h5, analysis.csv; who ran what in runs.csv\n",
             out);
  if (!campaign.stopped) return 0;
  fmt::print(stderr, "interrupted: what was finished is kept; start it again to go on\n");
  return static_cast<int>(Failure::limit);
}

}  // namespace

void add_campaign(CLI::App& command, CampaignFace& options) {
  command.add_option("--out", options.out, "folder of the tables (else out/NAME)");
  command.add_option("--store", options.store, "folder of finished runs (else OUT/store)");
  command
      .add_option("--jobs,--threads", options.threads, "runs side by side (else all processors)")
      ->check(CLI::Range(1u, 1'024u));
  command.add_option("--kpi", options.kpis, "KPIs to table and analyse (else the scenario's)")
      ->delimiter(',');
  command.add_option("--shard", options.shard, "K/N: every N-th run only; then once without");
  command.add_flag("--dry-run", options.dry_run, "says how many runs, how long, how much disk");
  command.add_flag("--all", options.all, "also what cannot be told from 0");
}

int run_campaign(const Face& face, const CampaignFace& options,
                 const std::function<Result<Plan>()>& make_plan) {
  const auto joined = ranks::join();
  if (!joined) return complain(joined.error());
  const std::unique_ptr<study::Crew>& crew = *joined;
  const bool leads = crew == nullptr || crew->leads();
  const auto say = [leads](const Fault& fault) {
    return leads ? complain(fault) : static_cast<int>(fault.kind);
  };
  const auto plan = make_plan();
  if (!plan) return say(plan.error());
  const auto shard = shard_of(options.shard);
  if (!shard) return say(shard.error());
  const std::string out = options.out.empty() ? "out/" + plan->name : options.out;
  const std::string kept = options.store.empty() ? out + "/store" : options.store;
  std::error_code error;
  fs::create_directories(out, error);
  Result<store::RunStore> store = fail(Failure::disk, error.message(), {out, 0, 0});
  if (!error) store = store::RunStore::open(kept);
  if (!store) {
    const int code = complain(store.error());
    if (crew != nullptr) crew->give_up();
    return code;
  }

  const unsigned all = std::max(1u, std::thread::hardware_concurrency());
  study::CampaignOptions how;
  how.replications = plan->replications;
  how.threads = options.threads > 0 ? options.threads : ranks::threads_of_this_rank(all);
  how.shard = shard->first;
  how.shards = shard->second;
  how.crew = crew.get();
  how.progress = leads ? progress(face) : silent(face);
  Result<std::string> told;
  how.begin = [&](const study::Campaign& campaign) {
    const study::Inventory& inventory = campaign.inventory;
    if (!face.quiet || options.dry_run) {
      fmt::print(options.dry_run ? stdout : stderr, "{}\n", inventory_text(inventory));
    }
    if (options.dry_run) {
      told = forecast(campaign, *plan, *store, how);
    } else if (!face.quiet && inventory.to_run >= many) {
      // Should the first run fail, the campaign itself will tell of it.
      const auto ahead = forecast(campaign, *plan, *store, how);
      if (ahead) fmt::print(stderr, "{}", *ahead);
    }
    return !options.dry_run;
  };
  const auto begin = std::chrono::steady_clock::now();
  const auto campaign = study::conduct(plan->arms, *store, how);
  const bool interrupted = leads && how.progress(1);
  if (leads) clear_progress(face);
  if (!campaign) return say(campaign.error());
  if (!leads) return 0;
  if (!told) return complain(told.error());
  if (options.dry_run) {
    fmt::print("{}", *told);
    print_failures(*campaign, *plan);
    return 0;
  }
  if (!face.quiet) {
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    fmt::print(stderr, "{} runs made in {:.2f} s\n", grouped(made_of(*campaign)), seconds);
  }
  if (how.shards > 1 && !interrupted) {
    // Several shards may end at once, and none of them is the one to make the tables.
    fmt::print("this shard is done; once all are, start it without --shard for the tables\n");
    return 0;
  }
  return finish(options, out, *plan, *campaign);
}

}  // namespace portflow::cli
