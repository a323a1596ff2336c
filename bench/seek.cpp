#include "bench/seek.hpp"

#include <algorithm>
#include <chrono>
#include <random>

#include "trace/reader.hpp"

namespace portflow::bench {
namespace {

template <class Do>
double seconds_of(Do&& act) {
  const auto begin = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

Result<SeekCost> seek_cost(const std::string& trace, std::uint32_t instants, std::uint64_t seed) {
  SeekCost cost;
  Result<std::unique_ptr<trace::Reader>> reader;
  cost.open = seconds_of([&] { reader = trace::Reader::open(trace); });
  if (!reader) return tl::unexpected(reader.error());
  const trace::Schema& schema = (*reader)->schema();
  std::mt19937_64 bits(seed);
  std::uniform_int_distribution<std::int64_t> some(0, (schema.until - schema.from).count());
  for (std::uint32_t i = 0; i < instants; ++i) {
    Result<trace::State> state;
    const double spent =
        seconds_of([&] { state = (*reader)->state(schema.from + Duration{some(bits)}); });
    if (!state) return tl::unexpected(state.error());
    cost.mean += spent / instants;
    cost.worst = std::max(cost.worst, spent);
    cost.most = std::max<std::uint64_t>(cost.most, state->present.size());
  }
  return cost;
}

}  // namespace portflow::bench
