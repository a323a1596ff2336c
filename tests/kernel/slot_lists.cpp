#include "kernel/slot_lists.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/hash.hpp"

namespace portflow::kernel {
namespace {

TEST(SlotLists, KeepEveryListApart) {
  // Around the ends of lines, where one goes on in the next.
  for (const std::uint32_t length : {0U, 1U, 62U, 63U, 64U, 126U, 127U, 1000U}) {
    SlotLists lists;
    std::uint32_t a = SlotLists::nil;
    std::uint32_t b = SlotLists::nil;
    for (std::uint32_t i = 0; i < length; ++i) {
      lists.add(a, i);
      lists.add(b, 1'000'000 + i);
    }
    SlotLists::Slots slots{7};
    lists.empty_into(slots, b);
    ASSERT_EQ(slots.size(), length + 1) << length;
    EXPECT_EQ(slots.front(), 7u);  // what was there stays
    lists.empty_into(slots, a);
    std::ranges::sort(slots.begin() + 1, slots.end());
    for (std::uint32_t i = 0; i < length; ++i) {
      ASSERT_EQ(slots[1 + i], i);
      ASSERT_EQ(slots[1 + length + i], 1'000'000 + i);
    }
  }
}

/// Lists that grow and are emptied in turn share their lines, and lose nothing.
TEST(SlotLists, UseLinesAgain) {
  SlotLists lists;
  std::vector<std::uint32_t> last(20, SlotLists::nil);
  std::vector<std::vector<std::uint32_t>> model(last.size());
  std::uint64_t luck = 5;
  for (std::uint32_t step = 0; step < 100'000; ++step) {
    luck += 0x9e3779b97f4a7c15ULL;
    const std::uint64_t bits = mix(luck);
    const std::size_t i = bits % last.size();
    if ((bits >> 32) % 300 != 0) {
      lists.add(last[i], step);
      model[i].push_back(step);
      continue;
    }
    SlotLists::Slots slots;
    lists.empty_into(slots, last[i]);
    last[i] = SlotLists::nil;
    std::ranges::sort(slots);
    ASSERT_TRUE(std::ranges::equal(slots, model[i])) << step;
    model[i].clear();
  }
}

}  // namespace
}  // namespace portflow::kernel
