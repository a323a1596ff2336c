// Memory on pages of two megabytes: where it begins, what is in it, and that it goes back.
#include "core/wide_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace portflow {
namespace {

TEST(WidePages, BeginAtAWholePageAndAreZero) {
  for (const std::size_t pages : {std::size_t{1}, std::size_t{3}}) {
    const std::size_t size = pages * wide_page;
    auto* begin = static_cast<std::uint64_t*>(take_wide_pages(size));
    ASSERT_NE(begin, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(begin) % wide_page, 0u);
    const std::size_t words = size / sizeof(std::uint64_t);
    EXPECT_EQ(std::count(begin, begin + words, std::uint64_t{0}),
              static_cast<std::ptrdiff_t>(words));
    std::fill(begin, begin + words, ~std::uint64_t{0});  // all of it may be written
    give_back_wide_pages(begin, size);
  }
}

TEST(WidePages, WhereNoneIsLeftSaySo) {
  EXPECT_EQ(take_wide_pages(std::size_t{1} << 62), nullptr);
}

/// A vector grows from small memory over to pages and keeps what it holds.
TEST(WidePages, HoldWhatAVectorGrowsTo) {
  std::vector<std::uint64_t, WideAllocator<std::uint64_t>> numbers;
  constexpr std::uint64_t count = 3 * wide_page / sizeof(std::uint64_t) + 5;
  for (std::uint64_t i = 0; i < count; ++i) numbers.push_back(i);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % wide_page, 0u);
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0}),
            count * (count - 1) / 2);
  numbers.clear();
  numbers.shrink_to_fit();
  EXPECT_EQ(numbers.capacity(), 0u);
}

}  // namespace
}  // namespace portflow
