#include "core/random.hpp"

#include "core/hash.hpp"
#include "core/philox.hpp"

namespace portflow {

Draws::Draws(std::uint64_t seed, std::uint32_t replication) noexcept
    : key_{chain(chain(0, seed), replication)} {}

double Draws::quantile(std::uint64_t entity, Point point, std::uint32_t occurrence) const noexcept {
  // The whole point enters the key, since two points whose 32-bit folds agree would meet the
  // same luck; chain() is a bijection of it, so within a replication none can share a stream.
  const auto stream = chain(key_, static_cast<std::uint64_t>(point));
  const auto counter = (std::uint64_t{occurrence} << 32) |
                       static_cast<std::uint32_t>(static_cast<std::uint64_t>(point));
  const std::uint64_t word = philox(entity, counter, stream);
  // Odd multiples of 2^-53 are exact doubles, symmetric about 1/2, and never 0 or 1.
  return static_cast<double>((word >> 11) | 1U) * 0x1p-53;
}

}  // namespace portflow
