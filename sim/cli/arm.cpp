#include "cli/arm.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <thread>

#include "run/measures.hpp"

namespace portflow::cli {

namespace {

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
