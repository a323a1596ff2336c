#include "kpi/times.hpp"

#include <gtest/gtest.h>

namespace portflow::kpi {
namespace {

TEST(Times, ComeBackInTheirOrder) {
  // Around the ends of blocks.
  for (const std::int64_t count : {0, 1, 1023, 1024, 1025, 2048, 5000}) {
    Times times;
    for (std::int64_t i = 0; i < count; ++i) times.add(7 * i);
    const std::vector<std::int64_t> row = times.row();
    ASSERT_EQ(row.size(), static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) ASSERT_EQ(row[static_cast<std::size_t>(i)], 7 * i);
    // Asked again, they are still there; more may come.
    times.add(-1);
    EXPECT_EQ(times.row().size(), row.size() + 1);
    EXPECT_EQ(times.row().back(), -1);
  }
}

}  // namespace
}  // namespace portflow::kpi
