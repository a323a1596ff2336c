#include "flow/blocks.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <thread>
#include <vector>

namespace portflow::flow {
namespace {

TEST(Blocks, GiveOutLastWhatWasFreedLast) {
  void* first = Blocks::take(64);
  void* second = Blocks::take(64);
  Blocks::give_back(first, 64);
  Blocks::give_back(second, 64);
  void* again = Blocks::take(64);
  EXPECT_EQ(again, second);
  EXPECT_EQ(Blocks::take(64), first);
  Blocks::give_back(first, 64);
  Blocks::give_back(second, 64);
}

TEST(Blocks, KeepSizesApart) {
  void* small = Blocks::take(48);
  Blocks::give_back(small, 48);
  void* large = Blocks::take(480);
  EXPECT_NE(large, small);
  std::memset(large, 0x5a, 480);
  EXPECT_EQ(Blocks::take(40), small);  // sizes are rounded up to 16
  Blocks::give_back(large, 480);
  Blocks::give_back(small, 40);
}

TEST(Blocks, AreDistinctBeyondWhatIsKept) {
  std::vector<void*> blocks;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5000; ++i) blocks.push_back(Blocks::take(96));
    EXPECT_EQ(std::set<void*>(blocks.begin(), blocks.end()).size(), blocks.size());
    for (void* block : blocks) std::memset(block, round, 96);
    for (void* block : blocks) Blocks::give_back(block, 96);
    blocks.clear();
  }
}

TEST(Blocks, OfMoreThanHalfAKilobyteAreNotKept) {
  void* block = Blocks::take(5000);
  std::memset(block, 1, 5000);
  Blocks::give_back(block, 5000);
}

TEST(Blocks, MayEndOnAnotherThread) {
  for (int round = 0; round < 20; ++round) {
    std::vector<void*> blocks;
    for (int i = 0; i < 2000; ++i) {
      blocks.push_back(Blocks::take(64));
      std::memset(blocks.back(), i, 64);
    }
    // What the other thread keeps, it gives back when it ends.
    std::thread([&] {
      for (void* block : blocks) Blocks::give_back(block, 64);
      std::memset(Blocks::take(64), 1, 64);
    }).join();
  }
}

}  // namespace
}  // namespace portflow::flow
