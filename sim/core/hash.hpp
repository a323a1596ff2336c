/// \file hash.hpp
/// Stable 64-bit hashes of names and numbers: the same on every machine and in every run.
///
/// They name entities and decision points, key their draws and chain fingerprints. They are
/// not for hash tables exposed to an adversary.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace portflow {

/// Spreads the bits of `x` (the finaliser of SplitMix64; Steele, Lea and Flood 2014).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}

/// Chains `value` onto `hash`; the order of calls matters.
[[nodiscard]] constexpr std::uint64_t chain(std::uint64_t hash, std::uint64_t value) noexcept {
  return mix(std::rotl(hash, 25) + 0x9e3779b97f4a7c15ULL + value);
}

/// Hash of a name, from its bytes alone (FNV-1a, then mixed).
[[nodiscard]] constexpr std::uint64_t hash_of(std::string_view name) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return mix(hash);
}

}  // namespace portflow
