#include "kernel/calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "core/hash.hpp"
#include "kernel/topology.hpp"

namespace portflow::kernel {
namespace {

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

/// How far ahead of the last event taken the next ones are due.
using Delay = std::function<std::int64_t(Luck&)>;

struct Shape {
  std::string name;
  Delay delay;
};

class AnyShape : public testing::TestWithParam<Shape> {};

/// Whatever comes between, events come back in the order of their keys with the bodies they
/// were given, at every size from none to more than a fine rung holds.
TEST_P(AnyShape, EventsComeBackInOrder) {
  Luck luck{7};
  Calendar<std::string> calendar;
  std::priority_queue<EventKey, std::vector<EventKey>, std::greater<>> model;
  std::uint64_t serial = 0;
  SimTime now = at(0);
  for (int step = 0; step < 200'000; ++step) {
    const bool grows = (step / 50'000) % 2 == 0;
    if (model.empty() || luck() % 100 < (grows ? 65U : 35U)) {
      const EventKey key{now + Duration{GetParam().delay(luck)}, static_cast<Rank>(luck() % 4),
                         ProcessId{luck() % 3}, serial++};
      calendar.push(key, ProcessId{luck() % 3}, 0, std::to_string(key.serial()));
      model.push(key);
    } else {
      ASSERT_EQ(calendar.top(), model.top());
      ASSERT_EQ(calendar.next(), model.top().at);
      ASSERT_EQ(calendar.take().body, std::to_string(model.top().serial()));
      calendar.done();
      now = model.top().at;
      model.pop();
    }
    ASSERT_EQ(calendar.size(), model.size());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, AnyShape,
    testing::Values(
        Shape{"Even", [](Luck& luck) { return std::int64_t{luck() % 10'000}; }},
        Shape{"Ties", [](Luck& luck) { return std::int64_t{luck() % 3}; }},
        Shape{"AllAtOnce", [](Luck&) { return std::int64_t{0}; }},
        Shape{"NearAndFar",
              [](Luck& luck) {
                return luck() % 8 == 0 ? std::int64_t{luck()} * 1000 : std::int64_t{luck() % 5};
              }},
        Shape{"Bursts",
              [](Luck& luck) { return std::int64_t{luck() % 4} * 3'600'000 + luck() % 2; }},
        Shape{"EndOfTime",
              [](Luck& luck) {
                return luck() % 50 == 0 ? (end_of_time.time_since_epoch() / 4096).count()
                                        : std::int64_t{luck() % 1000};
              }}),
    [](const auto& shape) { return shape.param.name; });

TEST(Calendar, AnEmptyOneHasNoNext) {
  const Calendar<int> calendar;
  EXPECT_TRUE(calendar.empty());
  EXPECT_EQ(calendar.next(), never);
  EXPECT_EQ(calendar.top(), EventKey::none());
}

TEST(Calendar, DrainGivesEverythingWhereverItStands) {
  for (const std::uint64_t count : {1U, 20U, 3000U, 20'000U}) {
    Luck luck{3};
    Calendar<std::uint64_t> calendar;
    for (std::uint64_t i = 0; i < count; ++i) {
      calendar.push({at(luck() % 100'000), Rank::normal, ProcessId{1}, i}, ProcessId{2}, 0,
                    std::uint64_t{i});
    }
    std::vector<bool> seen(count, false);
    for (std::uint64_t taken = 0; taken < count / 3; ++taken) {
      seen[calendar.take().body] = true;
      calendar.done();
    }
    calendar.drain([&](Event<std::uint64_t>& event) {
      EXPECT_FALSE(seen[event.body]);
      seen[event.body] = true;
    });
    EXPECT_EQ(std::ranges::count(seen, true), static_cast<std::ptrdiff_t>(count));
    EXPECT_TRUE(calendar.empty());
    EXPECT_EQ(calendar.next(), never);
  }
}

TEST(Calendar, BodiesDieWithTheirEvents) {
  const auto body = std::make_shared<int>(0);
  {
    Calendar<std::shared_ptr<int>> calendar;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      calendar.push({at(static_cast<std::int64_t>(i % 400)), Rank::normal, ProcessId{}, i},
                    ProcessId{}, 0, std::shared_ptr<int>{body});
    }
    EXPECT_EQ(body.use_count(), 1001);
    for (int i = 0; i < 600; ++i) {
      static_cast<void>(calendar.take());
      calendar.done();
    }
    EXPECT_EQ(body.use_count(), 401);
  }
  EXPECT_EQ(body.use_count(), 1);
}

}  // namespace
}  // namespace portflow::kernel
