// What a handler may order: taking back, meshes, and what the run says of it afterwards.
#include <array>
#include <optional>

#include "kernel/scripted.hpp"

namespace portflow::kernel {
namespace {

using namespace std::chrono_literals;

class Orders : public EngineRun {};

INSTANTIATE_TEST_SUITE_P(Ways, Orders, every_way(), name_of_way);

TEST_P(Orders, WhatIsCancelledIsNotHandled) {
  Engine<int> engine;
  std::vector<int> seen;
  std::optional<EventKey> timer;
  std::vector<bool> answers;
  const auto a = add(engine, "a", [&](int body, Context<int>& context) {
    seen.push_back(body);
    if (body == 0) {
      timer = context.after(50ms, 1);
      context.after(10ms, 2);
      context.after(60ms, 3);
    }
    if (body == 2) answers = {context.cancel(*timer), context.cancel(*timer)};
    if (body == 3) answers.push_back(context.cancel(*timer));
  });
  engine.seed(a, at(0), 0);
  const auto summary = engine.run(options(at(1000)));
  ASSERT_TRUE(summary);
  EXPECT_THAT(seen, testing::ElementsAre(0, 2, 3));
  EXPECT_THAT(answers, testing::ElementsAre(true, false, false));
  EXPECT_EQ(summary->events, 3U);
}

TEST_P(Orders, WhatWasHandledCannotBeCancelled) {
  Engine<int> engine;
  std::optional<EventKey> first;
  std::optional<bool> answer;
  const auto a = add(engine, "a", [&](int body, Context<int>& context) {
    if (body == 0) first = context.after(1ms, 1);
    if (body == 1) context.after(1ms, 2);
    if (body == 2) answer = context.cancel(*first);
  });
  engine.seed(a, at(0), 0);
  ASSERT_TRUE(engine.run(options(at(10))));
  EXPECT_EQ(answer, false);
}

TEST_P(Orders, AnothersTimerIsNotOnesOwnToCancel) {
  Engine<int> engine;
  const auto a = add(engine, "a", [](int, Context<int>& context) {
    context.cancel({at(5), Rank::normal, ProcessId{1}, 0});
  });
  add(engine, "b", nothing);
  engine.seed(a, at(0), 0);
  const auto result = engine.run(options(at(10)));
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().errors.front().message,
              testing::HasSubstr("cancelled what was not scheduled here"));
}

TEST_P(Orders, AMeshLeadsFromEverybodyToEverybody) {
  Engine<int> engine;
  std::array<SimTime, 3> arrivals{};  // one for each, since they may arrive side by side
  const auto sink = [&](int body, Context<int>& context) {
    arrivals.at(static_cast<std::size_t>(body)) = context.now();
  };
  const auto a = add(engine, "a", [](int, Context<int>& context) {
    context.send(MeshId{0}, ProcessId{1}, 1);
    context.send(MeshId{0}, ProcessId{2}, 2, 3ms);
  });
  add(engine, "b", sink);
  engine.mesh(7ms);
  add(engine, "c", sink);  // added after the mesh, and reached by it
  engine.seed(a, at(100), 0);
  ASSERT_TRUE(engine.run(options(at(200))));
  EXPECT_EQ(arrivals[1], at(107));
  EXPECT_EQ(arrivals[2], at(110));
}

TEST_P(Orders, AMeshKnowsItsProcesses) {
  Engine<int> engine;
  const auto a = add(engine, "a",
                     [](int, Context<int>& context) { context.send(MeshId{0}, ProcessId{4}, 1); });
  engine.mesh(7ms);
  engine.seed(a, at(0), 0);
  const auto result = engine.run(options(at(10)));
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().errors.front().message, testing::HasSubstr("mesh 0 has no process 4"));
}

TEST_P(Orders, AMeshNeedsLookahead) {
  Engine<int> engine;
  add(engine, "a", nothing);
  engine.mesh(0ms);
  const auto result = engine.run(options(at(10)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Failure::input);
  EXPECT_EQ(result.error().errors.front().message,
            "a mesh has no lookahead: its messages must be under way for at least 1 ms");
}

TEST_P(Orders, TheLongestChainIsCounted) {
  // Two processes take turns three times, a third has two events that wait for nobody: six in a
  // row, and two more beside them.
  Engine<int> engine;
  const auto turn = [](int body, Context<int>& context) {
    if (body < 5) context.send(MeshId{0}, ProcessId{body % 2 == 0 ? 1U : 0U}, body + 1);
  };
  const auto a = add(engine, "a", turn);
  add(engine, "b", turn);
  const auto c = add(engine, "c", nothing);
  engine.mesh(5ms);
  engine.seed(a, at(0), 0);
  engine.seed(c, at(1), 0);
  engine.seed(c, at(2), 0);
  const auto summary = engine.run(options(at(1000)));
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->events, 8U);
  EXPECT_EQ(summary->longest_chain, 6U);
  EXPECT_GE(summary->idle_share, 0);
  EXPECT_LE(summary->idle_share, 1);
}

}  // namespace
}  // namespace portflow::kernel
