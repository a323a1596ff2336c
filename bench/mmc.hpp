/// \file mmc.hpp
/// M/M/c through the whole path: YAML, spec, procedure, engine, record, KPI. What a customer
/// costs here is what portflow costs; PHOLD measures the engine alone.
///
/// The scenario is bench/mmc.yaml with another number of servers and another service. It starts
/// empty, and `customers` is a mean: who came within that many mean gaps is counted.
#pragma once

#include <cstdint>

#include "core/error.hpp"

namespace portflow::bench {

struct MmcOptions {
  std::uint32_t servers{8};
  double load{0.9};  ///< arrival rate x mean service / servers, below 1
  std::uint64_t customers{1'000'000};
  std::uint64_t seed{1};
  unsigned threads{1};
};

/// What one run came to.
struct MmcResult {
  std::uint64_t events{0};
  double seconds{0};  ///< of the event loop, record and KPIs included
  std::uint64_t fingerprint{0};
  std::uint64_t customers{0};  ///< whose wait is over
  double mean_wait{0};         ///< theirs, in mean services: Erlang C / (servers x (1 - load))
};

[[nodiscard]] Result<MmcResult> mmc(const MmcOptions& options);

}  // namespace portflow::bench
