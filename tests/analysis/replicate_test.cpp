// Replications beside each other: which fault is told does not depend on which came first.
#include "analysis/replicate.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <set>
#include <thread>

namespace portflow::analysis {
namespace {

using namespace std::chrono_literals;

TEST(SideBySide, TellsTheFaultOfTheLowestNumberThoughAHigherOneFailsFirst) {
  for (const unsigned threads : {1u, 2u, 4u, 8u}) {
    std::mutex mutex;
    std::set<std::uint32_t> done;
    const Job job = [&](std::uint32_t index, unsigned,
                        const std::function<bool(double)>& progress) -> Result<void> {
      // Higher numbers are quick, lower ones slow, so that with threads the last fails first.
      std::this_thread::sleep_for(3ms * (8 - index));
      if (progress(0.5)) return {};
      if (index == 3 || index == 6) {
        return fail(Failure::deadlock, "job " + std::to_string(index));
      }
      const std::lock_guard lock(mutex);
      done.insert(index);
      return {};
    };
    const auto result = side_by_side(8, threads, {}, job);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().errors.front().message, "job 3") << threads;
    for (const std::uint32_t before : {0u, 1u, 2u}) {
      EXPECT_TRUE(done.contains(before)) << before << " of " << threads << " threads";
    }
  }
}

/// Remembers what was kept.
class Shelf final : public RunKeeper {
 public:
  std::optional<Replication> find(std::uint32_t) override { return {}; }
  Result<void> keep(std::uint32_t replication, const Replication&) override {
    const std::lock_guard lock(mutex_);
    if (replication == 5) return fail(Failure::disk, "full");
    kept.insert(replication);
    return {};
  }
  std::set<std::uint32_t> kept;

 private:
  std::mutex mutex_;
};

TEST(SideBySide, ReplicationsBeforeTheOneThatFailsAreKept) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/small/one_berth.yaml";
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared);
  for (const unsigned threads : {1u, 3u}) {
    Shelf shelf;
    RunMany many;
    many.replications = 8;
    many.threads = threads;
    many.keeper = &shelf;
    const auto runs = replicate(**prepared, many);
    ASSERT_FALSE(runs);
    EXPECT_EQ(runs.error().errors.front().message, "replication 5: full");
    for (std::uint32_t before = 0; before < 5; ++before) {
      EXPECT_TRUE(shelf.kept.contains(before)) << before;
    }
  }
}

}  // namespace
}  // namespace portflow::analysis
