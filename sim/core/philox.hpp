/// \file philox.hpp
/// The first two words of Philox4x32-10 (Salmon et al. 2011, SC'11), which is all that a draw uses.
///
/// Where the processor multiplies two pairs of 32-bit words at once, both halves of a round go side
/// by side, in half the instructions. Otherwise Random123 does it; the words are the same.
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#else
#include <Random123/philox.h>
#endif

namespace portflow {

/// \param low, high  the counter's words 0 and 1, and 2 and 3, the first of each least significant
/// \param key        likewise
/// \returns words 0 and 1 of the result, word 0 least significant
[[nodiscard]] inline std::uint64_t philox(std::uint64_t low, std::uint64_t high,
                                          std::uint64_t key) noexcept {
#if defined(__SSE2__)
  const auto word = [](std::uint64_t x) { return static_cast<long long>(x); };
  const __m128i factors = _mm_set_epi64x(0xCD9E8D57, 0xD2511F53);
  const __m128i steps = _mm_set_epi64x(0xBB67AE85, 0x9E3779B9);
  __m128i keys = _mm_set_epi64x(word(key >> 32), word(key));
  // Words 0 and 2, which are multiplied, and 1 and 3; above 32 bits each lane holds anything.
  __m128i even = _mm_set_epi64x(word(high), word(low));
  __m128i odd = _mm_srli_epi64(even, 32);
  const auto round = [&]() __attribute__((always_inline)) {
    const __m128i product = _mm_mul_epu32(even, factors);
    const __m128i crossed = _mm_shuffle_epi32(product, _MM_SHUFFLE(1, 0, 3, 2));
    even = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(crossed, 32), odd), keys);
    odd = crossed;
    keys = _mm_add_epi32(keys, steps);
  };
  round(), round(), round(), round(), round();
  round(), round(), round(), round(), round();
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpacklo_epi32(even, odd)));
#else
  const auto word = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const r123::Philox4x32::ctr_type counter{
      {word(low), word(low >> 32), word(high), word(high >> 32)}};
  const r123::Philox4x32::key_type keys{{word(key), word(key >> 32)}};
  const auto bits = r123::Philox4x32{}(counter, keys);
  return (std::uint64_t{bits[1]} << 32) | bits[0];
#endif
}

}  // namespace portflow
