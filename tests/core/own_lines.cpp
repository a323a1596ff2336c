// Memory that shares no cache line: where it begins, and that nothing else lies on its last line.
#include "core/own_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/wide_pages.hpp"

namespace portflow {
namespace {

/// The first line that `items` lie on, and the one after the last.
template <class Items>
std::pair<std::uintptr_t, std::uintptr_t> lines(const Items& items) {
  const auto begin = reinterpret_cast<std::uintptr_t>(items.data());
  const auto end = begin + items.capacity() * sizeof(items[0]);
  return {begin / own_lines, (end - 1) / own_lines + 1};
}

/// Small vectors that grow side by side, as those of neighbours do.
template <class Items>
std::size_t shared_lines() {
  std::vector<Items> all(64);
  for (int i = 0; i < 40; ++i) {
    for (auto& items : all) items.push_back(0);
  }
  std::vector<std::pair<std::uintptr_t, std::uintptr_t>> where;
  for (const auto& items : all) where.push_back(lines(items));
  std::ranges::sort(where);
  std::size_t shared = 0;
  for (std::size_t i = 1; i < where.size(); ++i) shared += where[i].first < where[i - 1].second;
  return shared;
}

TEST(OwnLines, AreSharedByNoTwoVectors) {
  EXPECT_EQ((shared_lines<OwnVector<std::uint32_t>>()), 0u);
  EXPECT_EQ((shared_lines<std::vector<std::uint32_t, WideAllocator<std::uint32_t>>>()), 0u);
  // What an allocator does otherwise, so that the count above can be seen to count.
  EXPECT_GT((shared_lines<std::vector<std::uint32_t>>()), 0u);
}

TEST(OwnLines, HoldWhatAVectorGrowsTo) {
  OwnVector<std::uint64_t> numbers;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    numbers.push_back(i);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % own_lines, 0u);
  }
  for (std::uint64_t i = 0; i < 1000; ++i) EXPECT_EQ(numbers[i], i);
  auto moved = std::move(numbers);
  EXPECT_EQ(moved.back(), 999u);
}

}  // namespace
}  // namespace portflow
