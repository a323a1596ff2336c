#include "trace/deflate.hpp"

#include <libdeflate.h>

#include <array>
#include <bit>
#include <cstring>
#include <new>
#include <utility>

namespace portflow::trace {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are stored little-endian");

/// Swaps rows and columns of 8 x 8 bytes, one row a word.
void transpose(std::array<std::uint64_t, 8>& m) {
  const auto swap_blocks = [&m](std::size_t a, std::size_t b, unsigned shift, std::uint64_t mask) {
    const std::uint64_t change = ((m[a] >> shift) ^ m[b]) & mask;
    m[a] ^= change << shift;
    m[b] ^= change;
  };
  for (const std::size_t i : {0U, 1U, 2U, 3U}) swap_blocks(i, i + 4, 32, 0x00000000ffffffffULL);
  for (const std::size_t i : {0U, 1U, 4U, 5U}) swap_blocks(i, i + 2, 16, 0x0000ffff0000ffffULL);
  for (const std::size_t i : {0U, 2U, 4U, 6U}) swap_blocks(i, i + 1, 8, 0x00ff00ff00ff00ffULL);
}

void shuffle_words(const Strip& strip, std::byte* to) {
  std::array<std::uint64_t, 8> block{};
  std::size_t i = 0;
  for (; i + 8 <= strip.count; i += 8) {
    for (std::size_t k = 0; k < 8; ++k) {
      std::memcpy(&block[k], strip.first + (i + k) * strip.stride, 8);
    }
    transpose(block);
    for (std::size_t b = 0; b < 8; ++b) std::memcpy(to + b * chunk_rows + i, &block[b], 8);
  }
  for (; i < strip.count; ++i) {
    for (std::size_t b = 0; b < 8; ++b) to[b * chunk_rows + i] = strip.first[i * strip.stride + b];
  }
}

template <std::size_t Size>
void shuffle_bytes(const Strip& strip, std::byte* to) {
  for (std::size_t i = 0; i < strip.count; ++i) {
    for (std::size_t b = 0; b < Size; ++b) to[b * chunk_rows + i] = strip.first[i * strip.stride + b];
  }
}

void shuffle(const Strip& strip, std::byte* to) {
  switch (strip.size) {
    case 8: return shuffle_words(strip, to);
    case 4: return shuffle_bytes<4>(strip, to);
    case 2: return shuffle_bytes<2>(strip, to);
    default: return shuffle_bytes<1>(strip, to);
  }
}

void restore_words(const std::byte* from, std::size_t count, std::byte* first, std::size_t stride) {
  std::array<std::uint64_t, 8> block{};
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (std::size_t b = 0; b < 8; ++b) std::memcpy(&block[b], from + b * chunk_rows + i, 8);
    transpose(block);
    for (std::size_t k = 0; k < 8; ++k) std::memcpy(first + (i + k) * stride, &block[k], 8);
  }
  for (; i < count; ++i) {
    for (std::size_t b = 0; b < 8; ++b) first[i * stride + b] = from[b * chunk_rows + i];
  }
}

/// Whether a plane of bytes looks like noise, which deflating would read twice for nothing:
/// no byte is much more frequent than others and neighbours are seldom equal.
bool is_noise(const std::byte* plane) {
  constexpr std::size_t every = 8;
  constexpr std::size_t samples = chunk_rows / every;
  std::array<std::uint32_t, 256> counts{};
  std::size_t equal = 0;
  for (std::size_t i = 0; i < chunk_rows; i += every) {
    ++counts[std::to_integer<std::size_t>(plane[i])];
    equal += plane[i] == plane[i + 1] ? 1U : 0U;
  }
  std::size_t squares = 0;
  for (const std::size_t count : counts) squares += count * count;
  // Even noise gives samples + samples^2 / 256; a quarter more is about 7.8 bits a byte.
  return equal < samples / 32 && squares < (samples + samples * samples / 256) * 5 / 4;
}

/// Appends the planes of noise with which a chunk begins, as stored blocks (RFC 1951, 3.2.4).
/// \returns how many bytes of the chunk that was.
std::size_t store_noise(const std::vector<std::byte>& planes, std::vector<std::byte>& to,
                        std::size_t& size) {
  std::size_t done = 0;
  for (; done < planes.size() && is_noise(planes.data() + done); done += chunk_rows) {
    constexpr auto length = static_cast<std::uint16_t>(chunk_rows);
    constexpr auto complement = static_cast<std::uint16_t>(~length);
    if (size + 5 + chunk_rows > to.size()) return planes.size();
    to[size] = std::byte{0};
    std::memcpy(to.data() + size + 1, &length, 2);
    std::memcpy(to.data() + size + 3, &complement, 2);
    std::memcpy(to.data() + size + 5, planes.data() + done, chunk_rows);
    size += 5 + chunk_rows;
  }
  return done;
}

}  // namespace

Packer::Packer() : engine_(libdeflate_alloc_compressor(1)) {
  if (engine_ == nullptr) throw std::bad_alloc();
}
Packer::~Packer() { libdeflate_free_compressor(engine_); }
Packer::Packer(Packer&& other) noexcept
    : engine_(std::exchange(other.engine_, nullptr)), shuffled_(std::move(other.shuffled_)) {}

bool Packer::deflate(std::vector<std::byte>& to) {
  const std::size_t raw = shuffled_.size();
  // What does not shrink by a thirtieth costs readers more time than it saves space.
  to.resize(raw - raw / 32);
  to[0] = std::byte{0x78};
  to[1] = std::byte{0x01};
  std::size_t size = 2;
  const std::size_t done = store_noise(shuffled_, to, size);
  if (done == raw || size + 4 >= to.size()) return false;
  const std::size_t rest = libdeflate_deflate_compress(
      engine_, shuffled_.data() + done, raw - done, to.data() + size, to.size() - size - 4);
  if (rest == 0) return false;
  size += rest;
  const std::uint32_t check = libdeflate_adler32(1, shuffled_.data(), raw);
  for (unsigned shift = 24; shift < 32; shift -= 8) to[size++] = static_cast<std::byte>(check >> shift);
  to.resize(size);
  return true;
}

void Packer::pack(const Strip& strip, bool plain, Packed& to) {
  const std::size_t raw = chunk_rows * strip.size;
  if (!plain) {
    shuffled_.resize(raw);
    if (strip.count < chunk_rows) std::memset(shuffled_.data(), 0, raw);
    shuffle(strip, shuffled_.data());
    if (deflate(to.bytes)) {
      to.skipped_filters = 0;
      return;
    }
  }
  to.bytes.assign(raw, std::byte{0});
  for (std::size_t i = 0; i < strip.count; ++i) {
    std::memcpy(to.bytes.data() + i * strip.size, strip.first + i * strip.stride, strip.size);
  }
  to.skipped_filters = 3;
}

Unpacker::Unpacker() : engine_(libdeflate_alloc_decompressor()) {
  if (engine_ == nullptr) throw std::bad_alloc();
}
Unpacker::~Unpacker() { libdeflate_free_decompressor(engine_); }

bool Unpacker::unpack(std::span<const std::byte> bytes, std::uint32_t skipped_filters,
                      std::size_t size, std::size_t count, std::byte* first, std::size_t stride) {
  const std::size_t raw = chunk_rows * size;
  const std::byte* data = bytes.data();
  if ((skipped_filters & 2U) == 0) {
    shuffled_.resize(raw);
    std::size_t got = 0;
    if (libdeflate_zlib_decompress(engine_, bytes.data(), bytes.size(), shuffled_.data(), raw,
                                   &got) != LIBDEFLATE_SUCCESS ||
        got != raw) {
      return false;
    }
    data = shuffled_.data();
  } else if (bytes.size() != raw) {
    return false;
  }
  if ((skipped_filters & 1U) != 0) {
    for (std::size_t i = 0; i < count; ++i) std::memcpy(first + i * stride, data + i * size, size);
  } else if (size == 8) {
    restore_words(data, count, first, stride);
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t b = 0; b < size; ++b) first[i * stride + b] = data[b * chunk_rows + i];
    }
  }
  return true;
}

}  // namespace portflow::trace
