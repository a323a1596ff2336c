// Threads that work together: called at once, waiting for each other, with other work meanwhile.
#include <gtest/gtest.h>

#if defined(__linux__)
#include <sched.h>
#endif

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "kernel/crew.hpp"
#include "kernel/patience.hpp"
#include "kernel/processors.hpp"
#include "kernel/spare_time.hpp"

namespace portflow::kernel {
namespace {

using namespace std::chrono_literals;

TEST(Crew, CallsEveryWorkerOnceAndSeesWhatTheyWrote) {
  for (const unsigned workers : {1U, 2U, 5U}) {
    Crew crew{workers};
    ASSERT_EQ(crew.size(), workers);
    std::vector<int> calls(workers, 0);
    auto work = [&](unsigned w) { ++calls[w]; };
    for (int round = 1; round <= 2000; ++round) {
      crew.first(workers, work);
      ASSERT_EQ(calls, std::vector<int>(workers, round));
    }
    crew.first(1, work);
    EXPECT_EQ(calls.front(), 2001);
    EXPECT_EQ(std::ranges::count(calls, 2000), workers - 1);
  }
}

TEST(SpareTime, IsUsedByOneAtATimeUntilNothingIsLeft) {
  int left = 0;  // by whoever is at it, without a lock of its own
  std::atomic<int> at_it{0};
  std::atomic<bool> two{false};
  const std::function<bool()> work = [&] {
    if (++at_it > 1) two = true;
    const bool more = --left > 0;
    --at_it;
    return more;
  };
  SpareTime spare{work};
  EXPECT_FALSE(spare.use());  // nothing before the first renewal
  Crew crew{4};
  std::atomic<int> used{0};
  auto use = [&](unsigned) {
    for (int i = 0; i < 2000; ++i) {
      if (spare.use()) ++used;
    }
  };
  for (int round = 1; round <= 20; ++round) {
    left = 1000;
    spare.renew();
    crew.first(4, use);
    while (spare.use()) ++used;
    ASSERT_EQ(left, 0);
    ASSERT_EQ(used, 1000 * round);
  }
  EXPECT_FALSE(two);
}

TEST(SpareTime, IsNoneWithoutWork) {
  const std::function<bool()> nothing;
  SpareTime spare{nothing};
  spare.renew();
  EXPECT_FALSE(spare.use());
}

TEST(Crew, WakesFromSleep) {
  Crew crew{3};
  std::atomic<int> calls{0};
  auto work = [&](unsigned) { ++calls; };
  for (int round = 0; round < 3; ++round) {
    std::this_thread::sleep_for(20ms);
    crew.first(3, work);
  }
  EXPECT_EQ(calls, 9);
}

#if defined(__linux__)
/// The processors that this thread may use.
cpu_set_t allowed_processors() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  EXPECT_EQ(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  return allowed;
}

TEST(Crew, BeginsOnProcessorsOfItsOwn) {
  const cpu_set_t allowed = allowed_processors();
  constexpr int crews = 40;
  int apart = 0;
  for (int i = 0; i < crews; ++i) {
    Crew crew{2};
    std::array<int, 2> at{-1, -1};
    std::atomic<unsigned> come{0};
    auto work = [&](unsigned w) {
      at[w] = processor();
      // Whoever is on the other's processor would have to wait for a tick before he comes.
      ++come;
      while (come < 2) std::this_thread::yield();
      const cpu_set_t still = allowed_processors();
      EXPECT_TRUE(CPU_EQUAL(&still, &allowed));
    };
    crew.first(2, work);
    apart += at[0] != at[1] ? 1 : 0;
  }
  // Now and then the system moves one of them in between; left alone it has both together.
  if (CPU_COUNT(&allowed) > 1) {
    EXPECT_GE(apart, crews / 2);
  } else {
    EXPECT_EQ(apart, 0);
  }
}

TEST(Processors, AreGoneRoundOnlyAsFarAsAllowed) {
  const cpu_set_t allowed = allowed_processors();
  std::thread{[&] {
    const int here = processor();
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(static_cast<std::size_t>(here), &only);
    ASSERT_EQ(sched_setaffinity(0, sizeof only, &only), 0);
    for (const int from : {here, here + 1, -1, CPU_SETSIZE}) {
      move_away(from, 1);
      EXPECT_EQ(processor(), here);
      const cpu_set_t still = allowed_processors();
      EXPECT_TRUE(CPU_EQUAL(&still, &only));
    }
    ASSERT_EQ(sched_setaffinity(0, sizeof allowed, &allowed), 0);
    move_away(here, static_cast<unsigned>(CPU_COUNT(&allowed)));  // all the way round
    const cpu_set_t still = allowed_processors();
    EXPECT_TRUE(CPU_EQUAL(&still, &allowed));
  }}.join();
}

TEST(Patience, GivesWayToWhoeverStandsBehindOnTheSameProcessor) {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &here);
  constexpr unsigned turns = 200;
  std::atomic<unsigned> baton{0};
  std::atomic<std::uint64_t> looks{0};
  const auto run = [&](unsigned first) {
    ASSERT_EQ(sched_setaffinity(0, sizeof here, &here), 0);
    const Patience patience{1};
    for (unsigned turn = first; turn < turns; turn += 2) {
      patience.await([&] {
        looks.fetch_add(1, std::memory_order_relaxed);
        return baton.load(std::memory_order_acquire) == turn;
      });
      baton.store(turn + 1, std::memory_order_release);
    }
  };
  {
    const std::jthread one{run, 0U};
    const std::jthread other{run, 1U};
  }
  EXPECT_EQ(baton, turns);
  EXPECT_LT(looks / turns, 8192U);  // 200,000 and more where nobody gives way
}
#endif

}  // namespace
}  // namespace portflow::kernel
