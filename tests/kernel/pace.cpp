// How many workers pay, and how quick each of them is.
#include "kernel/pace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "kernel/speeds.hpp"

namespace portflow::kernel {
namespace {

using namespace std::chrono_literals;

TEST(Speeds, AreHeldAgainstTheMeanAndComeWithTime) {
  Speeds speeds{3};
  EXPECT_THAT(speeds.of_first(3), testing::ElementsAre(1, 1, 1));
  const std::vector<Effort> efforts{{3000, 10ms}, {1000, 10ms}};
  speeds.learn(efforts);
  EXPECT_THAT(speeds.of_first(3), testing::ElementsAre(1.25, 0.75, 1));
  speeds.learn(efforts);
  EXPECT_THAT(speeds.of_first(2), testing::ElementsAre(1.375, 0.625));
}

TEST(Speeds, NothingIsLearntFromAMomentOrFromWhoDidNothing) {
  Speeds speeds{2};
  speeds.learn(std::vector<Effort>{{3000, 10ms}, {100, 1ms}});
  speeds.learn(std::vector<Effort>{{3000, 10ms}, {0, 10ms}});
  EXPECT_THAT(speeds.of_first(2), testing::ElementsAre(1, 1));
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

/// How often another number of workers follows in `chosen`.
std::size_t changes_in(std::vector<unsigned> chosen) {
  const auto repeated = std::ranges::unique(chosen);
  return chosen.size() - repeated.size() - 1;
}

/// A run of half a second feels every millisecond that it spends on fewer workers than pay.
TEST(Pace, TriesFewerForSomeMillisecondsWhereMostArePlainlyQuickest) {
  Pace pace{2, false};
  double alone = 0;
  std::vector<unsigned> chosen;
  for (double now = 0; now < 0.7;) {
    const double wall = pace.stretch().count();
    chosen.push_back(pace.workers());
    if (pace.workers() == 1) alone += wall;
    now += wall;
    pace.learn(static_cast<std::uint64_t>(pace.workers() * 1e7 * wall), 400, Pace::Wall{wall});
  }
  EXPECT_EQ(chosen.front(), 1U);
  EXPECT_EQ(chosen.back(), 2U);
  EXPECT_EQ(changes_in(chosen), 1U);
  EXPECT_GT(alone, 0.004);
  EXPECT_LT(alone, 0.006);
}

/// Whoever ends a round begins the next: to change workers takes time as well.
TEST(Pace, ChangesWorkersOnceARound) {
  Pace pace{2, false};
  const auto chosen =
      choices_of(pace, 0.1, [](unsigned workers, double) { return workers == 2 ? 1.1e6 : 1e6; });
  EXPECT_EQ(pace.workers(), 2U);
  EXPECT_EQ(changes_in(chosen), 3U);
}

/// Two workers are quicker, but need a moment to get going, in which one alone would do more.
TEST(Pace, CountsNothingWhileCachesAreCold) {
  Pace pace{2, false};
  unsigned last = 0;
  double warm_from = 0;
  for (double now = 0; now < 0.3;) {
    const unsigned workers = pace.workers();
    if (std::exchange(last, workers) != workers) warm_from = now + (workers == 2 ? 0.001 : 0);
    const double wall = pace.stretch().count();
    const double warm = std::clamp(now + wall - warm_from, 0.0, wall);
    now += wall;
    pace.learn(static_cast<std::uint64_t>((workers == 2 ? 1.2e7 : 1e7) * warm), 400,
               Pace::Wall{wall});
  }
  EXPECT_EQ(pace.workers(), 2U);
}

/// As on a machine whose processors others have: trials end, and one worker goes on.
TEST(Pace, GoesOnWhereNothingGetsDone) {
  Pace pace{8, false};
  choices_of(pace, 5, [](unsigned workers, double) { return workers * 1e6; });
  ASSERT_EQ(pace.workers(), 8U);
  choices_of(pace, 5, [](unsigned, double) { return 0.0; });
  EXPECT_EQ(pace.workers(), 1U);
  choices_of(pace, 5, [](unsigned workers, double) { return workers * 1e6; });
  EXPECT_EQ(pace.workers(), 8U);
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
