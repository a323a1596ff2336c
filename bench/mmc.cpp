#include "bench/mmc.hpp"

#include <fmt/format.h>

#include "kpi/collector.hpp"
#include "run/run.hpp"

namespace portflow::bench {
namespace {

constexpr double gap = 10;  // seconds between customers, as in mmc.yaml

}  // namespace

Result<MmcResult> mmc(const MmcOptions& options) {
  const double service = options.load * options.servers * gap;
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/bench/mmc.yaml";
  request.settings = {fmt::format("facilities.shop.resources.server.servers={}", options.servers),
                      fmt::format("parameters.service.value={} s", service)};
  request.seed = options.seed;
  request.until = fmt::format("{} s", gap * static_cast<double>(options.customers));
  const auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  auto collector = kpi::Collector::make((*prepared)->schema(0));
  if (!collector) return tl::unexpected(collector.error());
  trace::Sink* sinks[] = {collector->get()};
  run::Drive drive;
  drive.threads = options.threads;
  const auto outcome = run::simulate(**prepared, drive, sinks);
  if (!outcome) return tl::unexpected(outcome.error());

  const kpi::Results results = (*collector)->finish();
  const kpi::Figure* wait = kpi::find(results.figures, "resource.shop.server.wait");
  MmcResult result{outcome->events, outcome->wall_seconds, outcome->fingerprint, wait->count, 0};
  if (wait->value) result.mean_wait = *wait->value / service;
  return result;
}

}  // namespace portflow::bench
