#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "core/hash.hpp"
#include "kernel/event_key.hpp"
#include "kernel/safe_bound.hpp"
#include "kernel/shards.hpp"

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

/// The rule as it is written, without any short cut.
std::vector<SimTime> by_the_book(std::size_t n, std::span<const Channel> channels,
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
  const std::vector<double> alike{1, 1};
  ShardOf shard_of;
  cut(work, alike, shard_of);
  EXPECT_THAT(shard_of, testing::ElementsAre(0, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_DOUBLE_EQ(imbalance(work, shard_of, alike), 1);
  EXPECT_DOUBLE_EQ(imbalance(work, std::vector<std::uint32_t>(8, 0), alike), 2);
  cut(std::vector<std::uint64_t>(4, 0), alike, shard_of);
  EXPECT_THAT(shard_of, testing::ElementsAre(0, 0, 1, 1));
}

TEST(Shards, OfWhoIsQuickerAreLarger) {
  const std::vector<std::uint64_t> work(8, 10);
  const std::vector<double> speeds{2, 0.5, 1.5};
  ShardOf shard_of;
  cut(work, speeds, shard_of);
  EXPECT_THAT(shard_of, testing::ElementsAre(0, 0, 0, 0, 1, 2, 2, 2));
  EXPECT_DOUBLE_EQ(imbalance(work, shard_of, speeds), 1);
  // Twenty for the slow one take as long as eighty for the quick one.
  const std::vector<std::uint32_t> clumsy{0, 0, 0, 1, 1, 2, 2, 2};
  EXPECT_DOUBLE_EQ(imbalance(work, clumsy, speeds), 2);
}

}  // namespace
}  // namespace portflow::kernel
