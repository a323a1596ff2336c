#include "kernel/stream.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "kernel/allocations.hpp"

namespace portflow::kernel {
namespace {

using Body = std::unique_ptr<std::uint64_t>;

TEST(Stream, GivesWhatWasWrittenInOrderAndOnce) {
  Stream<Body> stream;
  std::uint64_t written = 0;
  std::uint64_t expected = 0;
  // From nothing at all to several blocks, and each place where one of them ends.
  for (const unsigned batch : {0U, 1U, 63U, 64U, 65U, 0U, 300U, 7U, 20'000U, 1000U, 30'000U, 1U}) {
    for (unsigned i = 0; i < batch; ++i) stream.write(std::make_unique<std::uint64_t>(written++));
    stream.read(stream.written(), [&](Body& body) { EXPECT_EQ(*body, expected++); });
    EXPECT_EQ(expected, written);
  }
}

TEST(Stream, LeavesWhatIsNotAskedFor) {
  Stream<std::uint64_t> stream;
  std::vector<std::uint64_t> read;
  const auto keep = [&](std::uint64_t& item) { read.push_back(item); };
  for (std::uint64_t i = 0; i < 100; ++i) stream.write(i);
  stream.read(70, keep);
  EXPECT_EQ(read.size(), 70U);
  stream.read(70, keep);
  EXPECT_EQ(read.size(), 70U);
  stream.read(stream.written(), keep);
  EXPECT_EQ(read.size(), 100U);
  EXPECT_EQ(read.back(), 99U);
}

TEST(Stream, KeepsApartWhoWritesAndWhoReads) {
  constexpr std::uint64_t items = 400'000;
  Stream<Body> stream;
  std::thread writer{[&] {
    for (std::uint64_t i = 0; i < items; ++i) {
      stream.write(std::make_unique<std::uint64_t>(i));
      if (i % 1000 == 0) std::this_thread::yield();  // now the reader waits, and now he lags
    }
  }};
  std::uint64_t next = 0;
  std::uint64_t wrong = 0;
  while (next < items) {
    stream.read(stream.written(),
                [&](Body& body) { wrong += *std::exchange(body, nullptr) == next++ ? 0U : 1U; });
  }
  writer.join();
  EXPECT_EQ(wrong, 0U);
}

TEST(Stream, EndsTheLifeOfWhatWasRead) {
  const auto shared = std::make_shared<int>(0);
  Stream<std::shared_ptr<int>> stream;
  for (int i = 0; i < 100; ++i) stream.write(shared);
  EXPECT_EQ(shared.use_count(), 101);
  stream.read(stream.written(), [](std::shared_ptr<int>&) {});
  EXPECT_EQ(shared.use_count(), 1);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Stream, UsesItsBlocksAgain) {
  Stream<std::uint64_t> stream;
  std::uint64_t sum = 0;
  const auto pass = [&](unsigned batch) {
    for (unsigned i = 0; i < batch; ++i) stream.write(std::uint64_t{1});
    stream.read(stream.written(), [&](std::uint64_t& item) { sum += item; });
  };
  for (int round = 0; round < 100; ++round) pass(500);  // several times round
  const auto before = allocations();
  for (unsigned round = 0; round < 2000; ++round) pass(round % 500);
  EXPECT_EQ(allocations() - before, 0U);
  EXPECT_EQ(sum, 50'000U + 4U * (499U * 500U / 2));
}
#endif

}  // namespace
}  // namespace portflow::kernel
