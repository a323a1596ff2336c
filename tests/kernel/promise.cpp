#include "kernel/promise.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "kernel/allocations.hpp"
#include "kernel/stream.hpp"

namespace portflow::kernel {
namespace {

using Mail = std::vector<Stream<std::uint64_t>>;

SimTime at(std::uint64_t ticks) {
  return SimTime{Duration{static_cast<Duration::rep>(ticks)}};
}

TEST(Promise, SaysHowMuchMailThereIsForEach) {
  Promise promise{20};  // more than fit on a line
  Mail mail(20);
  for (std::uint64_t i = 0; i < mail.size(); ++i) {
    for (std::uint64_t item = 0; item < i; ++item) mail[i].write(item);
  }
  promise.tell(at(7), 12, mail);
  EXPECT_EQ(promise.clock(), at(7));
  EXPECT_EQ(promise.handled(), 12U);
  for (std::size_t i = 0; i < mail.size(); ++i) EXPECT_EQ(promise.written_to(i), i);
}

TEST(Promise, IsKeptByTheMailThatItCounts) {
  constexpr std::uint64_t items = 400'000;
  Promise promise{2};
  Mail mail(2);
  std::thread writer{[&] {
    for (std::uint64_t i = 1; i <= items; ++i) {
      mail[1].write(i);
      if (i % 7 == 0 || i == items) promise.tell(at(i), i, mail);
    }
  }};
  std::uint64_t last = 0;
  std::uint64_t wrong = 0;
  std::uint64_t missing = 0;
  while (last < items) {
    const SimTime clock = promise.clock();
    mail[1].read(promise.written_to(1), [&](std::uint64_t& item) {
      wrong += item == last + 1 ? 0U : 1U;
      last = item;
    });
    missing += at(last) < clock ? 1U : 0U;
  }
  writer.join();
  EXPECT_EQ(wrong, 0U);
  EXPECT_EQ(missing, 0U);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Promise, LiesOnLinesOfItsOwn) {
  const auto before = narrow_allocations();
  const Promise promise{2};
  EXPECT_EQ(promise.handled(), 0U);
  EXPECT_EQ(narrow_allocations() - before, 0U);
}
#endif

}  // namespace
}  // namespace portflow::kernel
