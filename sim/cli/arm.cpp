#include "cli/arm.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <thread>

#include "analysis/warm_up.hpp"
#include "run/measures.hpp"

namespace portflow::cli {

namespace {

/// How many pilots a warm-up is found by.
constexpr std::uint32_t fewest_pilots = 3, most_pilots = 10;

/// A seed as it is written; a sign or too many digits would be turned into another number.
std::string whole_number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return {};
  return text + " is no whole number from 0 to 18446744073709551615";
}

}  // namespace

void add_arm(CLI::App& command, Arm& arm) {
  arm.threads = std::max(1u, std::thread::hardware_concurrency());
  command.add_option("SCENARIO", arm.request.scenario, "scenario file")->required();
  command.add_option("--with", arm.request.measures, "measures that are on: m03,m04 or m07.a")
      ->delimiter(',');
  command.add_option("--package", arm.package, "file that lists measures");
  command.add_option("--set", arm.request.settings, "PATH=VALUE: sets one field")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--seed", arm.request.seed, "seed of all draws (else the scenario's)")
      ->check(whole_number);
  command.add_option("--until", arm.request.until, "date, or duration from the start");
  command.add_option("--replications", arm.replications, "how many runs, each with its own luck")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  command.add_option("--threads", arm.threads, "worker threads; results do not depend on them")
      ->check(CLI::Range(1u, 1'024u))
      ->capture_default_str();
}

std::string quoted(const std::string& word) {
  const auto plain = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') ||
           std::string_view("_-./,=:+%@").find(letter) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, plain)) return word;
  std::string result = "'";
  for (const char letter : word)
    result += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return result + "'";
}

namespace {

std::string list_of(const char* option, const std::vector<std::string>& measures) {
  if (measures.empty()) return {};
  return fmt::format(" {} {}", option, quoted(fmt::format("{}", fmt::join(measures, ","))));
}

/// Settings, horizon, seed and replications of a run that makes a report.
std::string rest_of_command(const run::Request& request, std::uint64_t seed,
                            std::uint32_t replications) {
  std::string text;
  for (const std::string& setting : request.settings) text += " --set " + quoted(setting);
  if (!request.until.empty()) text += " --until " + quoted(request.until);
  return text +
         fmt::format(" --seed {} --replications {} --report report.html", seed, replications);
}

}  // namespace

std::string run_command(const run::Request& request, std::uint64_t seed,
                        std::uint32_t replications) {
  return "portflow run " + quoted(request.scenario) + list_of("--with", request.measures) +
         rest_of_command(request, seed, replications);
}

std::string compare_command(const run::Request& policy, const run::Request& base,
                            std::uint64_t seed, std::uint32_t replications) {
  return "portflow compare " + quoted(policy.scenario) + list_of("--with", policy.measures) +
         list_of("--against", base.measures) + rest_of_command(policy, seed, replications);
}

void add_statistics(CLI::App& command, Arm& arm) {
  command.add_option("--precision", arm.precision,
                     "KPI=2%: replicates until half of the 95 % interval is 2 % of the mean");
  command.add_option("--at-most", arm.most, "replications after which --precision gives up")
      ->check(CLI::Range(analysis::fewest_for_precision, 100'000u))
      ->capture_default_str();
  command.add_option("--store", arm.store,
                     "folder of finished runs: those that are there are not made again");
  command.add_option("--warm-up", arm.warm_up,
                     "a duration, or auto: found by MSER-5 on the baseline, one cut for all arms");
}

Result<std::optional<analysis::Precision>> precision_of(const Arm& arm) {
  if (arm.precision.empty()) return std::nullopt;
  auto goal = analysis::parse_precision(arm.precision, arm.most);
  if (!goal) return tl::unexpected(goal.error());
  return std::move(*goal);
}

int tell_precision(const std::optional<analysis::Precision>& goal,
                   const std::optional<double>& reached, std::uint32_t replications) {
  if (!goal) return 0;
  const bool good = reached && *reached <= goal->share;
  fmt::print("precision of {}: {} of the mean after {} replications, {} {:.3g} % asked\n",
             goal->kpi, reached ? fmt::format("{:.3g} %", 100 * *reached) : "unknown", replications,
             good ? "as" : "not yet the", 100 * goal->share);
  return good ? 0 : static_cast<int>(Failure::limit);
}

Result<void> settle_warm_up(const Face& face, const Arm& arm, run::Request& request) {
  if (arm.warm_up.empty()) return {};
  if (arm.warm_up != "auto") {
    request.settings.push_back("horizon.warm_up=" + arm.warm_up);
    return {};
  }
  run::Request baseline = request;
  baseline.measures.clear();
  const auto prepared = run::prepare(baseline);
  if (!prepared) return tl::unexpected(prepared.error());
  const std::uint32_t pilots = std::min(std::max(arm.replications, fewest_pilots), most_pilots);
  const auto found = analysis::find_warm_up(**prepared, pilots, arm.threads, progress(face));
  clear_progress(face);
  if (!found) return tl::unexpected(found.error());
  const auto in_days = [](Duration span) { return static_cast<double>(span.count()) / 86'400'000; };
  const std::string base =
      fmt::format("MSER-5 on {} replications of the baseline", found->replications);
  if (!found->cut) {
    fmt::print("warm-up {:.4g} d as the scenario says: {} found no cut within the first half\n",
               in_days(found->written), base);
    return {};
  }
  fmt::print("warm-up {:.4g} d by {}, for every arm (the scenario says {:.4g} d)\n",
             in_days(*found->cut), base, in_days(found->written));
  request.settings.push_back(
      fmt::format("horizon.warm_up={} h", *found->cut / std::chrono::hours{1}));
  return {};
}

Result<std::optional<store::RunStore>> store_of(const Arm& arm) {
  if (arm.store.empty()) return std::nullopt;
  auto opened = store::RunStore::open(arm.store);
  if (!opened) return tl::unexpected(opened.error());
  return std::move(*opened);
}

std::string found_text(const store::Found& found) {
  std::string text =
      fmt::format("{} reused, {} new, {} stale", found.reused, found.fresh, found.stale);
  if (found.failed > 0) text += fmt::format("; {} of those reused had failed", found.failed);
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < std::min(shown, found.changed.size()); ++i) {
    text += "\n  changed: " + found.changed[i];
  }
  if (found.changed.size() > shown) {
    text += fmt::format("\n  and {} more", found.changed.size() - shown);
  }
  return text;
}

Result<void> tell_store(const Face& face, const store::RunStore& store, const std::string& arm,
                        const store::Identity& identity, std::uint32_t replications,
                        const std::string& label) {
  const store::Found found = store.look_up(arm, identity, replications);
  if (!face.quiet) fmt::print(stderr, "{}: {}\n", label, found_text(found));
  return store.remember(arm, identity);
}

Result<run::Request> request_of(const Arm& arm) {
  run::Request request = arm.request;
  if (arm.package.empty()) return request;
  auto listed = run::read_package(arm.package);
  if (!listed) return tl::unexpected(listed.error());
  for (std::string& measure : *listed) {
    if (std::ranges::find(request.measures, measure) == request.measures.end()) {
      request.measures.push_back(std::move(measure));
    }
  }
  return request;
}

}  // namespace portflow::cli
