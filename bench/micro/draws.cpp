/// \file draws.cpp
/// What one keyed draw, and one draw from each distribution, costs.
#include <benchmark/benchmark.h>

#include "core/distribution.hpp"
#include "core/random.hpp"

namespace {

using namespace portflow;

void keyed_draw(benchmark::State& state) {
  const Draws draws{1, 0};
  std::uint64_t entity = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draws.quantile(++entity, Point{7}));
}
BENCHMARK(keyed_draw);

void at(benchmark::State& state, const Distribution& distribution) {
  const Draws draws{1, 0};
  std::uint64_t entity = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(distribution.at(draws.quantile(++entity, Point{7})));
  }
}
BENCHMARK_CAPTURE(at, uniform, Distribution::uniform(1, 2));
BENCHMARK_CAPTURE(at, triangular, Distribution::triangular(1, 2, 4));
BENCHMARK_CAPTURE(at, exponential, Distribution::exponential(3));
BENCHMARK_CAPTURE(at, lognormal, Distribution::lognormal(3, 0.5));
BENCHMARK_CAPTURE(at, erlang_2, Distribution::gamma(3, 2));
BENCHMARK_CAPTURE(at, gamma_20, Distribution::gamma(3, 20));
BENCHMARK_CAPTURE(at, geometric, Distribution::geometric(3));
BENCHMARK_CAPTURE(at, empirical, Distribution::empirical({1, 2, 3, 4}, {4, 3, 2, 1}));

}  // namespace
