#include "kernel/engine.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "kernel/scripted.hpp"

namespace portflow::kernel {
namespace {

using namespace std::chrono_literals;

INSTANTIATE_TEST_SUITE_P(Ways, EngineRun, every_way(), name_of_way);

TEST_P(EngineRun, HandlesOneInstantByRankThenSourceThenSerial) {
  Engine<int> engine;
  std::vector<int> seen;
  const auto a = add(engine, "a", [&](int, Context<int>& context) {
    context.send(ChannelId{0}, 5, 0ms, Rank::normal);
    context.send(ChannelId{0}, 1, 0ms, Rank::parameters);
    context.send(ChannelId{0}, 6, 0ms, Rank::normal);
  });
  const auto b = add(engine, "b", [&](int body, Context<int>&) { seen.push_back(body); });
  const auto c = add(engine, "c", [&](int, Context<int>& context) {
    context.send(ChannelId{1}, 8, 5ms, Rank::normal);
    context.send(ChannelId{1}, 2, 5ms, Rank::release);
  });
  engine.connect(a, b, 10ms);
  engine.connect(c, b, 5ms);
  engine.seed(b, at(10), 9, Rank::observe);
  engine.seed(b, at(10), 7, Rank::normal);
  engine.seed(b, at(9), 0, Rank::observe);
  engine.seed(c, at(0), 0);
  engine.seed(a, at(0), 0);
  ASSERT_TRUE(engine.run(options(at(11))));
  EXPECT_THAT(seen, testing::ElementsAre(0, 1, 2, 5, 6, 7, 8, 9));
}

TEST_P(EngineRun, HorizonIsExclusiveAndALaterRunGoesOn) {
  Engine<int> engine;
  std::vector<std::int64_t> seen;
  const auto a = add(engine, "a", [&](int, Context<int>& context) {
    seen.push_back(context.now().time_since_epoch().count());
    context.after(10ms, 0);
  });
  engine.seed(a, at(0), 0);
  const auto first = engine.run(options(at(30)));
  ASSERT_TRUE(first);
  EXPECT_THAT(seen, testing::ElementsAre(0, 10, 20));
  EXPECT_EQ(first->events, 3U);
  EXPECT_EQ(first->reached, at(30));
  EXPECT_EQ(first->windows == 0, GetParam().sequential);
  ASSERT_TRUE(engine.run(options(at(31))));
  EXPECT_THAT(seen, testing::ElementsAre(0, 10, 20, 30));
  EXPECT_THROW(engine.seed(a, at(30), 0), Bug);
}

TEST_P(EngineRun, EndsWhenNothingIsPending) {
  Engine<int> engine;
  int handled = 0;
  const auto a = add(engine, "a", [&](int body, Context<int>& context) {
    ++handled;
    if (body > 0) context.send(ChannelId{0}, body - 1);
  });
  const auto b = add(engine, "b", [&](int, Context<int>&) { ++handled; });  // only receives
  add(engine, "c", nothing);                                                // is never used
  engine.connect(a, b, 1ms);
  engine.seed(a, at(0), 1);
  const auto summary = engine.run(options(never));
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->events, 2U);
  EXPECT_EQ(handled, 2);
  EXPECT_EQ(summary->reached, never);
}

TEST_P(EngineRun, AnEmptyEngineEnds) {
  Engine<int> engine;
  std::vector<SimTime> seals;
  auto run = options(at(5));
  run.on_seal = [&](SimTime sealed) { seals.push_back(sealed); };
  const auto summary = engine.run(run);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->events, 0U);
  EXPECT_THAT(seals, testing::ElementsAre(at(5)));
}

TEST_P(EngineRun, ArrivalIsNowPlusLookaheadPlusExtra) {
  Engine<int> engine;
  std::vector<SimTime> arrivals;
  const auto a = add(engine, "a", [&](int, Context<int>& context) {
    context.send(ChannelId{0}, 0);
    context.send(ChannelId{0}, 0, 3ms);
  });
  const auto b =
      add(engine, "b", [&](int, Context<int>& context) { arrivals.push_back(context.now()); });
  engine.connect(a, b, 7ms);
  engine.seed(a, at(100), 0);
  ASSERT_TRUE(engine.run(options(never)));
  EXPECT_THAT(arrivals, testing::ElementsAre(at(107), at(110)));
}

TEST_P(EngineRun, SealsAreFinalMonotonicAndEndWithTheHorizon) {
  Engine<int> engine;
  SimTime sealed_until = SimTime::min();
  std::vector<SimTime> seals;
  std::atomic<bool> handled_sealed{false};
  const auto script = [&](int body, Context<int>& context) {
    if (context.now() < sealed_until) handled_sealed = true;
    context.send(ChannelId{static_cast<std::uint32_t>(body)}, 1 - body, 3ms);
  };
  const auto a = add(engine, "a", script);
  const auto b = add(engine, "b", script);
  engine.connect(a, b, 10ms);
  engine.connect(b, a, 20ms);
  engine.seed(a, at(0), 0);
  engine.seed(b, at(4), 1);
  auto run = options(at(1000));
  run.seal_every = 100ms;
  run.on_seal = [&](SimTime sealed) {
    sealed_until = sealed;
    seals.push_back(sealed);
  };
  ASSERT_TRUE(engine.run(run));
  EXPECT_FALSE(handled_sealed);
  ASSERT_GE(seals.size(), 8U);
  EXPECT_EQ(seals.back(), at(1000));
  for (std::size_t i = 1; i + 1 < seals.size(); ++i) EXPECT_GE(seals[i] - seals[i - 1], 100ms);
}

/// A window with much in it is left and begun anew every 20 ms, to look at what goes on.
TEST(Engine, CountsEveryBoundThatWasGiven) {
  using Watch = std::chrono::steady_clock;
  Engine<int> engine;
  const auto busy = [](int left, Context<int>& context) {
    for (const auto end = Watch::now() + std::chrono::microseconds{50}; Watch::now() < end;) {
    }
    if (left > 0) context.after(1ms, left - 1);
  };
  const auto a = add(engine, "a", busy);
  const auto b = add(engine, "b", busy);
  engine.connect(a, b, 1h);
  engine.connect(b, a, 1h);
  for (const auto process : {a, b}) engine.seed(process, at(0), 4 * 1024);
  RunOptions run;
  run.until = at(10'000);
  run.workers = 2;
  run.share_all = true;
  const auto summary = engine.run(run);
  ASSERT_TRUE(summary);
  EXPECT_GE(summary->windows, 4U);
}

/// Workers meet at every seal, which costs them time: with one, each stretch counts as a window.
TEST(Engine, DoesNotMeetForSealsThatNobodyAskedFor) {
  const auto windows = [](bool asked) {
    Engine<int> engine;
    const auto a = add(engine, "a", [](int, Context<int>& context) { context.after(10ms, 0); });
    engine.seed(a, at(0), 0);
    RunOptions run;
    run.until = at(1000);
    run.seal_every = 100ms;
    if (asked) run.on_seal = [](SimTime) {};
    const auto summary = engine.run(run);
    return summary ? summary->windows : 0;
  };
  EXPECT_EQ(windows(true), 10U);
  EXPECT_EQ(windows(false), 1U);
}

TEST_P(EngineRun, StopsAtASealWhenAsked) {
  Engine<int> engine;
  const auto a = add(engine, "a", [](int, Context<int>& context) { context.after(10ms, 0); });
  engine.seed(a, at(0), 0);
  auto run = options(at(1000));
  run.seal_every = 50ms;
  SimTime last{};
  run.on_seal = [&](SimTime sealed) { last = sealed; };
  run.stop = [&] { return last >= at(200); };
  const auto summary = engine.run(run);
  ASSERT_TRUE(summary);
  // Nobody can reach this process, and yet it does not run away to the horizon.
  EXPECT_TRUE(summary->stopped);
  EXPECT_EQ(summary->reached, at(200));
  EXPECT_EQ(summary->events, 20U);
}

TEST_P(EngineRun, LetsWaitingWorkersDoOtherWorkAfterASeal) {
  Engine<int> engine;
  const auto script = [](int body, Context<int>& context) {
    // Long enough for the others to wait: each in turn has all the work.
    std::atomic<int> idle{0};
    while (++idle < 2000) {
    }
    context.send(ChannelId{static_cast<std::uint32_t>(body)}, 1 - body);
  };
  const auto a = add(engine, "a", script);
  const auto b = add(engine, "b", script);
  engine.connect(a, b, 10ms);
  engine.connect(b, a, 10ms);
  engine.seed(a, at(0), 0);
  auto run = options(at(20'000));
  run.seal_every = 1000ms;
  int left = 0, done = 0, seals = 0;  // read and written by whoever is at it
  run.on_seal = [&](SimTime) {
    EXPECT_GE(left, 0);
    left = 5;
    ++seals;
  };
  run.meanwhile = [&] {
    if (seals == 0) return false;  // nothing was sealed yet
    ++done;
    return --left > 0;
  };
  const auto summary = engine.run(run);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->events, 2000U);
  EXPECT_GE(seals, 15);
  EXPECT_LE(done, 5 * seals);
  EXPECT_EQ(done > 0, GetParam().workers > 1);
}

TEST_P(EngineRun, LeavesProcessorsToOthersWhileTheyNeedThem) {
  // For ever, for some stretches, and never: the events are the same, and who handles them is not.
  for (const int asked : {1'000'000, 40, 0}) {
    Engine<int> engine;
    std::array<std::uint64_t, 3> sums{};  // of each process
    std::atomic<int> elsewhere_handled{0};
    const auto here = std::this_thread::get_id();
    for (std::uint32_t i = 0; i < 3; ++i) {
      add(engine, std::string(1, static_cast<char>('a' + i)), [&, i](int body, Context<int>& to) {
        sums[i] = sums[i] * 31 + static_cast<std::uint64_t>(to.now().time_since_epoch().count());
        if (std::this_thread::get_id() != here) ++elsewhere_handled;
        to.send(ChannelId{i}, body + 1, Duration{body % 7});
        to.after(Duration{3 + body % 5}, body + 1);
      });
    }
    for (std::uint32_t i = 0; i < 3; ++i) engine.connect(ProcessId{i}, ProcessId{(i + 1) % 3}, 9ms);
    for (std::uint32_t i = 0; i < 3; ++i) engine.seed(ProcessId{i}, at(i), static_cast<int>(i));
    auto run = options(at(40));
    run.seal_every = 5ms;
    int left = asked;
    run.elsewhere = [&] { return --left > 0 ? 4U : 0U; };
    const auto summary = engine.run(run);
    ASSERT_TRUE(summary);
    static std::array<std::uint64_t, 3> expected{};
    if (expected[0] == 0) expected = sums;
    EXPECT_EQ(sums, expected);
    if (asked > 40) {
      EXPECT_EQ(elsewhere_handled, 0);
    }
  }
}

TEST_P(EngineRun, PassesQuietTimesWithoutCountingThem) {
  // Two processes that could reach each other within a millisecond, and mostly have nothing to do
  // for a thousand seconds: clocks that rose by a lookahead at a time would be told a million
  // times.
  Engine<int> engine;
  std::vector<std::int64_t> seen;
  const auto a = add(engine, "a", [&](int body, Context<int>& context) {
    seen.push_back(context.now().time_since_epoch().count());
    context.send(ChannelId{0}, int{body});
  });
  const auto b = add(engine, "b", [&](int body, Context<int>& context) {
    if (body > 0) context.send(ChannelId{1}, body - 1, 999'998ms);
  });
  engine.connect(a, b, 1ms);
  engine.connect(b, a, 1ms);
  engine.seed(a, at(0), 20);
  const auto summary = engine.run(options(never));
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->events, 42U);
  EXPECT_THAT(seen, testing::SizeIs(21));
  EXPECT_EQ(seen.back(), 20'000'000);
  EXPECT_LT(summary->windows, 20'000U);
}

TEST_P(EngineRun, ReportsTheLeastOfAllThatIsThrown) {
  Engine<int> engine;
  const auto thrower = [](int body, Context<int>&) {
    if (body == 1) throw std::runtime_error{"no berth"};
    if (body == 2) throw 42;
  };
  // `late` throws far ahead in the first window; `relay` lets `early` throw windows later.
  const auto early = add(engine, "early", thrower);
  const auto late = add(engine, "late", thrower);
  const auto relay = add(engine, "relay", [](int body, Context<int>& context) {
    context.send(ChannelId{static_cast<std::uint32_t>(body > 0 ? 0 : 1)}, body > 0 ? body - 1 : 1);
  });
  engine.connect(relay, relay, 10ms);
  engine.connect(relay, early, 10ms);
  engine.seed(late, at(500), 2);
  engine.seed(relay, at(0), 3);
  const auto result = engine.run(options(at(1000)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Failure::bug);
  EXPECT_EQ(result.error().errors.front().text(),
            "early: 1970-01-01 00:00:00.040 normal from process 2, its 5th: no berth");
  EXPECT_THROW((void)engine.run(options(at(2000))), Bug);
  static_cast<void>(early);
}

TEST_P(EngineRun, NamesWhatIsNoStandardException) {
  Engine<int> engine;
  const auto a = add(engine, "a", [](int, Context<int>&) { throw 42; });
  engine.seed(a, at(1), 0);
  const auto result = engine.run(options(at(2)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().errors.front().message,
            "a: 1970-01-01 00:00:00.001 normal from process 0, its 1st: something that is no "
            "std::exception");
}

TEST_P(EngineRun, WrongOrdersOfAHandlerAreBugs) {
  const std::vector<std::pair<Scripted::Script, std::string>> breaches{
      {[](int, Context<int>& c) { c.after(0ms, 0); }, "expected delay > Duration::zero()"},
      {[](int, Context<int>& c) { c.after(-1ms, 0); }, "delay -00:00:00.001"},
      {[](int, Context<int>& c) { c.send(ChannelId{0}, 0, -1ms); }, "extra -00:00:00.001"},
      {[](int, Context<int>& c) { c.send(ChannelId{1}, 0); }, "channel 1 does not start here"},
      {[](int, Context<int>& c) { c.send(ChannelId{7}, 0); }, "channel 7 does not start here"},
      {[](int, Context<int>& c) { c.after(Duration::max(), 0); }, "passes the end of time"},
      {[](int, Context<int>& c) { c.send(ChannelId{0}, 0, Duration::max()); },
       "passes the end of time"},
  };
  for (const auto& [script, expected] : breaches) {
    Engine<int> engine;
    const auto a = add(engine, "a", script);
    const auto b = add(engine, "b", nothing);
    engine.connect(a, b, 1ms);
    engine.connect(b, a, 1ms);
    engine.seed(a, at(1), 0);
    const auto result = engine.run(options(at(5)));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Failure::bug);
    EXPECT_THAT(result.error().errors.front().message, testing::HasSubstr(expected));
  }
}

TEST_P(EngineRun, RefusesChannelsWithoutLookahead) {
  Engine<int> engine;
  const auto a = add(engine, "gate", nothing);
  const auto b = add(engine, "quay", nothing);
  const auto c = add(engine, "yard", nothing);
  engine.connect(a, b, 5ms);
  engine.connect(b, c, 0ms);
  const auto one = engine.run(options(at(5)));
  ASSERT_FALSE(one);
  EXPECT_EQ(one.error().kind, Failure::input);
  EXPECT_EQ(one.error().errors.front().message,
            "the channel quay -> yard has no lookahead: its messages must be under way for at "
            "least 1 ms");
  engine.connect(c, a, 0ms);
  engine.connect(a, b, 0ms);
  const auto cycle = engine.run(options(at(5)));
  ASSERT_FALSE(cycle);
  EXPECT_EQ(cycle.error().errors.front().message,
            "the cycle gate -> quay -> yard -> gate has no lookahead: its messages must be under "
            "way for at least 1 ms");
}

TEST(Engine, NamesComeInAscendingOrder) {
  Engine<int> engine;
  add(engine, "b", nothing);
  EXPECT_THROW(add(engine, "a", nothing), Bug);
  EXPECT_THROW(add(engine, "b", nothing), Bug);
  EXPECT_EQ(engine.size(), 1U);
  EXPECT_EQ(engine.name(ProcessId{0}), "b");
}

TEST(Engine, TakesBodiesThatCanOnlyMove) {
  class Keeper final : public Process<std::unique_ptr<int>> {
   public:
    void handle(std::unique_ptr<int>& body, Context<std::unique_ptr<int>>& context) override {
      if (++*body < 5) context.after(1ms, std::move(body));
    }
  };
  Engine<std::unique_ptr<int>> engine;
  const auto a = engine.add("a", std::make_unique<Keeper>());
  engine.seed(a, SimTime{}, std::make_unique<int>(0));
  const auto summary = engine.run({});
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->events, 5U);
}

}  // namespace
}  // namespace portflow::kernel
