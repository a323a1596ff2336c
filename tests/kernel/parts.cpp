#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>

#include "core/hash.hpp"
#include "kernel/calendar.hpp"
#include "kernel/crew.hpp"
#include "kernel/safe_bound.hpp"

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

TEST(Calendar, GivesEventsBackInOrderWhateverComesBetween) {
  Luck luck{7};
  Calendar<std::string> calendar;
  std::vector<EventKey> model;
  std::uint64_t serial = 0;
  for (int step = 0; step < 20'000; ++step) {
    if (model.empty() || luck() % 100 < 52) {
      const EventKey key{at(luck() % 64), static_cast<Rank>(luck() % 4), ProcessId{luck() % 3},
                         serial++};
      calendar.push(key, std::to_string(key.serial));
      model.push_back(key);
    } else {
      const auto least = std::ranges::min_element(model);
      ASSERT_EQ(calendar.top(), *least);
      ASSERT_EQ(calendar.next(), least->at);
      ASSERT_EQ(calendar.pop(), std::to_string(least->serial));
      model.erase(least);
    }
    ASSERT_EQ(calendar.size(), model.size());
  }
  EXPECT_EQ(Calendar<int>{}.next(), never);
}

TEST(Crew, CallsEveryWorkerOnceAndSeesWhatTheyWrote) {
  for (const unsigned workers : {1U, 2U, 5U}) {
    Crew crew{workers};
    ASSERT_EQ(crew.size(), workers);
    std::vector<int> calls(workers, 0);
    auto work = [&](unsigned w) { ++calls[w]; };
    for (int round = 1; round <= 2000; ++round) {
      crew.all(work);
      ASSERT_EQ(calls, std::vector<int>(workers, round));
    }
  }
}

TEST(Crew, WakesFromSleep) {
  Crew crew{3};
  std::atomic<int> calls{0};
  auto work = [&](unsigned) { ++calls; };
  for (int round = 0; round < 3; ++round) {
    std::this_thread::sleep_for(20ms);
    crew.all(work);
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

TEST(SafeBound, AgreesWithTheRuleAsWritten) {
  Luck luck{11};
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t n = 1 + luck() % 9;
    const auto some = [&] { return ProcessId{static_cast<std::uint32_t>(luck() % n)}; };
    std::vector<Channel> channels;
    for (std::size_t c = 0; c < luck() % (3 * n); ++c) {
      channels.push_back({some(), some(), Duration{1 + luck() % 40}});
    }
    const SafeBound rule{n, channels};
    std::vector<SimTime> next(n);
    for (auto& time : next) time = luck() % 5 == 0 ? never : at(luck() % 100);
    std::vector<SimTime> bound(n);
    EXPECT_EQ(rule(next, bound), *std::ranges::min_element(next));
    const auto book = by_the_book(n, channels, next);
    for (std::size_t i = 0; i < n; ++i) {
      if (book[i] == never) {
        EXPECT_GE(bound[i], end_of_time);
      } else {
        EXPECT_EQ(bound[i], book[i]) << "trial " << trial << ", process " << i;
      }
    }
  }
}

TEST(SafeBound, ManyProcessesUseTheLeastLookahead) {
  const auto n = static_cast<std::uint32_t>(SafeBound::all_pairs + 1);
  std::vector<Channel> channels;
  for (std::uint32_t i = 0; i < n; ++i) {
    channels.push_back({ProcessId{i}, ProcessId{(i + 1) % n}, Duration{i == 5 ? 7 : 10}});
  }
  const SafeBound rule{n, channels};
  std::vector<SimTime> next(n, at(1000));
  next[3] = at(100);
  std::vector<SimTime> bound(n);
  EXPECT_EQ(rule(next, bound), at(100));
  EXPECT_EQ(bound[0], at(107));
  EXPECT_EQ(bound[3], at(120));  // nothing comes back sooner than by two channels of its own
}

}  // namespace
}  // namespace portflow::kernel
