/// \file philox.hpp
/// The first two words of Philox4x32-10 (Salmon et al. 2011, SC'11), which is all that a draw uses.
///
/// Where the processor multiplies two pairs of 32-bit words at once, both halves of a round go side
/// by side, in half the instructions. Otherwise Random123 does it; the words are the same.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#else
#include <Random123/philox.h>
#endif

namespace portflow {

/// Some counters under one key, side by side: a round waits for the one before it, but not for
/// those of others.
/// \param low, high  each counter's words 0 and 1, and 2 and 3, the first of each least significant
/// \param key        likewise
/// \returns words 0 and 1 of the results, word 0 least significant
template <std::size_t N>
[[nodiscard]] inline std::array<std::uint64_t, N> philox(const std::array<std::uint64_t, N>& low,
                                                         const std::array<std::uint64_t, N>& high,
                                                         std::uint64_t key) noexcept {
  std::array<std::uint64_t, N> result;
#if defined(__SSE2__)
  const auto word = [](std::uint64_t x) { return static_cast<long long>(x); };
  const __m128i factors = _mm_set_epi64x(0xCD9E8D57, 0xD2511F53);
  const __m128i steps = _mm_set_epi64x(0xBB67AE85, 0x9E3779B9);
  __m128i keys = _mm_set_epi64x(word(key >> 32), word(key));
  // Words 0 and 2, which are multiplied, and 1 and 3; above 32 bits each lane holds anything.
  struct Counter {
    __m128i even, odd;
  };
  std::array<Counter, N> counters;
  const auto each = [&](const auto& act) __attribute__((always_inline)) {
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
      (act(counters[I], I), ...);
    }(std::make_index_sequence<N>{});
  };
  each([&](Counter& counter, std::size_t i) __attribute__((always_inline)) {
    counter.even = _mm_set_epi64x(word(high[i]), word(low[i]));
    counter.odd = _mm_srli_epi64(counter.even, 32);
  });
  const auto round = [&]() __attribute__((always_inline)) {
    each([&](Counter& counter, std::size_t) __attribute__((always_inline)) {
      const __m128i product = _mm_mul_epu32(counter.even, factors);
      const __m128i crossed = _mm_shuffle_epi32(product, _MM_SHUFFLE(1, 0, 3, 2));
      counter.even = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(crossed, 32), counter.odd), keys);
      counter.odd = crossed;
    });
    keys = _mm_add_epi32(keys, steps);
  };
  round(), round(), round(), round(), round();
  round(), round(), round(), round(), round();
  each([&](const Counter& counter, std::size_t i) __attribute__((always_inline)) {
    const __m128i words = _mm_unpacklo_epi32(counter.even, counter.odd);
    result[i] = static_cast<std::uint64_t>(_mm_cvtsi128_si64(words));
  });
#else
  const auto word = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const r123::Philox4x32::key_type keys{{word(key), word(key >> 32)}};
  for (std::size_t i = 0; i < N; ++i) {
    const r123::Philox4x32::ctr_type counter{
        {word(low[i]), word(low[i] >> 32), word(high[i]), word(high[i] >> 32)}};
    const auto bits = r123::Philox4x32{}(counter, keys);
    result[i] = (std::uint64_t{bits[1]} << 32) | bits[0];
  }
#endif
  return result;
}

}  // namespace portflow
