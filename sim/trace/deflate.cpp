#include "trace/deflate.hpp"

#include <libdeflate.h>

#include <array>
#include <cstring>
#include <new>

#include "trace/shuffle.hpp"

namespace portflow::trace {
namespace {

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

/// Adler-32 (RFC 1950) of what was looked at so far and `count` times `byte`.
std::uint32_t adler_of_run(std::uint32_t sum, std::uint8_t byte, std::size_t count) {
  constexpr std::uint64_t modulus = 65521;
  const std::uint64_t low = sum & 0xffffU;
  const std::uint64_t high = sum >> 16U;
  const std::uint64_t added = std::uint64_t{byte} * (std::uint64_t{count} * (count + 1) / 2);
  const std::uint64_t new_high = (high + count * low + added) % modulus;
  return static_cast<std::uint32_t>(((low + std::uint64_t{byte} * count) % modulus) |
                                    (new_high << 16U));
}

}  // namespace

void Packed::lengthen() {
  if (used_ == room_.size()) room_.emplace_back();
  room_[used_++] = std::byte{0};
}

std::size_t Packer::deflate(const Strip& strip, Packed& to) {
  const std::size_t raw = chunk_rows * strip.size;
  // What does not shrink by a thirtieth costs readers more time than it saves space.
  const std::size_t most = raw - raw / 32;
  if (to.room_.size() < raw) to.room_.resize(raw);
  plane_.resize(chunk_rows);
  to.room_[0] = std::byte{0x78};
  to.room_[1] = std::byte{0x01};
  coder_.begin(to.room_.data() + 2, most - 6);
  const std::uint64_t first = first_value(strip.first, strip.size);
  const std::uint64_t varying = varying_bits(strip.first, strip.size, strip.count);
  const std::size_t rest = chunk_rows - strip.count;
  const std::span<std::uint8_t> plane = std::span(plane_).first(strip.count);
  std::uint32_t check = 1;
  for (std::size_t which = 0; which < strip.size; ++which) {
    const auto byte = static_cast<std::uint8_t>(first >> (8 * which));
    if (((varying >> (8 * which)) & 0xffU) == 0) {
      coder_.add_run(byte, strip.count);
      check = adler_of_run(check, byte, strip.count);
    } else {
      byte_plane(strip.first, strip.size, strip.count, which, plane.data());
      if (!coder_.add(plane)) return 0;
      check = libdeflate_adler32(check, plane.data(), plane.size());
    }
    if (rest == 0) continue;
    coder_.add_run(0, rest);
    check = adler_of_run(check, 0, rest);
  }
  std::size_t size = coder_.end();
  if (size == 0) return 0;
  size += 2;
  for (unsigned shift = 24; shift < 32; shift -= 8)
    to.room_[size++] = static_cast<std::byte>(check >> shift);
  return size;
}

void Packer::pack(const Strip& strip, bool plain, Packed& to) {
  to.used_ = plain || strip.count == 0 ? 0 : deflate(strip, to);
  to.skipped_filters = 0;
  if (to.used_ > 0) return;
  const std::size_t raw = chunk_rows * strip.size;
  const std::size_t given = strip.count * strip.size;
  if (to.room_.size() < raw) to.room_.resize(raw);
  std::memcpy(to.room_.data(), strip.first, given);
  std::memset(to.room_.data() + given, 0, raw - given);
  to.used_ = raw;
  to.skipped_filters = 3;
}

Unpacker::Unpacker() : engine_(libdeflate_alloc_decompressor()) {
  if (engine_ == nullptr) throw std::bad_alloc();
}
Unpacker::~Unpacker() {
  libdeflate_free_decompressor(engine_);
}

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
