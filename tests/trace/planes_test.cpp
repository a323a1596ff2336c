// The encoder of planes: whatever goes in comes out of an inflater that knows nothing of it.
#include "trace/planes.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cmath>
#include <numeric>
#include <random>

#include "trace/deflate.hpp"
#include "trace/huffman.hpp"

namespace portflow::trace {
namespace {

using Plane = std::vector<std::uint8_t>;

std::vector<std::uint8_t> inflated(std::span<const std::byte> bytes, std::size_t size) {
  std::vector<std::uint8_t> raw(size);
  libdeflate_decompressor* engine = libdeflate_alloc_decompressor();
  std::size_t got = 0;
  const auto result =
      libdeflate_deflate_decompress(engine, bytes.data(), bytes.size(), raw.data(), size, &got);
  libdeflate_free_decompressor(engine);
  if (result != LIBDEFLATE_SUCCESS || got != size) raw.clear();
  return raw;
}

/// Planes of every sort by their number: noise, one byte, few bytes, runs, rare bytes.
Plane plane_of(unsigned sort, std::size_t size, std::mt19937& bits) {
  Plane plane(size, static_cast<std::uint8_t>(bits()));
  std::geometric_distribution<int> steep(0.5);
  std::size_t left = 0;
  for (std::uint8_t& byte : plane) {
    switch (sort) {
      case 0:
        byte = static_cast<std::uint8_t>(bits());
        break;
      case 1:
        break;
      case 2:
        byte = static_cast<std::uint8_t>(std::min(steep(bits), 255));
        break;
      case 3:
        if (left == 0) left = 1 + bits() % 700;
        byte = static_cast<std::uint8_t>(left > 300 ? 7 : left % 3);
        --left;
        break;
      default:
        if (bits() % 1000 == 0) byte = static_cast<std::uint8_t>(bits());
    }
  }
  return plane;
}

TEST(PlaneCoder, AnyInflaterReadsWhatItWrites) {
  std::mt19937 bits(1);
  PlaneCoder coder;
  std::vector<std::byte> room(1 << 18);
  for (int turn = 0; turn < 300; ++turn) {
    std::vector<std::uint8_t> raw;
    coder.begin(room.data(), room.size());
    const std::size_t planes = 1 + bits() % 8;
    for (std::size_t i = 0; i < planes; ++i) {
      const std::size_t size = turn % 3 == 0 ? 1 + bits() % 300 : chunk_rows;
      const auto sort = static_cast<unsigned>(bits() % 5);
      const Plane plane = plane_of(sort, size, bits);
      if (sort == 1) {
        coder.add_run(plane[0], size);
      } else {
        ASSERT_TRUE(coder.add(plane));
      }
      raw.insert(raw.end(), plane.begin(), plane.end());
    }
    const std::size_t size = coder.end();
    ASSERT_GT(size, 0U);
    ASSERT_EQ(inflated(std::span(room).first(size), raw.size()), raw) << "turn " << turn;
  }
}

TEST(PlaneCoder, SaysWhereThereIsNoRoom) {
  std::mt19937 bits(2);
  PlaneCoder coder;
  std::vector<std::byte> room(1 << 16);
  const Plane noise = plane_of(0, chunk_rows, bits);
  const Plane steep = plane_of(2, chunk_rows, bits);
  for (std::size_t most = 0; most < 3 * chunk_rows; most += 97) {
    coder.begin(room.data(), most);
    const bool fits = coder.add(steep) && coder.add(noise) && coder.add(steep);
    const std::size_t size = fits ? coder.end() : 0;
    EXPECT_LE(size, most);
  }
}

TEST(PlaneCoder, SpendsLittleMoreThanTheEntropy) {
  std::mt19937 bits(3);
  PlaneCoder coder;
  std::vector<std::byte> room(1 << 16);
  coder.begin(room.data(), room.size());
  ASSERT_TRUE(coder.add(plane_of(2, chunk_rows, bits)));  // halves: two bits a byte
  EXPECT_LT(static_cast<double>(coder.end()), 1.03 * chunk_rows * 2 / 8);
  coder.begin(room.data(), room.size());
  coder.add_run(9, 7 * chunk_rows);
  EXPECT_LT(coder.end(), 250U);
}

TEST(Huffman, NoCodeIsTooLong) {
  // Fibonacci's numbers make the deepest tree.
  std::vector<std::uint32_t> counts{1, 1};
  while (counts.size() < 40) counts.push_back(counts.back() + counts[counts.size() - 2]);
  for (const unsigned most : {7U, 15U}) {
    std::vector<std::uint8_t> lengths(counts.size());
    code_lengths(counts, most, lengths);
    double filled = 0;
    for (const std::uint8_t length : lengths) {
      EXPECT_GE(length, 1);
      EXPECT_LE(length, most);
      filled += std::ldexp(1.0, -length);
    }
    EXPECT_EQ(filled, 1.0) << "a code that is whole, as deflate asks";
  }
}

TEST(Packer, FillsUpWithZerosAndStoresWhatDoesNotShrink) {
  std::mt19937_64 bits(4);
  Packer packer;
  Unpacker unpacker;
  for (const std::size_t size : {1U, 2U, 4U, 8U}) {
    for (const std::size_t count :
         {std::size_t{1}, std::size_t{15}, std::size_t{1000}, chunk_rows}) {
      for (const bool noisy : {false, true}) {
        std::vector<std::byte> values(count * size);
        for (std::size_t i = 0; i < values.size(); ++i) {
          values[i] = static_cast<std::byte>(noisy ? bits() : i / size / 50);
        }
        Packed packed;
        packer.pack({values.data(), count, size}, false, packed);
        EXPECT_EQ(packed.skipped_filters == 3, noisy && count == chunk_rows);
        std::vector<std::byte> back(values.size());
        ASSERT_TRUE(unpacker.unpack(packed.bytes(), packed.skipped_filters, size, count,
                                    back.data(), size));
        EXPECT_EQ(back, values);
      }
    }
  }
}

}  // namespace
}  // namespace portflow::trace
