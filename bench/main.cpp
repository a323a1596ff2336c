/// \file main.cpp
/// `portflow-bench`: one line per run, `events=N seconds=S rate=R fingerprint=F`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "bench/mmc.hpp"
#include "bench/phold.hpp"
#include "bench/ping.hpp"
#include "bench/seek.hpp"
#include "bench/study.hpp"
#include "bench/two_threads.hpp"
#include "bench/yardstick.hpp"

namespace {

using namespace portflow;

kernel::RunOptions run_options(const std::string& engine, unsigned threads) {
  kernel::RunOptions options;
  options.workers = threads;
  options.sequential = engine == "sequential";
  return options;
}

int complain(const Fault& fault) {
  for (const Error& error : fault.errors) fmt::print(stderr, "{}\n", error.text());
  return static_cast<int>(fault.kind);
}

std::string line(std::uint64_t events, double seconds, std::uint64_t fingerprint) {
  const double rate = seconds > 0 ? static_cast<double>(events) / seconds : 0;
  return fmt::format("events={} seconds={:.6f} rate={:.0f} fingerprint={}", events, seconds, rate,
                     to_hex(fingerprint));
}

/// How many threads an engine knows how to use.
unsigned most_threads(const std::string& engine) {
  if (engine == "portflow") return 1024;
  return engine == "ladder" ? 2 : 1;
}

int run_phold(const bench::PholdOptions& options, const std::string& engine, unsigned threads,
              bool share_all) {
  if (threads > most_threads(engine)) {
    fmt::print(stderr, "--threads {}: the engine `{}` runs on at most {}\n", threads, engine,
               most_threads(engine));
    return static_cast<int>(Failure::input);
  }
  bench::PholdResult result;
  bool bare = true;
  if (engine == "heap") {
    result = bench::bare_phold<bench::HeapQueue>(options);
  } else if (engine == "ladder" && threads > 1) {
    result = bench::LadderOnTwoThreads{options}.run();
  } else if (engine == "ladder") {
    result = bench::bare_phold<bench::LadderQueue>(options);
  } else if (engine == "calendar") {
    result = bench::bare_phold<bench::OwnQueue>(options);
  } else {
    auto how = run_options(engine, threads);
    how.share_all = share_all;
    const auto run = bench::phold(options, how);
    if (!run) return complain(run.error());
    result = *run;
    bare = false;
  }
  fmt::print("{}", line(result.events, result.seconds, result.fingerprint));
  if (!bare) {
    fmt::print(" windows={} idle={:.3f} chain={}", result.summary.windows,
               result.summary.idle_share, result.summary.longest_chain);
  }
  fmt::print("\n");
  return 0;
}

int run_hold(std::uint32_t pending, std::uint64_t holds, std::uint64_t seed,
             const std::string& queue) {
  const auto measure = queue == "heap"     ? &bench::hold<bench::HeapQueue>
                       : queue == "ladder" ? &bench::hold<bench::LadderQueue>
                                           : &bench::hold<bench::OwnQueue>;
  const bench::HoldResult result = measure(pending, holds, seed);
  fmt::print("{}\n", line(result.events, result.seconds, result.fingerprint));
  return 0;
}

int print_cost(std::string_view what, const Result<bench::StudyCost>& cost) {
  if (!cost) return complain(cost.error());
  if (cost->count > 0) fmt::print("{}={} seconds={:.6f}\n", what, cost->count, cost->seconds);
  return 0;
}

int run_mmc(const bench::MmcOptions& options) {
  const auto run = bench::mmc(options);
  if (!run) return complain(run.error());
  fmt::print("{} customers={} mean_wait={:.6f}\n",
             line(run->events, run->seconds, run->fingerprint), run->customers, run->mean_wait);
  return 0;
}

int run_seek(const std::string& trace, std::uint32_t instants, std::uint64_t seed) {
  const auto cost = bench::seek_cost(trace, instants, seed);
  if (!cost) return complain(cost.error());
  fmt::print("open_s={:.3f} instants={} mean_ms={:.1f} worst_ms={:.1f} most_present={}\n",
             cost->open, instants, 1e3 * cost->mean, 1e3 * cost->worst, cost->most);
  return 0;
}

int run_ping() {
  const bench::PingResult ns = bench::ping();
  fmt::print("one_way_ns={:.0f} least={:.0f} most={:.0f}\n", ns.middle, ns.least, ns.most);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Benchmarks of portflow; each prints events=N seconds=S rate=R fingerprint=F"};
  app.require_subcommand(1);
  app.footer("Example: portflow-bench phold --lps 1024 --until 1000 --threads 2 --engine portflow");

  bench::PholdOptions options;
  std::string engine = "portflow";
  unsigned threads = 1;
  auto* phold = app.add_subcommand("phold", "Balls that hop between logical processes");
  phold->add_option("--lps", options.lps, "Logical processes")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  phold->add_option("--events", options.events, "Balls that each process starts with")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  phold->add_option("--remote", options.remote, "Chance that a ball is thrown to any process")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  phold->add_option("--lookahead", options.lookahead, "Least delay, in units of the mean delay")
      ->check(CLI::Range(1e-6, 1.0))
      ->capture_default_str();
  phold->add_option("--hot", options.hot, "Share of balls that fall to a fifth of the processes")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  phold->add_option("--until", options.until, "Horizon, in units of the mean delay")
      ->check(CLI::Range(0.0, 1e9))
      ->capture_default_str();
  phold->add_option("--seed", options.seed, "Seed of all draws")->capture_default_str();
  phold->add_option("--threads", threads, "Threads of the engine")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  bool share_all = false;
  phold->add_flag("--share-all", share_all, "Use all threads even where fewer are quicker");
  phold
      ->add_option("--engine", engine,
                   "portflow; sequential: its plain loop; heap, ladder: bare loops as yardstick, "
                   "the ladder on two threads too; "
                   "calendar: a bare loop over the engine's own")
      ->check(CLI::IsMember({"portflow", "sequential", "heap", "ladder", "calendar"}))
      ->capture_default_str();

  std::uint32_t pending = 1000;
  std::uint64_t holds = 10'000'000;
  std::string set = "calendar";
  auto* hold = app.add_subcommand("hold", "A pending-event set alone: one out, one in");
  hold->add_option("--pending", pending, "Events in the set")
      ->check(CLI::Range(1, 100'000'000))
      ->capture_default_str();
  hold->add_option("--holds", holds, "How often one is taken and one put in")
      ->capture_default_str();
  hold->add_option("--queue", set, "calendar: the engine's; heap, ladder: yardsticks")
      ->check(CLI::IsMember({"calendar", "heap", "ladder"}))
      ->capture_default_str();
  hold->add_option("--seed", options.seed, "Seed of all draws")->capture_default_str();

  bench::MmcOptions queue;
  auto* mmc = app.add_subcommand("mmc", "M/M/c from YAML to KPI; mean_wait in mean services");
  mmc->add_option("--servers", queue.servers, "Servers before one queue")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  mmc->add_option("--load", queue.load, "Arrival rate x mean service / servers")
      ->check(CLI::Range(0.001, 0.999))
      ->capture_default_str();
  mmc->add_option("--customers", queue.customers, "How many come, on average")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  mmc->add_option("--seed", queue.seed, "Seed of all draws")->capture_default_str();
  mmc->add_option("--threads", queue.threads, "Threads of the engine")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  std::uint32_t count = 200;
  auto* store = app.add_subcommand("store", "What keeping and finding a Dalian month costs");
  store->add_option("--runs", count, "Records")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  auto* dispatch = app.add_subcommand("dispatch", "What handing out runs costs, under mpirun too");
  dispatch->add_option("--tasks", count, "Runs")
      ->check(CLI::Range(1, 100'000'000))
      ->capture_default_str();
  std::string trace;
  std::uint32_t instants = 20;
  auto* seek = app.add_subcommand("seek", "Opening a trace, and its state at random instants");
  seek->add_option("trace", trace, "The trace")->required();
  seek->add_option("--instants", instants, "How many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  seek->add_option("--seed", options.seed, "Seed of the instants")->capture_default_str();
  auto* ping = app.add_subcommand("ping", "How long a word takes from one thread to another");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (ping->parsed()) return run_ping();
  if (store->parsed()) return print_cost("runs", bench::store_cost(count));
  if (dispatch->parsed()) return print_cost("tasks", bench::dispatch_cost(count));
  if (seek->parsed()) return run_seek(trace, instants, options.seed);
  if (hold->parsed()) return run_hold(pending, holds, options.seed, set);
  return mmc->parsed() ? run_mmc(queue) : run_phold(options, engine, threads, share_all);
}
