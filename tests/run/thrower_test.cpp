// A handler that throws in the middle of a run that is being recorded: the run ends in a fault that
// names it, which is exit code 1, and the trace holds what was sealed before.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/assert.hpp"
#include "kernel/engine.hpp"
#include "run/run.hpp"
#include "trace/reader.hpp"
#include "trace/recorder.hpp"
#include "trace/recover.hpp"
#include "trace/writer.hpp"

namespace portflow {
namespace {

constexpr Duration hour = std::chrono::hours{1};

/// Sets a mark every hour, until it is told to break down.
class Clock final : public kernel::Process<int> {
 public:
  Clock(trace::Recorder& recorder, SimTime breaks) : recorder_{recorder}, breaks_{breaks} {}

  void handle(int& ticks, kernel::Context<int>& context) override {
    PORTFLOW_ASSERT(context.now() < breaks_, "a spring broke");
    recorder_.mark(context.now(), trace::EntityId{1}, std::uint16_t{0}, std::uint8_t{0});
    context.after(hour, ticks + 1);
  }

 private:
  trace::Recorder& recorder_;
  SimTime breaks_;
};

struct Left {
  Result<kernel::RunSummary> result;
  trace::Batch rows;
};

/// Four clocks, one of which breaks down after ten days.
Left run_clocks(const trace::Schema& schema, const std::string& path, unsigned workers) {
  trace::Merger merger(4);
  kernel::Engine<int> engine;
  engine.mesh(hour);
  for (std::uint32_t i = 0; i < 4; ++i) {
    const SimTime breaks = i == 2 ? schema.from + Days{10} : never;
    const auto id = engine.add("clock" + std::to_string(i),
                               std::make_unique<Clock>(merger.recorder(i), breaks));
    engine.seed(id, schema.from, 0);
  }
  auto writer = trace::Writer::open(path, schema, trace::Detail::kpi, true,
                                    {.wall = std::chrono::milliseconds{0}});
  EXPECT_TRUE(writer);
  kernel::RunOptions options;
  options.until = schema.from + Days{20};
  options.workers = workers;
  options.share_all = true;
  options.seal_every = hour;
  options.on_seal = [&](SimTime until) { merger.seal(until, **writer); };
  Left left{engine.run(options), {}};
  writer->reset();
  const auto reader = trace::Reader::open(path + ".partial");
  EXPECT_TRUE(reader);
  if (reader) {
    auto all = (*reader)->all();
    EXPECT_TRUE(all);
    if (all) left.rows = std::move(*all);
  }
  return left;
}

TEST(Thrower, EndsTheRunAndLeavesAReadableTrace) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/small/tiny_port.yaml";
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared);
  const trace::Schema schema = (*prepared)->schema(0);
  const std::string path = testing::TempDir() + "portflow_thrower.h5";
  const std::string saved = testing::TempDir() + "portflow_thrower_saved.h5";
  for (const unsigned workers : {1U, 2U, 4U}) {
    const Left left = run_clocks(schema, path, workers);
    ASSERT_FALSE(left.result);
    EXPECT_EQ(static_cast<int>(left.result.error().kind), 1);
    const std::string why = left.result.error().errors.front().text();
    EXPECT_TRUE(why.starts_with("clock2: ")) << why;
    EXPECT_NE(why.find("a spring broke"), std::string::npos) << why;
    // Four clocks for ten days; what the last seals and checkpoints would have brought is lost.
    EXPECT_LE(left.rows.marks.size(), 4U * 240);
    EXPECT_GT(left.rows.marks.size(), 4U * 24 * 5) << workers << " workers";
    for (std::size_t i = 0; i < left.rows.marks.size(); ++i) {
      ASSERT_EQ(left.rows.marks[i].at, schema.from + i / 4 * hour);
    }
    EXPECT_TRUE(trace::recover(path + ".partial", saved, true));
    EXPECT_TRUE(trace::Reader::open(saved));
  }
  std::filesystem::remove(path + ".partial");
  std::filesystem::remove(saved);
}

}  // namespace
}  // namespace portflow
