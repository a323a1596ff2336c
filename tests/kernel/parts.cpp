#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <string>
#include <utility>

#include "core/hash.hpp"
#include "kernel/crew.hpp"
#include "kernel/event_key.hpp"
#include "kernel/pace.hpp"
#include "kernel/safe_bound.hpp"
#include "kernel/shards.hpp"
#include "kernel/spare_time.hpp"

namespace portflow::kernel {
namespace {

using namespace std::chrono_literals;

SimTime at(std::int64_t ms) {
  return SimTime{Duration{ms}};
}

/// A stream of small whole numbers.
struct Luck {
  std::uint64_t state;
  std::uint32_t operator()() {
    state += 0x9e3779b97f4a7c15ULL;
    return static_cast<std::uint32_t>(mix(state) >> 33);
  }
};

TEST(EventKey, OrderIsTimeRankSourceSerial) {
  const EventKey key{at(5), Rank::normal, ProcessId{3}, 7};
  EXPECT_LT((EventKey{at(4), Rank::observe, ProcessId{9}, 9}), key);
  EXPECT_LT((EventKey{at(5), Rank::release, ProcessId{9}, 9}), key);
  EXPECT_LT((EventKey{at(5), Rank::normal, ProcessId{2}, 9}), key);
  EXPECT_LT((EventKey{at(5), Rank::normal, ProcessId{3}, 6}), key);
}

TEST(EventKey, TextCountsFromOne) {
  const auto text = [](std::uint64_t serial) {
    return to_text(EventKey{at(0), Rank::release, ProcessId{3}, serial});
  };
  EXPECT_EQ(text(16), "1970-01-01 00:00:00 release from process 3, its 17th");
  EXPECT_TRUE(text(0).ends_with("1st"));
  EXPECT_TRUE(text(21).ends_with("22nd"));
  EXPECT_TRUE(text(2).ends_with("3rd"));
  EXPECT_TRUE(text(10).ends_with("11th"));
  EXPECT_TRUE(text(111).ends_with("112th"));
}

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

/// The rule as it is written, without any short cut.
std::vector<SimTime> by_the_book(std::size_t n, const std::vector<Channel>& channels,
                                 const std::vector<SimTime>& next) {
  constexpr std::int64_t none = -1;
  std::vector<std::vector<std::int64_t>> d(n, std::vector<std::int64_t>(n, none));
  const auto lower = [](std::int64_t& path, std::int64_t other) {
    if (path == none || other < path) path = other;
  };
  for (const auto& c : channels) {
    lower(d[static_cast<std::size_t>(c.from)][static_cast<std::size_t>(c.to)], c.lookahead.count());
  }
  for (std::size_t round = 0; round < n; ++round) {  // as many channels as a path can have
    auto longer = d;
    for (std::size_t k = 0; k < n; ++k) {
      for (const auto& c : channels) {
        const auto so_far = d[k][static_cast<std::size_t>(c.from)];
        if (so_far != none) {
          lower(longer[k][static_cast<std::size_t>(c.to)], so_far + c.lookahead.count());
        }
      }
    }
    d = longer;
  }
  std::vector<SimTime> bound(n, never);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      if (next[k] != never && d[k][i] != none) {
        bound[i] = std::min(bound[i], next[k] + Duration{d[k][i]});
      }
    }
  }
  return bound;
}

/// Every process in a shard of its own.
std::vector<std::uint32_t> own_shards(std::size_t n) {
  std::vector<std::uint32_t> shard_of(n);
  std::iota(shard_of.begin(), shard_of.end(), 0U);
  return shard_of;
}

TEST(SafeBound, AgreesWithTheRuleAsWritten) {
  Luck luck{11};
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t n = 1 + luck() % 9;
    Topology topology;
    for (std::size_t c = 0; c < luck() % (3 * n); ++c) {
      const auto from = static_cast<std::uint32_t>(luck() % n);
      const auto to = static_cast<std::uint32_t>(luck() % n);
      if (from != to) {
        topology.channels.push_back({ProcessId{from}, ProcessId{to}, Duration{1 + luck() % 40}});
      }
    }
    const SafeBound rule{topology, own_shards(n), n};
    std::vector<SimTime> next(n);
    for (auto& time : next) time = luck() % 5 == 0 ? never : at(luck() % 100);
    const auto book = by_the_book(n, topology.channels, next);
    for (std::size_t i = 0; i < n; ++i) {
      if (book[i] == never) {
        EXPECT_GE(rule(next, i), end_of_time);
      } else {
        EXPECT_EQ(rule(next, i), book[i]) << "trial " << trial << ", process " << i;
      }
    }
  }
}

TEST(SafeBound, WhatStaysInAShardDoesNotBindIt) {
  Topology topology;
  topology.channels = {{ProcessId{0}, ProcessId{1}, 1ms},   // within the first shard
                       {ProcessId{1}, ProcessId{2}, 10ms},  // out of it, and back
                       {ProcessId{2}, ProcessId{0}, 5ms}};
  const std::vector<std::uint32_t> shard_of{0, 0, 1};
  const SafeBound rule{topology, shard_of, 2};
  const std::vector<SimTime> next{at(100), at(200)};
  EXPECT_EQ(rule(next, 0), at(115));  // its own message comes back before the other's
  EXPECT_EQ(rule(next, 1), at(110));
}

TEST(SafeBound, AMeshIsAsGoodAsChannelsBetweenAll) {
  Topology mesh;
  mesh.meshes = {7ms};
  const SafeBound rule{mesh, own_shards(3), 3};
  const std::vector<SimTime> next{at(100), at(103), never};
  EXPECT_EQ(rule(next, 0), at(110));
  EXPECT_EQ(rule(next, 1), at(107));
  EXPECT_EQ(rule(next, 2), at(107));
}

TEST(Shards, AreCutByWork) {
  const std::vector<std::uint64_t> work{40, 10, 10, 10, 10, 0, 0, 0};
  std::vector<std::uint32_t> cut;
  cut_evenly(work, 2, cut);
  EXPECT_THAT(cut, testing::ElementsAre(0, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_DOUBLE_EQ(imbalance(work, cut, 2), 1);
  EXPECT_DOUBLE_EQ(imbalance(work, std::vector<std::uint32_t>(8, 0), 2), 2);
  cut_evenly(std::vector<std::uint64_t>(4, 0), 2, cut);
  EXPECT_THAT(cut, testing::ElementsAre(0, 0, 1, 1));
}

/// Tells the pace what a machine would whose workers make `rate(workers)` events a second.
template <class Rate>
std::vector<unsigned> choices_of(Pace& pace, double seconds, const Rate& rate) {
  std::vector<unsigned> chosen;
  for (double now = 0; now < seconds;) {
    const double wall = std::min(pace.stretch().count(), 1.0);
    chosen.push_back(pace.workers());
    now += wall;
    pace.learn(static_cast<std::uint64_t>(rate(pace.workers(), now) * wall),
               static_cast<std::uint64_t>(wall * 1e5), Pace::Wall{wall});
  }
  return chosen;
}

TEST(Pace, SettlesOnTheQuickestAndLosesLittleOnTrials) {
  for (const unsigned quickest : {1U, 2U, 4U, 8U}) {
    Pace pace{8, false};
    const auto chosen = choices_of(
        pace, 10, [&](unsigned workers, double) { return workers == quickest ? 2e6 : 1e6; });
    EXPECT_EQ(pace.workers(), quickest);
    EXPECT_GT(std::ranges::count(chosen, quickest),
              static_cast<std::ptrdiff_t>(chosen.size() * 9 / 10));
  }
}

TEST(Pace, FollowsAMachineThatChanges) {
  Pace pace{2, false};
  choices_of(pace, 10, [](unsigned workers, double) { return workers == 2 ? 2e6 : 1e6; });
  EXPECT_EQ(pace.workers(), 2U);
  choices_of(pace, 10, [](unsigned workers, double) { return workers == 2 ? 1e5 : 1e6; });
  EXPECT_EQ(pace.workers(), 1U);
}

/// Where another program takes a processor away, two workers may need milliseconds for a window:
/// that many windows are seen would cost more than it tells.
TEST(Pace, EndsHopelessTrialsAtOnce) {
  Pace pace{2, false};
  double with_two = 0;
  for (double now = 0; now < 1;) {
    const double wall = std::min(pace.stretch().count(), 1.0);
    const bool two = pace.workers() == 2;
    if (two) with_two += wall;
    now += wall;
    pace.learn(static_cast<std::uint64_t>((two ? 1e5 : 1e7) * wall),
               static_cast<std::uint64_t>((two ? 1e3 : 1e5) * wall), Pace::Wall{wall});
  }
  EXPECT_EQ(pace.workers(), 1U);
  EXPECT_GT(with_two, 0);
  EXPECT_LT(with_two, 0.040);
}

/// A run with much pending: to change workers takes `laying_out` seconds, and the next stretch goes
/// into sorting. Two are twice as quick as one, but slower at that.
struct Crowded {
  double laying_out;
  Pace pace{2, false};
  unsigned last = 0;
  double now = 0;
  double spent = 0;  ///< laying out

  void run_to(double end) {
    while (now < end) {
      const unsigned workers = pace.workers();
      const bool fresh = workers != std::exchange(last, workers);
      if (fresh) {
        pace.laid_out(Pace::Wall{laying_out});
        now += laying_out;
        spent += laying_out;
      }
      const double wall = pace.stretch().count();
      now += wall;
      const double rate = fresh ? (workers == 2 ? 1e5 : 5e5) : (workers == 2 ? 2e6 : 1e6);
      pace.learn(static_cast<std::uint64_t>(rate * wall), static_cast<std::uint64_t>(wall * 1e3),
                 Pace::Wall{wall});
    }
  }
};

TEST(Pace, DoesNotTakeSortingForPace) {
  Crowded run{0.1};
  run.run_to(30);
  EXPECT_EQ(run.pace.workers(), 2U);
  EXPECT_LT(run.spent, 2);
}

TEST(Pace, DoesNotPayForMoreWorkersBeforeARunIsLong) {
  Crowded run{1};
  run.run_to(2.9);  // one second was spent before it began
  EXPECT_EQ(run.pace.workers(), 1U);
  EXPECT_EQ(run.spent, 1);
  run.run_to(5);
  EXPECT_EQ(run.pace.workers(), 2U);
  EXPECT_EQ(run.spent, 2);
}

/// Workers that bring nothing would only be in the way of others.
TEST(Pace, TakesTheFewestOfThoseEquallyQuick) {
  Pace pace{4, false};
  choices_of(pace, 2, [](unsigned, double) { return 1e6; });
  EXPECT_EQ(pace.workers(), 1U);
}

/// A choice is kept for seconds while it is good, and looked at again soon where it is no longer.
TEST(Pace, LooksAgainWhereFewerWereQuicker) {
  Pace pace{2, false};
  choices_of(pace, 20, [](unsigned workers, double) { return workers == 2 ? 2e6 : 1e6; });
  const auto chosen =
      choices_of(pace, 0.6, [](unsigned workers, double) { return workers == 2 ? 5e5 : 1e6; });
  EXPECT_EQ(pace.workers(), 1U);
  EXPECT_EQ(chosen.back(), 1U);
}

/// Where one worker was as quick as two, as on a host that had a processor taken away, two may be
/// twice as quick a moment later; to see costs little, since no trial loses much.
TEST(Pace, LooksAgainSoonWhereTheRaceWasClose) {
  Pace pace{2, false};
  choices_of(pace, 20, [](unsigned workers, double) { return workers == 2 ? 1.03e6 : 1e6; });
  ASSERT_EQ(pace.workers(), 1U);
  choices_of(pace, 0.6, [](unsigned workers, double) { return workers == 2 ? 2e6 : 1e6; });
  EXPECT_EQ(pace.workers(), 2U);
}

TEST(Pace, FixedUsesAll) {
  Pace pace{5, true};
  const auto chosen = choices_of(pace, 1, [](unsigned, double) { return 1.0; });
  EXPECT_EQ(std::ranges::count(chosen, 5U), static_cast<std::ptrdiff_t>(chosen.size()));
}

}  // namespace
}  // namespace portflow::kernel
