#include "trace/shuffle.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace portflow::trace {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are stored little-endian");

template <class T>
T value_at(const std::byte* values, std::size_t i) {
  T value = 0;
  std::memcpy(&value, values + i * sizeof(T), sizeof value);
  return value;
}

template <class T>
std::uint64_t varying(const std::byte* values, std::size_t count) {
  const T first = value_at<T>(values, 0);
  T differs = 0;
  for (std::size_t i = 0; i < count; ++i) {
    differs = static_cast<T>(differs | (value_at<T>(values, i) ^ first));
  }
  return differs;
}

#if defined(__SSE2__)

__m128i load(const std::byte* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// The same halves of four words of 8 bytes.
template <int Half>
__m128i halves(const std::byte* from) {
  constexpr int which = Half == 0 ? _MM_SHUFFLE(2, 0, 2, 0) : _MM_SHUFFLE(3, 1, 3, 1);
  const __m128 low = _mm_castsi128_ps(load(from));
  const __m128 high = _mm_castsi128_ps(load(from + 16));
  return _mm_castps_si128(_mm_shuffle_ps(low, high, which));
}

/// Sixteen bytes a turn; next(from, k) gives the k-th four values as words of 32 bits.
/// \returns how many values were done
template <std::size_t Size, class Next>
std::size_t planes_of_words(const std::byte* values, std::size_t count, std::size_t shift,
                            std::uint8_t* to, const Next& next) {
  const __m128i bits = _mm_cvtsi32_si128(static_cast<int>(shift));
  const __m128i low = _mm_set1_epi32(0xff);
  std::size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    const std::byte* from = values + i * Size;
    const auto bytes = [&](std::size_t k) {
      return _mm_and_si128(_mm_srl_epi32(next(from, k), bits), low);
    };
    const __m128i first = _mm_packs_epi32(bytes(0), bytes(1));
    const __m128i second = _mm_packs_epi32(bytes(2), bytes(3));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), _mm_packus_epi16(first, second));
  }
  return i;
}

std::size_t fast_plane(const std::byte* values, std::size_t size, std::size_t count,
                       std::size_t which, std::uint8_t* to) {
  if (size == 4) {
    return planes_of_words<4>(
        values, count, 8 * which, to,
        [](const std::byte* from, std::size_t k) { return load(from + 16 * k); });
  }
  if (size == 8 && which < 4) {
    return planes_of_words<8>(
        values, count, 8 * which, to,
        [](const std::byte* from, std::size_t k) { return halves<0>(from + 32 * k); });
  }
  if (size == 8) {
    return planes_of_words<8>(
        values, count, 8 * (which - 4), to,
        [](const std::byte* from, std::size_t k) { return halves<1>(from + 32 * k); });
  }
  return 0;
}

#else

std::size_t fast_plane(const std::byte* /*values*/, std::size_t /*size*/, std::size_t /*count*/,
                       std::size_t /*which*/, std::uint8_t* /*to*/) {
  return 0;
}

#endif

}  // namespace

void byte_plane(const std::byte* values, std::size_t size, std::size_t count, std::size_t which,
                std::uint8_t* to) {
  for (std::size_t i = fast_plane(values, size, count, which, to); i < count; ++i) {
    to[i] = std::to_integer<std::uint8_t>(values[i * size + which]);
  }
}

std::uint64_t varying_bits(const std::byte* values, std::size_t size, std::size_t count) {
  switch (size) {
    case 8:
      return varying<std::uint64_t>(values, count);
    case 4:
      return varying<std::uint32_t>(values, count);
    case 2:
      return varying<std::uint16_t>(values, count);
    default:
      return varying<std::uint8_t>(values, count);
  }
}

std::uint64_t first_value(const std::byte* values, std::size_t size) {
  std::uint64_t value = 0;
  std::memcpy(&value, values, size);
  return value;
}

}  // namespace portflow::trace
