#include "core/random.hpp"

#include <array>
#include <tuple>
#include <utility>

#include "core/hash.hpp"
#include "core/philox.hpp"

namespace portflow {

Draws::Draws(std::uint64_t seed, std::uint32_t replication) noexcept
    : key_{chain(chain(0, seed), replication)} {}

namespace {

// The whole point enters the key, since two points whose 32-bit folds agree would meet the same
// luck; chain() is a bijection of it, so within a replication none can share a stream.
std::uint64_t stream_of(std::uint64_t key, Point point) noexcept {
  return chain(key, static_cast<std::uint64_t>(point));
}

std::uint64_t counter_of(Point point, std::uint32_t occurrence) noexcept {
  return (std::uint64_t{occurrence} << 32) |
         static_cast<std::uint32_t>(static_cast<std::uint64_t>(point));
}

/// Odd multiples of 2^-53 are exact doubles, symmetric about 1/2, and never 0 or 1.
double quantile_of(std::uint64_t word) noexcept {
  return static_cast<double>((word >> 11) | 1U) * 0x1p-53;
}

/// Fills `into`, by fours and then one by one; which(i) gives entity and counter of the i-th draw.
template <class Which>
void fill(std::span<double> into, std::uint64_t stream, const Which& which) noexcept {
  const auto some = [&]<std::size_t N>(std::size_t from, std::array<std::uint64_t, N> entities) {
    std::array<std::uint64_t, N> counters;
    for (std::size_t i = 0; i < N; ++i) {
      std::tie(entities[i], counters[i]) = which(static_cast<std::uint32_t>(from + i));
    }
    const auto words = philox(entities, counters, stream);
    for (std::size_t i = 0; i < N; ++i) into[from + i] = quantile_of(words[i]);
  };
  std::size_t done = 0;
  for (; done + 4 <= into.size(); done += 4) some(done, std::array<std::uint64_t, 4>{});
  for (; done < into.size(); ++done) some(done, std::array<std::uint64_t, 1>{});
}

}  // namespace

double Draws::quantile(std::uint64_t entity, Point point, std::uint32_t occurrence) const noexcept {
  const std::array entities{entity}, counters{counter_of(point, occurrence)};
  return quantile_of(philox(entities, counters, stream_of(key_, point))[0]);
}

void Draws::quantiles(std::uint64_t entity, Point point, std::uint32_t first,
                      std::span<double> into) const noexcept {
  fill(into, stream_of(key_, point),
       [&](std::uint32_t i) { return std::pair{entity, counter_of(point, first + i)}; });
}

void Draws::quantiles(std::span<const std::uint64_t> entities, Point point,
                      std::span<double> into) const noexcept {
  fill(into, stream_of(key_, point),
       [&](std::uint32_t i) { return std::pair{entities[i], counter_of(point, 0)}; });
}

}  // namespace portflow
