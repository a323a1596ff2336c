#include "core/random.hpp"

#include <Random123/philox.h>

#include "core/hash.hpp"

namespace portflow {

Draws::Draws(std::uint64_t seed, std::uint32_t replication) noexcept
    : key_{chain(chain(0, seed), replication)} {}

double Draws::quantile(std::uint64_t entity, Point point, std::uint32_t occurrence) const noexcept {
  // The whole point enters the key, since two points whose 32-bit folds agree would meet the
  // same luck; chain() is a bijection of it, so within a replication none can share a stream.
  const auto stream = chain(key_, static_cast<std::uint64_t>(point));
  using Generator = r123::Philox4x32;
  const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
  const Generator::ctr_type counter{
      {low(entity), high(entity), low(static_cast<std::uint64_t>(point)), occurrence}};
  const Generator::key_type key{{low(stream), high(stream)}};
  const auto bits = Generator{}(counter, key);
  const auto word = (std::uint64_t{bits[1]} << 32) | bits[0];
  // Odd multiples of 2^-53 are exact doubles, symmetric about 1/2, and never 0 or 1.
  return static_cast<double>((word >> 11) | 1U) * 0x1p-53;
}

}  // namespace portflow
