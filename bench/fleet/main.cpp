/// \file main.cpp
/// `portflow-fleet`: writes a trace for the viewer's bounds, `moves=N mean_hours=H`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "bench/fleet/fleet.hpp"

int main(int argc, char** argv) {
  using namespace portflow;
  CLI::App app{"Writes a trace with so many movers under way at once, on the ways of another"};
  app.footer("Example: portflow-fleet out/demo/a.h5 fleet.h5 --at-once 20000 --days 2");
  bench::FleetOptions options;
  app.add_option("LIKE", options.like, "Trace whose dictionaries and ways are taken")
      ->required()
      ->type_name("FILE.h5");
  app.add_option("OUT", options.out, "Trace to write")->required()->type_name("FILE.h5");
  app.add_option("--at-once", options.at_once, "Movers under way at any instant, on average")
      ->check(CLI::Range(1, 5'000'000))
      ->capture_default_str();
  app.add_option("--days", options.days, "Length of the run")
      ->check(CLI::Range(1, 3'650))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Seed of all draws")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto fleet = bench::write_fleet(options);
  if (!fleet) {
    for (const Error& error : fleet.error().errors) fmt::print(stderr, "{}\n", error.text());
    return static_cast<int>(fleet.error().kind);
  }
  fmt::print("moves={} mean_hours={:.3f}\n", fleet->moves, fleet->mean_hours);
  return 0;
}
