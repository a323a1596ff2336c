#include "kernel/claims.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <cstdint>
#include <initializer_list>
#include <thread>
#include <vector>

namespace portflow::kernel {
namespace {

using Work = std::vector<Claims::Wall>;

/// All that `worker` gets in the window when nobody else claims.
std::vector<std::uint32_t> claimed_by(Claims& claims, unsigned worker, unsigned parity) {
  std::vector<std::uint32_t> all;
  for (auto i = claims.claim(worker, parity); i != Claims::none; i = claims.claim(worker, parity)) {
    all.push_back(i);
  }
  return all;
}

Work work_of(std::initializer_list<double> seconds) {
  Work work;
  for (const double s : seconds) work.emplace_back(s);
  return work;
}

TEST(Claims, OwnShardsComeFirstAndTheBusiestOfThem) {
  Claims claims;
  claims.deal(work_of({1, 5, 3, 4}), 2);  // 5 and 1 for one, 4 and 3 for the other
  EXPECT_THAT(claimed_by(claims, 1, 0), testing::ElementsAre(3, 2, 1, 0));
  EXPECT_THAT(claimed_by(claims, 0, 0), testing::IsEmpty());
  EXPECT_THAT(claimed_by(claims, 0, 1), testing::ElementsAre(1, 0, 3, 2));
}

TEST(Claims, WhoeverIsDoneHelpsTheOthers) {
  Claims claims;
  claims.deal(work_of({6, 1, 1, 1, 1, 1, 1}), 2);
  EXPECT_EQ(claims.claim(0, 0), 0U);
  for (int i = 0; i < 3; ++i) EXPECT_NE(claims.claim(1, 0), Claims::none);
  EXPECT_NE(claims.claim(0, 0), Claims::none);  // one of the other's
  EXPECT_EQ(claimed_by(claims, 1, 0).size(), 2U);
}

TEST(Claims, AreForgottenWithTheirWindow) {
  Claims claims;
  claims.deal(work_of({2, 1}), 1);
  for (unsigned window = 0; window < 6; ++window) {
    EXPECT_THAT(claimed_by(claims, 0, window % 2), testing::ElementsAre(0, 1));
    claims.renew(0, 1 - window % 2);
  }
  EXPECT_EQ(claims.claim(0, 1), Claims::none);
  claims.deal(work_of({1, 2}), 1);
  EXPECT_THAT(claimed_by(claims, 0, 1), testing::ElementsAre(1, 0));
}

TEST(Claims, SuffersMoreWorkersThanShards) {
  Claims claims;
  claims.deal(work_of({1}), 3);
  EXPECT_EQ(claims.claim(2, 0), 0U);
  EXPECT_EQ(claims.claim(0, 0), Claims::none);
  claims.deal({}, 2);
  EXPECT_EQ(claims.claim(1, 0), Claims::none);
}

TEST(Claims, EveryShardIsHandledOnceInEveryWindow) {
  constexpr unsigned workers = 3;
  constexpr unsigned windows = 2000;
  constexpr std::size_t shards = 11;
  Claims claims;
  claims.deal(Work(shards, Claims::Wall{1}), workers);
  std::vector<std::vector<std::uint32_t>> handled(workers, std::vector<std::uint32_t>(shards, 0));
  std::barrier meeting{workers};
  const auto work = [&](unsigned w) {
    for (unsigned window = 0; window < windows; ++window) {
      const unsigned now = window % 2;
      for (auto i = claims.claim(w, now); i != Claims::none; i = claims.claim(w, now)) {
        ++handled[w][i];
      }
      claims.renew(w, 1 - now);
      meeting.arrive_and_wait();
    }
  };
  {
    std::vector<std::jthread> threads;
    threads.reserve(workers);
    for (unsigned w = 0; w < workers; ++w) threads.emplace_back(work, w);
  }
  for (std::size_t i = 0; i < shards; ++i) {
    std::uint32_t times = 0;
    for (const auto& each : handled) times += each[i];
    EXPECT_EQ(times, windows) << "shard " << i;
  }
}

}  // namespace
}  // namespace portflow::kernel
