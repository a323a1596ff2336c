// What is written at every event shares no cache line with anything, wherever it grows to.
#include <gtest/gtest.h>

#include "kernel/allocations.hpp"
#include "kernel/calendar.hpp"
#include "kernel/shards.hpp"
#include "kernel/stream.hpp"
#include "kernel/topology.hpp"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace portflow::kernel {
namespace {

/// A few events in the bottom, thousands in fine rungs, more in coarse ones, and crowds at an
/// instant.
TEST(OwnLines, AreAllThatACalendarWrites) {
  const auto before = narrow_allocations();
  {
    Calendar<std::uint64_t> calendar;
    std::uint64_t serial = 0;
    for (const std::uint64_t pending : {3U, 300U, 30'000U}) {
      while (calendar.size() < pending) {
        const Duration later{
            static_cast<std::int64_t>(serial * 7919 % (serial % 3 == 0 ? 50 : 99'991))};
        const SimTime now = calendar.empty() ? SimTime{} : calendar.next();
        calendar.push({now + later, Rank::normal, ProcessId{}, serial}, ProcessId{}, 0,
                      std::uint64_t{serial});
        ++serial;
      }
      for (std::uint64_t i = 0; i < pending - 2; ++i) {
        static_cast<void>(calendar.take());
        calendar.done();
      }
    }
    EXPECT_GT(serial, 30'000U);
  }
  EXPECT_EQ(narrow_allocations() - before, 0U);
}

TEST(OwnLines, AreAllThatAStreamWrites) {
  const auto before = narrow_allocations();
  {
    Stream<std::uint64_t> stream;
    for (unsigned i = 0; i < 1000; ++i) stream.write(std::uint64_t{i});
    stream.read(stream.written(), [](std::uint64_t&) {});
  }
  EXPECT_EQ(narrow_allocations() - before, 0U);
  static_assert(alignof(Stream<std::uint64_t>) % own_lines == 0);
}

/// All threads look at them for every message.
TEST(OwnLines, AreWhereTheShardsOfProcessesStand) {
  const std::vector<std::uint64_t> work(1000, 1);
  const std::vector<double> speeds{1, 1};
  const auto before = narrow_allocations();
  ShardOf shard_of;
  cut(work, speeds, shard_of);
  EXPECT_EQ(narrow_allocations() - before, 0U);
  EXPECT_EQ(shard_of.size(), 1000U);
}

}  // namespace
}  // namespace portflow::kernel

#endif
